import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

import { readLargeFile } from './large-file.js';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'large-file-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const written = (bytes: Buffer): string => {
  const path = join(directory, `${bytes.length}`);
  writeFileSync(path, bytes);
  return path;
};

describe('a large file', () => {
  it.each([0, 1, 4_095, 4_096, 3_000_000])('of %d bytes is read as it is', (length) => {
    const bytes = Buffer.alloc(length, 'Zoë 🔥 ');
    const read = readLargeFile(written(bytes));
    expect(read.equals(bytes)).toBe(true);
    // What is done with it elsewhere.
    expect(crc32(read.subarray(length >> 1))).toBe(crc32(bytes.subarray(length >> 1)));
    expect(read.toString('latin1', 0, 20)).toBe(bytes.toString('latin1', 0, 20));
  });

  it('that is not there is an error by its name', () => {
    expect(() => readLargeFile(join(directory, 'none'))).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });

  it('that is a directory is an error by its name', () => {
    expect(() => readLargeFile(directory)).toThrow(expect.objectContaining({ code: 'EISDIR' }));
  });

  it('takes memory of its own and none of the pool', () => {
    const { buffer, byteOffset } = readLargeFile(written(Buffer.from('some')));
    expect([byteOffset, buffer.byteLength, (buffer as ArrayBuffer).resizable]).toEqual([0, 4, true]);
  });
});
