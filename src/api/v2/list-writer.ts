import { setImmediate as nextTurn } from 'node:timers/promises';

import type { Clock } from '../../platform/clock.js';
import type { Answer } from '../server/handler.js';

/** So much text goes out at a time, and for so long one answer holds the event loop before others have their turn. */
const SLICE_CHARS = 256 * 1024;
const SLICE_MS = 8;
/** The clock is asked once for so many pieces. */
const PIECES_PER_LOOK = 64;

/**
 * A JSON list, given as pieces of its text without the brackets. Long ones are written in slices, so that a big answer neither
 * holds the event loop nor piles up in memory when the client reads slowly; short ones go out whole, with their length.
 *
 * A piece may be empty: it stands for work that led to nothing, say an alert that a filter left out.
 */
export async function answerList(
  answer: Answer,
  pieces: Iterator<string>,
  clock: Pick<Clock, 'elapsed'>,
): Promise<void> {
  let slice = '[';
  let until = clock.elapsed() + SLICE_MS;
  for (let count = 1; ; count++) {
    const next = pieces.next();
    if (next.done) break;
    slice += next.value;
    const isFull = slice.length >= SLICE_CHARS;
    if (!isFull && (count % PIECES_PER_LOOK !== 0 || clock.elapsed() < until)) continue;
    if (isFull) {
      if (!answer.headersSent) answer.writeHead(200, { 'Content-Type': 'application/json' });
      if (!answer.write(slice)) await drained(answer);
      slice = '';
    }
    await nextTurn();
    if (answer.destroyed) return;
    until = clock.elapsed() + SLICE_MS;
  }
  finish(answer, `${slice}]\n`);
}

function finish(answer: Answer, text: string): void {
  if (answer.destroyed) return;
  if (answer.headersSent) {
    answer.end(text);
    return;
  }
  const body = Buffer.from(text);
  answer.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
  answer.end(body);
}

const drained = (answer: Answer): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      answer.off('drain', done).off('close', done);
      resolve();
    };
    answer.on('drain', done).on('close', done);
    if (answer.destroyed) done();
  });
