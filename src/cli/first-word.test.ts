import { describe, expect, it } from '@jest/globals';
import { isToolLine, programName } from './main.js';

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
    expect(
      isToolLine(
        line.split(' ').filter((word) => word !== ''),
        'tocsin',
      ),
    ).toBe(expected);
  });

  it('is any line of a program that is called amtool', () => {
    expect(isToolLine(['--version'], programName('/usr/local/bin/amtool'))).toBe(true);
    expect(isToolLine(['--version'], programName('/opt/tocsin/dist/main.js'))).toBe(false);
  });
});
