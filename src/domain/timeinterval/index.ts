export type { Range, TimeInterval, TimeRange } from './time-interval.js';
