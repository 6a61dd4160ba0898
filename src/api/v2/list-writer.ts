import { setImmediate as nextTurn } from 'node:timers/promises';

import type { Answer } from '../server/handler.js';

/** About a millisecond's worth of text at a time; other requests run in between. */
const SLICE_CHARS = 128 * 1024;

/**
 * A JSON list written in slices, so that a big answer neither holds the event loop nor piles up in memory when the client
 * reads slowly. A short list goes out in one piece with its length.
 */
export async function answerList(answer: Answer, items: Iterator<string>): Promise<void> {
  let slice = '[';
  let isFirst = true;
  for (;;) {
    const next = items.next();
    if (next.done) break;
    slice += isFirst ? next.value : `,${next.value}`;
    isFirst = false;
    if (slice.length < SLICE_CHARS) continue;
    if (!(await sendSlice(answer, slice))) return;
    slice = '';
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

/** Whether somebody still reads. */
async function sendSlice(answer: Answer, slice: string): Promise<boolean> {
  if (answer.destroyed) return false;
  if (!answer.headersSent) answer.writeHead(200, { 'Content-Type': 'application/json' });
  if (!answer.write(slice)) await drained(answer);
  await nextTurn();
  return !answer.destroyed;
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
