/** What the pages say is true: links lead somewhere, commands exist, samples load, tables agree with the code. */
import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { loadConfig } from '../../src/config/index.js';
import { ISSUE_CODES } from '../../src/domain/issue/index.js';
import { RECEIVERS } from '../../src/receivers/registry.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];
/** Each first group of the pattern. */
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '');
const rowsOf = (text: string): string[][] =>
  all(text, /^\| (.*) \|$/gm).map((row) => row.split(/(?<!\\)\|/).map((cell) => cell.trim()));

describe.each(pages)('%s', (page) => {
  const text = read(page);

  it('has no dead links', () => {
    const targets = all(text, /\]\((?![a-z]+:|#)([^)#\s]+)[^)]*\)/g);
    expect(targets.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([]);
  });

  it('names scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = all(text, /\bnpm run (?:-s )?([a-z][a-z:-]*)/g);
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  it('shows configurations that load', () => {
    const samples = all(text, /^```ya?ml alertmanager\n([\s\S]*?)^```/gm);
    const problems = samples.flatMap((sample) => {
      const loaded = loadConfig(sample, { registry: RECEIVERS });
      return loaded.ok ? [] : loaded.issues;
    });
    expect(problems).toEqual([]);
  });
});

it('docs/errors.md has each code with its meaning, and no other', () => {
  const documented = rowsOf(read('docs/errors.md')).flatMap(([code = '', meaning]) =>
    code.startsWith('`') ? [[code.slice(1, -1), meaning]] : [],
  );
  expect(documented).toEqual(Object.entries(ISSUE_CODES));
});

it('docs/compat.md names only tests and folders that exist, and one for each difference', () => {
  const tables = read('docs/compat.md').split(/^\| what /m);
  const rows = tables
    .filter((table) => /^.*\| test \|$/m.test(table.split('\n')[0] ?? ''))
    .flatMap((table) => rowsOf(table.slice(table.indexOf('\n'))));
  expect(rows.length).toBeGreaterThan(10);
  const pinned = (cell = ''): boolean => {
    const paths = all(cell, /`([^`]+)`/g).filter((path) => /^(?:src|test)\//.test(path));
    return paths.length > 0 && paths.every((path) => existsSync(join(root, path)));
  };
  expect(rows.filter((row) => !pinned(row.at(-1))).map(([what]) => what)).toEqual([]);
});
