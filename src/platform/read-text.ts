import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK_BYTES = 64 * 1024;

/** A file as text, if it has no more bytes than this: a path may also name a device without an end. Throws as Node does. */
export function readText(path: string, mostBytes: number): string {
  const chunks: Buffer[] = [];
  let size = 0;
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const length = readSync(file, chunk);
      if (length === 0) return Buffer.concat(chunks, size).toString();
      chunks.push(chunk.subarray(0, length));
      size += length;
      if (size > mostBytes) throw Object.assign(new Error(`${path} is too large`), { code: 'EFBIG' });
    }
  } finally {
    closeSync(file);
  }
}
