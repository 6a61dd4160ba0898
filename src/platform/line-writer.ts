import type { Writable } from 'node:stream';

/** A minute of a very bad day. */
const MOST_WAITING_BYTES = 4 * 1024 * 1024;

/**
 * Lines for a stream whose reader may be slow or gone: a router whose log nobody reads goes on, and does not fill its memory with it.
 *
 * Bound: what waits for the reader.
 */
export class LineWriter {
  #lost = 0;
  /** Called before the first line after some that were lost. */
  onLoss: (count: number) => void = () => {};

  constructor(private readonly stream: Pick<Writable, 'on' | 'write' | 'writableLength'>) {
    // Without anybody who listens for it an error ends the process.
    stream.on('error', () => {});
  }

  readonly write = (line: string): void => {
    if (this.stream.writableLength > MOST_WAITING_BYTES) {
      this.#lost++;
      return;
    }
    if (this.#lost > 0) {
      const lost = this.#lost;
      this.#lost = 0;
      this.onLoss(lost);
    }
    this.stream.write(line);
  };
}
