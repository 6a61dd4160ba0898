import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDefaults } from './defaults.js';

const directory = mkdtempSync(join(tmpdir(), 'tocsin-defaults-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('files of defaults', () => {
  it.each([
    ['none', [], {}],
    ['the first that knows a name', ['a: 1\nb: x', 'a: 2\nc: y'], { a: '1', b: 'x', c: 'y' }],
    ['names from long ago', ['comment_required: false'], { 'require-comment': 'false' }],
    [
      'the name of today before that',
      ['comment_required: false\nrequire-comment: true'],
      { 'require-comment': 'true' },
    ],
    [
      'values as they are written',
      ['a: 010\nb: yes\nc: "q"\nd: null\ne:'],
      { a: '010', b: 'yes', c: 'q', d: '', e: '' },
    ],
    ['an empty one', [''], {}],
    ['names of members of objects', ['__proto__: x\nconstructor: y'], { constructor: 'y' }],
  ])('%s', async (_name, texts, expected) => {
    const files = texts.map((text, index) => {
      const path = join(directory, String(index));
      writeFileSync(path, text);
      return path;
    });
    const defaults = await readDefaults([...files, join(directory, 'missing')]);
    expect(Object.fromEntries([...defaults].filter(([name]) => name !== '__proto__'))).toEqual(expected);
  });
});
