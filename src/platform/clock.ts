import { type Duration, type Instant, duration, instant } from '../domain/time/index.js';

/** The only reader of time. `now()` is for judgements, `elapsed()` (monotonic, milliseconds) for measuring. */
export interface Clock {
  now(): Instant;
  elapsed(): number;
  /** Calls once, after at least the delay. The one way to wait; a test's clock moves by itself. */
  after(delay: Duration, call: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

/** Node fires timers beyond 2^31 ms at once. Whoever waits longer asks again when called. */
export const LONGEST_WAIT = duration(2 ** 31 - 1);

export const systemClock: Clock = {
  now: () => instant(Date.now()),
  elapsed: () => performance.now(),
  after(delay, call) {
    const timeout = setTimeout(call, Math.min(Math.max(delay, 0), LONGEST_WAIT));
    return { cancel: () => clearTimeout(timeout) };
  },
};
