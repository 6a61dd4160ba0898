/** What a record must be before anything is read of it: nothing that comes from a disk or another node is trusted. */
import type { Instant } from '../time/index.js';

/** The first and the last millisecond that a date can have. */
const FARTHEST = 8.64e15;

export const isTime = (value: unknown): value is Instant => typeof value === 'number' && Math.abs(value) <= FARTHEST;

export const isTextList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

export const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
