/** `npm run new:receiver demo` in a copy of the project: what it writes compiles, and its tests pass. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const COPIED = [
  'src',
  'test/support',
  'test/contract/receivers',
  'test/tsconfig.json',
  'tsconfig.json',
  'package.json',
  'scripts',
  'jest.config.js',
  '.prettierrc',
];
const LONG = 120_000;

let copy = '';
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'tocsin-new-receiver-'));
  for (const path of COPIED) cpSync(join(PROJECT, path), join(copy, path), { recursive: true });
  symlinkSync(join(PROJECT, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true }));

/** Exit code and all that was said. */
function run(...args: readonly string[]): { readonly code: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
  return { code: status, said: stdout + stderr };
}

describe('a new receiver', () => {
  it('is a folder and a line in two lists', () => {
    expect(run('scripts/new-receiver.mjs', 'demo')).toMatchObject({ code: 0 });
    const registry = readFileSync(join(copy, 'src/receivers/registry.ts'), 'utf8');
    expect(registry).toContain("import { demo } from './demo/demo.receiver.js';\nimport { discord }");
    expect(registry).toMatch(/ {2}demo,\n\];\n$/);
    const kinds = readFileSync(join(copy, 'src/receivers/kinds.ts'), 'utf8');
    expect(kinds).toContain("import { demoConfig } from './demo/demo.config.js';\nimport { discordConfig }");
    expect(kinds).toContain("  kindOf('demo', demoConfig),\n];\n");
  });

  it.each([
    ['demo', 'demo is there already'],
    ['No-Name', 'a name is lower-case letters and digits'],
    ['', 'a name is lower-case letters and digits'],
  ])('called %j is refused', (name, message) => {
    expect(run('scripts/new-receiver.mjs', name)).toMatchObject({ code: 1, said: expect.stringContaining(message) });
  });

  it(
    'compiles',
    () => {
      const { said } = run('node_modules/typescript/bin/tsc', '-p', 'test', '--noEmit');
      expect(said.split('\n').filter((line) => /receivers\/(demo|registry|kinds)/.test(line))).toEqual([]);
    },
    LONG,
  );

  it.each([
    ['tests', ['unit', '--testPathPatterns=receivers/demo']],
    ['contract', ['contract', '--testPathPatterns=contract/receivers', '-t', 'demo']],
  ] as const)(
    'passes its %s',
    (_name, args) => {
      const { code, said } = run('scripts/jest.mjs', '--selectProjects', ...args);
      expect({ code, said: code === 0 ? '' : said }).toEqual({ code: 0, said: '' });
    },
    LONG,
  );

  it('is formatted', () => {
    const prettier = 'node_modules/prettier/bin/prettier.cjs';
    expect(
      run(prettier, '--check', 'src/receivers/demo', 'src/receivers/registry.ts', 'src/receivers/kinds.ts'),
    ).toMatchObject({ code: 0 });
  });
});
