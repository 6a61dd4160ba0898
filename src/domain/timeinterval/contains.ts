import type { Instant } from '../time/index.js';
import type { Range, TimeInterval } from './time-interval.js';
import { wallMinutes } from './zone.js';

/**
 * Whether a moment lies in an interval, and which of several named intervals hold now.
 *
 * The whole interval is judged by the clock on the wall of its location. A field that is not given admits everything;
 * an empty list admits nothing.
 */
export function containsInstant(interval: TimeInterval, now: Instant): boolean {
  const minutes = wallMinutes(interval.location, now);
  const date = new Date(minutes * 60_000);
  const minuteOfDay = minutes - Math.floor(minutes / 1_440) * 1_440;
  const { times, daysOfMonth, months, weekdays, years } = interval;
  if (times && !times.some(({ startMinute, endMinute }) => minuteOfDay >= startMinute && minuteOfDay < endMinute)) {
    return false;
  }
  return (
    (daysOfMonth === undefined || hasDay(daysOfMonth, date)) &&
    (months === undefined || holds(months, date.getUTCMonth() + 1)) &&
    (weekdays === undefined || holds(weekdays, date.getUTCDay())) &&
    (years === undefined || holds(years, date.getUTCFullYear()))
  );
}

/**
 * The names that hold now, in the asked order. A name stands once for each of its intervals that holds; names that are not
 * defined never hold (the configuration refuses them before).
 */
export function activeIntervals(
  names: readonly string[],
  intervals: ReadonlyMap<string, readonly TimeInterval[]>,
  now: Instant,
): string[] {
  const active: string[] = [];
  for (const name of names) {
    for (const interval of intervals.get(name) ?? []) if (containsInstant(interval, now)) active.push(name);
  }
  return active;
}

const holds = (ranges: readonly Range[], value: number): boolean =>
  ranges.some(({ begin, end }) => value >= begin && value <= end);

function hasDay(ranges: readonly Range[], date: Date): boolean {
  const day = date.getUTCDate();
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  // An end beyond the month's end needs no cutting: the day never reaches it. A begin beyond it never holds.
  return ranges.some(({ begin, end }) => day >= fromStart(begin, length) && day <= fromStart(end, length));
}

const fromStart = (day: number, monthLength: number): number => (day < 0 ? monthLength + day + 1 : day);
