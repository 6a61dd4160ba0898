import { describe, expect, it } from '@jest/globals';

import { plainMatchers } from '../../../test/support/builders.js';
import { LabelSet } from '../labels/index.js';
import { MatcherIndex } from './matcher-index.js';

/** Each item is its matchers as text. */
const indexOf = (...items: string[]) => new MatcherIndex(items, plainMatchers);

const oneOfHundred = (textOf: (n: number) => string) => indexOf(...Array.from({ length: 100 }, (_, n) => textOf(n)));

describe('candidates', () => {
  it.each<[string, MatcherIndex<string>, Record<string, string>, string[]]>([
    ['by a value', oneOfHundred((n) => `team=t${n}`), { team: 't7' }, ['team=t7']],
    ['by one of several', oneOfHundred((n) => `team=~t${n}|s${n}`), { team: 's7' }, ['team=~t7|s7']],
    [
      'by how a value begins',
      oneOfHundred((n) => `host=~web-${n + 100}-.*`),
      { host: 'web-107-x' },
      ['host=~web-107-.*'],
    ],
    [
      'by beginnings of several lengths',
      indexOf('host=~w.*', 'host=~web-7.*', 'host=~web-7-x+', 'host=~db.*'),
      { host: 'web-7-x' },
      ['host=~w.*', 'host=~web-7.*', 'host=~web-7-x+'],
    ],
    [
      'by the shortest of its beginnings',
      indexOf('host=~web-7.*|db.*', 'host=~webs.*'),
      { host: 'web-7' },
      ['host=~web-7.*|db.*'],
    ],
    [
      'by the matcher with fewest others',
      oneOfHundred((n) => `severity=critical team=t${n}`),
      { severity: 'critical', team: 't7' },
      ['severity=critical team=t7'],
    ],
    ['by a label that must be missing', indexOf('team=', 'team=a'), {}, ['team=']],
    [
      'in the order of the list',
      indexOf('a=1', 'b!=1', 'b=2', 'a=~1.*', 'c=~.*x'),
      { a: '1', b: '2' },
      ['a=1', 'b!=1', 'b=2', 'a=~1.*', 'c=~.*x'],
    ],
    ['none', indexOf('a=1', 'a=~2.+'), { b: '1' }, []],
  ])('%s', (_name, index, labels, expected) => {
    expect(index.candidates(LabelSet.fromObject(labels))).toEqual(expected);
  });

  it('are always those that have nothing to be found by', () => {
    expect(indexOf('a=1', 'a!=1', 'a=~.*1', 'a=~1.*').restCount).toBe(2);
  });
});
