import type { Duration } from '../../domain/time/index.js';
import type { Clock } from '../../platform/clock.js';

/**
 * One bucket of tokens for all clients: a token each interval, at most `burst` of them. An interval of nought is no limit;
 * a burst of nought with an interval refuses everything. Facts: reference "HTTP interface", section 10.
 */
export class RateLimit {
  #tokens: number;
  #filledAt: number;

  constructor(
    readonly interval: Duration,
    readonly burst: number,
    readonly clock: Pick<Clock, 'elapsed'>,
  ) {
    this.#tokens = burst;
    this.#filledAt = clock.elapsed();
  }

  admit(): boolean {
    if (this.interval <= 0) return true;
    const elapsed = this.clock.elapsed();
    this.#tokens = Math.min(this.burst, this.#tokens + (elapsed - this.#filledAt) / this.interval);
    this.#filledAt = elapsed;
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}
