import type { Clock } from '../../platform/clock.js';
import type { Answer } from '../server/handler.js';
import { jsonHeaders } from './answers.js';
import { API_HEADERS } from './cors.js';
import { Slices } from './slices.js';

/** So many bytes go out at a time. */
const CHUNK_BYTES = 256 * 1024;
const FIRST_CHUNK_BYTES = 8 * 1024;

/** Of a list without its brackets. An empty one stands for work that led to nothing, say an alert that a filter left out. */
export type Piece = string | Uint8Array;

/**
 * A JSON list, given as pieces. Long ones are written in slices, so that a big answer neither holds the event loop nor piles
 * up in memory when the client reads slowly; short ones go out whole, with their length.
 *
 * Gives the whole answer when it was sent to its end and is not longer than asked for.
 */
export async function answerList(
  answer: Answer,
  pieces: Iterator<Piece>,
  clock: Pick<Clock, 'elapsed'>,
  keepBytes = 0,
): Promise<readonly Buffer[] | undefined> {
  const chunks = new Chunks(keepBytes === 0);
  const slices = new Slices(clock);
  let kept: Buffer[] | undefined = [];
  let size = 0;
  const send = async (chunk: Buffer): Promise<void> => {
    size += chunk.length;
    if (size > keepBytes) kept = undefined;
    kept?.push(chunk);
    if (!answer.headersSent) answer.writeHead(200, JSON_TYPE);
    await written(answer, chunk);
  };
  chunks.add('[');
  for (let next = pieces.next(); !next.done; next = pieces.next()) {
    const full = chunks.add(next.value);
    if (full) await send(full);
    if (full || slices.isOver()) await slices.pause();
    if (answer.destroyed) return undefined;
  }
  const full = chunks.add(']\n');
  if (full) await send(full);
  const last = chunks.take();
  finish(answer, last);
  return size + last.length > keepBytes ? undefined : kept && [...kept, last];
}

/** An answer whose bytes are there already. */
export async function answerChunks(answer: Answer, chunks: readonly Uint8Array[]): Promise<void> {
  if (answer.headersSent || answer.destroyed) return;
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  answer.writeHead(200, jsonHeaders(length));
  if (length <= CHUNK_BYTES) {
    answer.end(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length));
    return;
  }
  for (let from = 0, to = 0; from < chunks.length; from = to) {
    // Small ones go out together.
    answer.cork();
    let isFull = false;
    for (let size = 0; to < chunks.length && size < CHUNK_BYTES; to++) {
      const chunk = chunks[to] as Uint8Array;
      size += chunk.length;
      isFull = !answer.write(chunk);
    }
    answer.uncork();
    if (isFull) await drained(answer);
    if (answer.destroyed) return;
  }
  answer.end();
}

const JSON_TYPE = { ...API_HEADERS, 'Content-Type': 'application/json' };

/**
 * Collects pieces into chunks of bytes. To ask the kernel for the memory of each takes as long as all else that is done here, so
 * two take turns where nobody keeps them: a chunk has been written when the next piece is added.
 */
class Chunks {
  #memory: Buffer = Buffer.allocUnsafe(FIRST_CHUNK_BYTES);
  #spare: Buffer | undefined;
  #used = 0;

  constructor(private readonly takeTurns: boolean) {}

  /** The chunk before, when the piece did not fit into it any more. */
  add(piece: Piece): Buffer | undefined {
    // No text has more than three bytes for each of its units.
    const most = typeof piece === 'string' ? piece.length * 3 : piece.length;
    const full = this.#used + most > this.#memory.length ? this.#makeRoom(most) : undefined;
    if (typeof piece === 'string') this.#used += this.#memory.write(piece, this.#used);
    else {
      this.#memory.set(piece, this.#used);
      this.#used += piece.length;
    }
    return full;
  }

  /** What is left, in memory of its own. */
  take(): Buffer {
    return Buffer.from(this.#memory.subarray(0, this.#used));
  }

  #makeRoom(most: number): Buffer | undefined {
    const before = this.#memory;
    const filled = before.subarray(0, this.#used);
    this.#memory = this.#otherMemory(Math.max(CHUNK_BYTES, 2 * most));
    if (filled.length >= CHUNK_BYTES / 2) {
      this.#used = 0;
      if (this.takeTurns) this.#spare = before;
      return filled;
    }
    this.#memory.set(filled);
    return undefined;
  }

  #otherMemory(size: number): Buffer {
    const spare = this.#spare;
    this.#spare = undefined;
    return spare && spare.length >= size ? spare : Buffer.allocUnsafeSlow(size);
  }
}

function finish(answer: Answer, body: Buffer): void {
  if (answer.destroyed) return;
  if (!answer.headersSent) answer.writeHead(200, jsonHeaders(body.length));
  answer.end(body);
}

/** Until its memory is free again. */
const written = (answer: Answer, chunk: Buffer): Promise<void> => orGone(answer, (done) => answer.write(chunk, done));

const drained = (answer: Answer): Promise<void> => orGone(answer, (done) => answer.once('drain', done));

/** Waits, but not for a client that is gone. */
const orGone = (answer: Answer, begin: (done: () => void) => void): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      answer.off('drain', done).off('close', done);
      resolve();
    };
    answer.on('close', done);
    begin(done);
    if (answer.destroyed) done();
  });
