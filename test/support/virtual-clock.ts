/**
 * A clock that stands still until a test moves it.
 *
 * Keeps: timers fire in the order of their times, those of one instant in the order in which they were set; `now()` is
 * exactly the timer's time while it fires; everything that a timer set off (promises, not I/O of others) has run before
 * the next one fires. Timers that are set while time moves fire in the same move if their time comes.
 */
import { type Duration, type Instant, duration, instant } from '../../src/domain/time/index.js';
import type { Clock, Timer } from '../../src/platform/clock.js';

interface Waiting {
  readonly at: number;
  readonly order: number;
  readonly call: () => void;
}

/** Where tests begin unless they say otherwise: a Thursday at noon, UTC. */
export const EPOCH = instant(Date.UTC(2026, 0, 1, 12));

export class VirtualClock implements Clock {
  readonly #start: number;
  #now: number;
  #order = 0;
  readonly #waiting = new Set<Waiting>();

  constructor(start: Instant = EPOCH) {
    this.#start = start;
    this.#now = start;
  }

  now(): Instant {
    return instant(this.#now);
  }

  elapsed(): number {
    return this.#now - this.#start;
  }

  after(delay: Duration, call: () => void): Timer {
    const entry = { at: this.#now + Math.max(delay, 0), order: this.#order++, call };
    this.#waiting.add(entry);
    return { cancel: () => void this.#waiting.delete(entry) };
  }

  /** How many timers are set. */
  get pending(): number {
    return this.#waiting.size;
  }

  /** When the next timer fires. */
  get nextAt(): Instant | undefined {
    const next = this.#next();
    return next && instant(next.at);
  }

  advance(span: Duration | number): Promise<void> {
    return this.advanceTo(instant(this.#now + duration(span)));
  }

  async advanceTo(at: Instant): Promise<void> {
    await settle();
    for (let next = this.#next(); next && next.at <= at; next = this.#next()) {
      this.#waiting.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.call();
      await settle();
    }
    this.#now = Math.max(this.#now, at);
    await settle();
  }

  /** Moves from timer to timer until the condition holds or no timer is left. */
  async advanceUntil(done: () => boolean): Promise<void> {
    await settle();
    for (let next = this.#next(); !done() && next; next = this.#next()) await this.advanceTo(instant(next.at));
  }

  #next(): Waiting | undefined {
    let first: Waiting | undefined;
    for (const entry of this.#waiting)
      if (!first || entry.at < first.at || (entry.at === first.at && entry.order < first.order)) first = entry;
    return first;
  }
}

/** All promises that can go on have gone on: an immediate runs after the queue of microtasks is empty. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
