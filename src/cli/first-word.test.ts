import { describe, expect, it } from '@jest/globals';
import { isToolLine } from './main.js';

describe('a line for a tool', () => {
  it.each([
    ['alert query', true],
    ['nonsense', true],
    ['--alertmanager.url=http://x alert', true],
    ['--alertmanager.url http://x alert', true],
    ['-o json -v silence --expired', true],
    ['-ojson --no-version-check cluster', true],
    ['--help', false],
    ['--version', false],
    ['--config.file=a.yml', false],
    ['--config.file a.yml', false],
    ['--config.file alert', false],
    ['--log.level=debug alert', false],
    ['--output', false],
    ['-o json nonsense', false],
    ['-- alert', false],
    ['@arguments', false],
    ['', false],
  ])('%j: %j', (line, expected) => {
    expect(isToolLine(line.split(' ').filter((word) => word !== ''))).toBe(expected);
  });
});
