import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { globFiles } from './glob.js';

const root = mkdtempSync(join(tmpdir(), 'glob-'));
mkdirSync(join(root, 'sub'));
for (const name of ['a.tmpl', 'b.tmpl', 'ab.tmpl', 'c.txt', '.hidden.tmpl', 'x[1].tmpl', 'sub/d.tmpl'])
  writeFileSync(join(root, name), '');
afterAll(() => rmSync(root, { recursive: true }));

describe('file patterns', () => {
  it.each<[string, readonly string[] | undefined]>([
    ['*.tmpl', ['.hidden.tmpl', 'a.tmpl', 'ab.tmpl', 'b.tmpl', 'x[1].tmpl']],
    ['?.tmpl', ['a.tmpl', 'b.tmpl']],
    ['[a-b].tmpl', ['a.tmpl', 'b.tmpl']],
    ['[^a]*.t*', ['.hidden.tmpl', 'b.tmpl', 'c.txt', 'x[1].tmpl']],
    ['x\\[1\\].tmpl', ['x[1].tmpl']],
    ['*/*.tmpl', ['sub/d.tmpl']],
    ['**/d.tmpl', ['sub/d.tmpl']],
    ['nothing*', []],
    ['missing/*.tmpl', []],
    ['a.tmpl', ['a.tmpl']],
    ['[a', undefined],
    ['a\\', undefined],
  ])('%s', (pattern, expected) => {
    const found = globFiles(`${root}/${pattern}`);
    expect(found.ok ? found.value : undefined).toEqual(expected?.map((name) => join(root, name)));
  });
});
