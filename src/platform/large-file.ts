import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/**
 * Reads a file that may be large and is soon done with.
 *
 * Its memory comes from the system and goes back to it. Ordinary buffers come from the C library, and glibc takes the largest one
 * that was ever given back for a measure of how much of everything else it had better keep, in each thread: after a file of
 * 16 MB that is 32 MB. A buffer that could be resized, though this one never is, is not the library's.
 */
export function readLargeFile(path: string): Buffer {
  const descriptor = openSync(path, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const bytes = Buffer.from(new ArrayBuffer(size, { maxByteLength: size }));
    let done = 0;
    while (done < size) {
      const count = readSync(descriptor, bytes, done, size - done, done);
      // It has become shorter meanwhile.
      if (count === 0) break;
      done += count;
    }
    return bytes.subarray(0, done);
  } finally {
    closeSync(descriptor);
  }
}
