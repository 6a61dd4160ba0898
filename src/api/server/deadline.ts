import { type Duration, formatGoDuration } from '../../domain/time/index.js';
import type { Clock } from '../../platform/clock.js';
import { type Answer, answerText } from './handler.js';

/**
 * `--web.timeout`: a request that is not answered by then gets 503, after whatever headers its answers have in any case. An
 * answer that is already under way is cut off, since its status can no longer be changed.
 */
export function setDeadline(
  answer: Answer,
  timeout: Duration,
  headers: Readonly<Record<string, string>>,
  clock: Pick<Clock, 'after'>,
): void {
  const timer = clock.after(timeout, () => {
    if (answer.headersSent) {
      answer.destroy();
      return;
    }
    for (const [name, value] of Object.entries(headers)) answer.setHeader(name, value);
    answerText(answer, 503, `Exceeded configured timeout of ${formatGoDuration(timeout)}.\n`);
  });
  answer.once('close', () => timer.cancel());
}
