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

/** In a turn of its own, and in the very next: a timer would wait for a millisecond. */
function soon(call: () => void): Timer {
  const immediate = setImmediate(call);
  return { cancel: () => clearImmediate(immediate) };
}

export const systemClock: Clock = {
  now: () => instant(Date.now()),
  elapsed: () => performance.now(),
  after(delay, call) {
    if (delay <= 0) return soon(call);
    const timeout = setTimeout(call, Math.min(delay, LONGEST_WAIT));
    return { cancel: () => clearTimeout(timeout) };
  },
};
