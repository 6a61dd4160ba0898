import { describe, expect, it } from '@jest/globals';
import { readPlainRegex } from './plain-regex.js';

describe('readPlainRegex', () => {
  it.each<[string, boolean]>([
    ['', true],
    ['foo', false],
    ['f', false],
    ['f*', true],
    ['fo*', false],
    ['🙂?', true],
    ['.+', false],
    ['(a|)b?', true],
    ['(?:a*)+', true],
    ['(a+)?', true],
    ['web-[0-9]+\\.example|db', false],
    ['[a-z0-9_.-]+|', true],
    ['\\d*\\w?', true],
  ])('knows %j', (expression, acceptsEmpty) => {
    expect(readPlainRegex(expression)).toEqual({ acceptsEmpty });
  });

  it.each([
    'a**',
    '*',
    'a|*',
    '(',
    ')',
    'a)|(b',
    '(?i)a',
    '(?P<n>a)',
    'a{2}',
    'a+?',
    '^a$',
    '[z-a]',
    '[a-f]',
    '[]a]',
    '[\\d]',
    '[[:alpha:]]',
    '\\b',
    '\\Qa\\E',
    '\\',
    'x\ud800',
    `${'('.repeat(17)}a${')'.repeat(17)}`,
    'x'.repeat(1_025),
  ])('leaves %.20j to the engine', (expression) => {
    expect(readPlainRegex(expression)).toBeUndefined();
  });
});
