import type { Metrics } from '../../platform/metrics.js';
import { type Answer, answerText } from './handler.js';

const GET = { method: 'get' as const };

/**
 * At most so many GET requests at once (`--web.get-concurrency`); the rest are told to come again.
 * A place is taken until the answer is out or its client has gone. POST and DELETE are never limited.
 */
export class GetLimit {
  #taken = 0;

  constructor(
    readonly places: number,
    readonly metrics: Metrics['http'],
  ) {}

  /** Whether there is a place; if not, the request is answered. */
  admit(answer: Answer): boolean {
    if (this.#taken >= this.places) {
      this.metrics.limitExceeded.inc(GET);
      const text = `Limit of concurrent GET requests reached (${this.places}), try again later.\n\n`;
      answerText(answer, 503, text);
      return false;
    }
    this.#taken++;
    this.metrics.inFlight.set(GET, this.#taken);
    answer.once('close', () => {
      this.#taken--;
      this.metrics.inFlight.set(GET, this.#taken);
    });
    return true;
  }
}
