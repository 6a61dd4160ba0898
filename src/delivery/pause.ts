import type { Duration } from '../domain/time/index.js';
import type { CancelSignal } from '../platform/cancel-signal.js';
import type { Clock } from '../platform/clock.js';

/** Waits; false when the signal came first. */
export function pause(clock: Clock, span: Duration, signal: CancelSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const giveUp = (): void => {
      timer.cancel();
      resolve(false);
    };
    const timer = clock.after(span, () => {
      signal.removeEventListener('abort', giveUp);
      resolve(true);
    });
    signal.addEventListener('abort', giveUp, { once: true });
  });
}
