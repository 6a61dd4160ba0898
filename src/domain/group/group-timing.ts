import type { Alert } from '../alert/index.js';
import type { Route } from '../route/index.js';
import { type Instant, instant, plus } from '../time/index.js';

/**
 * When a group must be looked at.
 *
 * Two of its three clocks are timers: group_wait before the first flush, group_interval between flushes. repeat_interval
 * is not: it is a question asked during a flush (notify/decide-flush.ts), so a group whose content changed never waits for it.
 *
 * Keeps: nothing here answers an instant before `now`.
 */

/** Of a group that this alert has just created. An alert that has been firing longer than group_wait waits no more. */
export function firstFlushAt(
  { startsAt }: Pick<Alert, 'startsAt'>,
  { groupWait }: Pick<Route, 'groupWait'>,
  now: Instant,
): Instant {
  return plus(startsAt.at, groupWait) < now ? now : plus(now, groupWait);
}

/**
 * After the tick that was judged at `tickAt`. Ticks that were missed meanwhile do not pile up: one is due at once,
 * and the interval then counts from there.
 */
export function nextFlushAt(tickAt: Instant, { groupInterval }: Pick<Route, 'groupInterval'>, now: Instant): Instant {
  return instant(Math.max(plus(tickAt, groupInterval), now));
}
