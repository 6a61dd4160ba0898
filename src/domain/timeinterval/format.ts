import { WEEKDAYS } from './names.js';
import type { Range, TimeRange } from './time-interval.js';

/** How Alertmanager prints the elements of an interval: a range of one value collapses, months are numbers. */
const formatRange = ({ begin, end }: Range): string => (begin === end ? `${begin}` : `${begin}:${end}`);

export function formatWeekdays({ begin, end }: Range): string {
  return begin === end ? weekday(begin) : `${weekday(begin)}:${weekday(end)}`;
}

export const formatDaysOfMonth = formatRange;
export const formatMonths = formatRange;
export const formatYears = formatRange;

export const formatTimeRange = ({ startMinute, endMinute }: TimeRange): { start: string; end: string } => ({
  start: formatMinuteOfDay(startMinute),
  end: formatMinuteOfDay(endMinute),
});

const weekday = (day: number): string => WEEKDAYS[day] ?? `${day}`;

const formatMinuteOfDay = (minute: number): string => `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;

const twoDigits = (number: number): string => String(number).padStart(2, '0');
