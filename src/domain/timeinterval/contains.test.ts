import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { instant } from '../time/index.js';
import { activeIntervals, containsInstant } from './contains.js';
import type { TimeInterval } from './time-interval.js';

const at = (text: string) => instant(Date.parse(text));
const days = (begin: number, end = begin): TimeInterval => ({ daysOfMonth: [{ begin, end }] });
const hours = (startMinute: number, endMinute: number, location = 'UTC'): TimeInterval => ({
  times: [{ startMinute, endMinute }],
  location,
});
const office: TimeInterval = {
  times: [{ startMinute: 9 * 60, endMinute: 17 * 60 }],
  weekdays: [{ begin: 1, end: 5 }],
  months: [{ begin: 1, end: 11 }],
  years: [{ begin: 2026, end: 2027 }],
};

const CASES: [string, TimeInterval, string, boolean][] = [
  ['nothing given', {}, '2026-11-20T10:00:00Z', true],
  ['an empty list', { weekdays: [] }, '2026-11-20T10:00:00Z', false],
  ['first minute', office, '2026-11-20T09:00:00Z', true],
  ['last second before the end', office, '2026-11-20T16:59:59.999Z', true],
  ['end minute', office, '2026-11-20T17:00:00Z', false],
  ['another weekday', office, '2026-11-21T10:00:00Z', false],
  ['another month', office, '2026-12-01T10:00:00Z', false],
  ['another year', office, '2028-01-03T10:00:00Z', false],
  ['until midnight', hours(0, 1_440), '2026-11-20T23:59:59Z', true],
  ['last day of a long month', days(-1), '2026-01-31T12:00:00Z', true],
  ['last day of February', days(-1), '2026-02-28T12:00:00Z', true],
  ['not the last day in a leap year', days(-1), '2024-02-28T12:00:00Z', false],
  ['last day in a leap year', days(-1), '2024-02-29T12:00:00Z', true],
  ['a range beyond the month', days(31), '2026-02-28T12:00:00Z', false],
  ['a range cut at the month', days(25, 31), '2026-02-28T12:00:00Z', true],
  ['a negative begin before the month', days(-31, -28), '2026-02-01T12:00:00Z', true],
  ['from the start to the end', days(1, -1), '2026-02-15T12:00:00Z', true],
  ['up to the day before the last', days(10, -2), '2026-02-28T12:00:00Z', false],
  [
    'one of several',
    {
      weekdays: [
        { begin: 0, end: 0 },
        { begin: 5, end: 6 },
      ],
    },
    '2026-11-20T12:00:00Z',
    true,
  ],
  ['Berlin in winter', hours(600, 660, 'Europe/Berlin'), '2026-01-15T09:30:00Z', true],
  ['Berlin in summer', hours(600, 660, 'Europe/Berlin'), '2026-07-15T08:30:00Z', true],
  ['Berlin, the hour that is not', hours(120, 180, 'Europe/Berlin'), '2026-03-29T01:30:00Z', false],
  ['Berlin, the hour that is twice, first', hours(120, 180, 'Europe/Berlin'), '2026-10-25T00:30:00Z', true],
  ['Berlin, the hour that is twice, again', hours(120, 180, 'Europe/Berlin'), '2026-10-25T01:30:00Z', true],
  ['half an hour of offset', hours(0, 1, 'Asia/Kolkata'), '2026-11-20T18:30:30Z', true],
  ['another day over there', { ...days(21), location: 'Pacific/Auckland' }, '2026-11-20T12:00:00Z', true],
  [
    'another weekday over there',
    { weekdays: [{ begin: 4, end: 4 }], location: 'Pacific/Honolulu' },
    '2026-11-20T09:00:00Z',
    true,
  ],
  ['last day of the month over there', { ...days(-1), location: 'America/New_York' }, '2026-04-01T03:30:00Z', true],
  ['before 1970', office, '1969-12-31T10:00:00Z', false],
];

describe('containsInstant', () => {
  it.each(CASES)('%s', (_, interval, time, expected) => {
    expect(containsInstant(interval, at(time))).toBe(expected);
  });

  it('holds for one day of the month, counted from either end', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }), (date) => {
        const now = instant(date.getTime());
        const fromStart = Array.from({ length: 31 }, (_, i) => containsInstant(days(i + 1), now));
        const fromEnd = Array.from({ length: 31 }, (_, i) => containsInstant(days(-i - 1), now));
        expect(fromStart.indexOf(true)).toBe(date.getUTCDate() - 1);
        expect([fromStart, fromEnd].map((held) => held.filter(Boolean).length)).toEqual([1, 1]);
      }),
    );
  });

  it('holds for one minute of the day, wherever', () => {
    const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu');
    fc.assert(
      fc.property(zone, fc.integer({ min: 0, max: 2e12 }), (location, now) => {
        const held = Array.from({ length: 1_440 }, (_, i) => containsInstant(hours(i, i + 1, location), instant(now)));
        expect(held.filter(Boolean)).toHaveLength(1);
      }),
      { numRuns: 10 },
    );
  });
});

describe('activeIntervals', () => {
  const always: TimeInterval = {};
  const intervals = new Map<string, readonly TimeInterval[]>([
    ['always', [always]],
    ['twice', [always, office, always]],
    ['office', [office]],
    ['none', []],
  ]);

  it.each<[string, string[], string[]]>([
    ['in the asked order', ['office', 'always'], ['office', 'always']],
    ['once for each entry that holds', ['twice'], ['twice', 'twice', 'twice']],
    ['an interval without entries never holds', ['none', 'office'], ['office']],
    ['nothing asked', [], []],
    ['a name that is not defined', ['unknown'], []],
  ])('%s', (_, names, expected) => {
    expect(activeIntervals(names, intervals, at('2026-11-20T10:00:00Z'))).toEqual(expected);
  });

  it('leaves out what does not hold', () => {
    expect(activeIntervals(['office', 'twice'], intervals, at('2026-11-21T10:00:00Z'))).toEqual(['twice', 'twice']);
  });
});
