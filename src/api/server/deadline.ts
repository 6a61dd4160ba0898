import { type Duration, formatGoDuration } from '../../domain/time/index.js';
import type { Clock } from '../../platform/clock.js';
import { type Answer, answerText } from './handler.js';

/**
 * `--web.timeout`: a request that is not answered by then gets 503. An answer that is already under way is cut off, since its
 * status can no longer be changed.
 */
export function setDeadline(answer: Answer, timeout: Duration, clock: Pick<Clock, 'after'>): void {
  if (timeout <= 0) return;
  const timer = clock.after(timeout, () => {
    if (answer.headersSent) answer.destroy();
    else answerText(answer, 503, `Exceeded configured timeout of ${formatGoDuration(timeout)}.\n`);
  });
  answer.once('close', () => timer.cancel());
}
