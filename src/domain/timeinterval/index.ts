export { activeIntervals, containsInstant } from './contains.js';
export { formatDaysOfMonth, formatMonths, formatTimeRange, formatWeekdays, formatYears } from './format.js';
export { parseDaysOfMonth, parseLocation, parseMonths, parseTimeRange, parseWeekdays, parseYears } from './parse.js';
export type { Range, TimeInterval, TimeRange } from './time-interval.js';
