import { broken } from './answer-head.js';

/** Longer lines than any that says a length. What servers append to lengths is skipped. */
const LONGEST_LINE = 4_096;
const LF = 10;

/**
 * A body in chunks, taken apart as it comes in: each of them is a length in hex, a line end, the bytes and a line end.
 * Headers after the last one (trailers) are read over.
 */
export class ChunkedBody {
  #state: 'length' | 'bytes' | 'gap' | 'trailer' = 'length';
  /** Of the chunk that is being read. */
  #left = 0;
  #line = '';

  /** Hands on what belongs to the body. The place behind the body's end, or -1 when there is more to come. */
  push(bytes: Buffer, from: number, take: (piece: Buffer) => void): number {
    let at = from;
    while (at < bytes.length) {
      if (this.#state === 'bytes') {
        const end = Math.min(bytes.length, at + this.#left);
        take(bytes.subarray(at, end));
        this.#left -= end - at;
        at = end;
        if (this.#left === 0) this.#state = 'gap';
        continue;
      }
      const end = bytes.indexOf(LF, at);
      this.#line += bytes.toString('latin1', at, end < 0 ? bytes.length : end);
      if (this.#line.length > LONGEST_LINE) throw broken('header line too long');
      if (end < 0) return -1;
      at = end + 1;
      const line = this.#line.replace(/\r$/, '');
      this.#line = '';
      if (this.#isLast(line)) return at;
    }
    return -1;
  }

  #isLast(line: string): boolean {
    if (this.#state === 'trailer') return line === '';
    if (this.#state === 'gap') {
      if (line !== '') throw broken('malformed chunked encoding');
      this.#state = 'length';
      return false;
    }
    const [, length] = /^([0-9a-fA-F]{1,12})[ \t]*(?:;|$)/.exec(line) ?? [];
    if (length === undefined) throw broken('invalid byte in chunk length');
    this.#left = Number.parseInt(length, 16);
    this.#state = this.#left === 0 ? 'trailer' : 'bytes';
    return false;
  }
}
