import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';

import { readResponse } from './response.js';

/** An answer whose body breaks off behind these pieces. */
function brokenAnswer(...pieces: readonly string[]): Dispatcher.ResponseData {
  const parts = function* () {
    for (const piece of pieces) yield Buffer.from(piece);
    throw new Error('other side closed');
  };
  return { statusCode: 200, headers: {}, body: Readable.from(parts()) } as unknown as Dispatcher.ResponseData;
}

describe('an answer whose body breaks off', () => {
  it('is none', async () => {
    const read = readResponse(brokenAnswer('ab'), { responseLimitBytes: 100, statusSuffices: false });
    await expect(read).rejects.toThrow('other side closed');
  });

  it.each([
    ['and what is there of it, where that suffices', 100, 'abcd'],
    ['and what was wanted of it', 3, 'abc'],
  ])('is its status %s', async (_name, responseLimitBytes, text) => {
    const read = await readResponse(brokenAnswer('ab', 'cd'), { responseLimitBytes, statusSuffices: true });
    expect([read.status, read.text]).toEqual([200, text]);
  });
});
