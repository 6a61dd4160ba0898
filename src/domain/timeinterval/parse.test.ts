import { describe, expect, it } from '@jest/globals';
import type { Result } from '../issue/index.js';
import { formatDaysOfMonth, formatMonths, formatTimeRange, formatWeekdays, formatYears } from './format.js';
import { parseDaysOfMonth, parseLocation, parseMonths, parseTimeRange, parseWeekdays, parseYears } from './parse.js';
import type { Range } from './time-interval.js';

/** What was read, printed again; else the error. */
const shown = <T>(result: Result<T>, format: (value: T) => string): string | undefined =>
  result.ok ? format(result.value) : result.issues[0]?.message;

const ELEMENTS: [string, (text: string) => Result<Range>, (range: Range) => string, [string, string][]][] = [
  [
    'weekdays',
    parseWeekdays,
    formatWeekdays,
    [
      ['monday', 'monday'],
      ['Monday:FRIDAY', 'monday:friday'],
      ['sunday:saturday', 'sunday:saturday'],
      ['friday:friday', 'friday'],
      ['monday:sunday', 'start day cannot be before end day'],
      ['friday:monday', 'start day cannot be before end day'],
      ['blurgsday', 'blurgsday is not a valid weekday'],
      ['mon', 'mon is not a valid weekday'],
      ['1:3', '1 is not a valid weekday'],
      ['monday : friday', 'monday  is not a valid weekday'],
      ['', ' is not a valid weekday'],
      ['a:b:c', "couldn't parse range a:b:c, invalid format"],
    ],
  ],
  [
    'days of the month',
    parseDaysOfMonth,
    formatDaysOfMonth,
    [
      ['5', '5'],
      ['1:5', '1:5'],
      ['-7:-1', '-7:-1'],
      ['25:-1', '25:-1'],
      ['+5', '5'],
      ['31', '31'],
      ['0', '0 is not a valid day of the month: out of range'],
      ['32', '32 is not a valid day of the month: out of range'],
      ['1:-32', '-32 is not a valid day of the month: out of range'],
      ['-5:10', 'end day must be negative if start day is negative'],
      ['10:-25', 'end day -25 is always before start day 10'],
      ['20:10', 'end day 10 is always before start day 20'],
      ['a', 'strconv.Atoi: parsing "a": invalid syntax'],
      ['1.5', 'strconv.Atoi: parsing "1.5": invalid syntax'],
      ['99999999999999999999', 'strconv.Atoi: parsing "99999999999999999999": value out of range'],
    ],
  ],
  [
    'months',
    parseMonths,
    formatMonths,
    [
      ['January', '1'],
      ['january:march', '1:3'],
      ['1:december', '1:12'],
      ['13', '13'],
      ['martius', 'martius is not a valid month'],
      ['december:january', 'end month january is before start month december'],
      ['13:1', 'end month january is before start month '],
    ],
  ],
  [
    'years',
    parseYears,
    formatYears,
    [
      ['2026', '2026'],
      ['2020:2022', '2020:2022'],
      ['2022:2020', 'end year 2020 is before start year 2022'],
      ['year', 'strconv.Atoi: parsing "year": invalid syntax'],
    ],
  ],
];

describe.each(ELEMENTS)('%s', (_, parse, format, cases) => {
  it.each(cases)('%j is %j', (text, expected) => {
    expect(shown(parse(text), format)).toBe(expected);
  });
});

describe('times', () => {
  it.each([
    ['09:00', '17:30', '09:00-17:30'],
    ['00:00', '24:00', '00:00-24:00'],
    ['', '17:00', 'both start and end times must be provided'],
    ['09:00', '', 'both start and end times must be provided'],
    ['01:99', '17:00', "couldn't parse timestamp 01:99, invalid format"],
    ['9:00', '17:00', "couldn't parse timestamp 9:00, invalid format"],
    ['09:00', '24:01', "couldn't parse timestamp 24:01, invalid format"],
    ['17:00', '09:00', 'start time cannot be equal or greater than end time'],
    ['17:00', '17:00', 'start time cannot be equal or greater than end time'],
  ])('%j to %j is %j', (start, end, expected) => {
    const printed = shown(parseTimeRange(start, end), (range) => Object.values(formatTimeRange(range)).join('-'));
    expect(printed).toBe(expected);
  });
});

describe('locations', () => {
  it.each([
    '',
    'UTC',
    'Local',
    'Europe/Berlin',
    'Asia/Kolkata',
    'America/Argentina/Ushuaia',
    'US/Eastern',
    'EST',
    'GMT',
    'Etc/GMT+12',
  ])('%j is one', (name) => {
    expect(parseLocation(name)).toEqual({ ok: true, value: name });
  });

  it.each([
    ['Foo/Bar', 'unknown time zone Foo/Bar'],
    ['europe/berlin', 'unknown time zone europe/berlin'],
    ['Europe/berlin', 'unknown time zone Europe/berlin'],
    ['utc', 'unknown time zone utc'],
    ['PST', 'unknown time zone PST'],
    ['+02:00', 'unknown time zone +02:00'],
    ['../etc/passwd', 'time: invalid location name'],
    ['/UTC', 'time: invalid location name'],
  ])('%j is none', (name, message) => {
    expect(parseLocation(name)).toMatchObject({ ok: false, issues: [{ code: 'invalid-interval', message }] });
  });
});
