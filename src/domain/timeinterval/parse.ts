import { type Result, failed, ok } from '../issue/index.js';
import { quoteGo } from '../matcher/index.js';
import { MONTHS, WEEKDAYS } from './names.js';
import type { Range, TimeRange } from './time-interval.js';
import { isTimeZone } from './zone.js';

/**
 * The elements of a time interval as they are written in the configuration.
 *
 * Ranges are inclusive and never wrap. Texts are taken in any case but not trimmed. The messages are Alertmanager's, also
 * where their wording is reversed.
 */
export function parseTimeRange(start: string, end: string): Result<TimeRange> {
  if (start === '' || end === '') return refused('both start and end times must be provided');
  const startMinute = parseMinuteOfDay(start);
  if (startMinute === undefined) return refused(`couldn't parse timestamp ${start}, invalid format`);
  const endMinute = parseMinuteOfDay(end);
  if (endMinute === undefined) return refused(`couldn't parse timestamp ${end}, invalid format`);
  if (startMinute >= endMinute) return refused('start time cannot be equal or greater than end time');
  return ok({ startMinute, endMinute });
}

export function parseWeekdays(text: string): Result<Range> {
  const parsed = parseRange(text, (member) => {
    const day = WEEKDAYS.indexOf(member);
    return day < 0 ? refused(`${member} is not a valid weekday`) : ok(day);
  });
  if (parsed.ok && parsed.value.begin > parsed.value.end) return refused('start day cannot be before end day');
  return parsed;
}

export function parseDaysOfMonth(text: string): Result<Range> {
  const parsed = parseRange(text, parseInteger);
  if (!parsed.ok) return parsed;
  const { begin, end } = parsed.value;
  if (!isDayOfMonth(begin)) return refused(`${begin} is not a valid day of the month: out of range`);
  if (!isDayOfMonth(end)) return refused(`${end} is not a valid day of the month: out of range`);
  if (begin < 0 && end > 0) return refused('end day must be negative if start day is negative');
  if (inShortMonth(begin) > inShortMonth(end)) return refused(`end day ${end} is always before start day ${begin}`);
  return parsed;
}

export function parseMonths(text: string): Result<Range> {
  const parsed = parseRange(text, (member) => {
    const month = MONTHS.indexOf(member);
    if (month >= 0) return ok(month + 1);
    const number = parseInteger(member);
    return number.ok ? number : refused(`${member} is not a valid month`);
  });
  if (!parsed.ok || parsed.value.begin <= parsed.value.end) return parsed;
  const { begin, end } = parsed.value;
  // Numbers beyond twelve have no name; Alertmanager leaves a blank for them.
  return refused(`end month ${MONTHS[end - 1] ?? ''} is before start month ${MONTHS[begin - 1] ?? ''}`);
}

export function parseYears(text: string): Result<Range> {
  const parsed = parseRange(text, parseInteger);
  if (!parsed.ok || parsed.value.begin <= parsed.value.end) return parsed;
  return refused(`end year ${parsed.value.end} is before start year ${parsed.value.begin}`);
}

/** An IANA name, `UTC`, `Local`, or nothing for UTC. Gives back the text to keep in the interval. */
export function parseLocation(name: string): Result<string> {
  if (isTimeZone(name)) return ok(name);
  // Alertmanager looks for a file of that name and lets nobody out of its directory.
  return refused(/^[/\\]|\.\./.test(name) ? 'time: invalid location name' : `unknown time zone ${name}`);
}

const TIME = /^(?:([01][0-9]|2[0-3]):([0-5][0-9])|24:00)$/;

function parseMinuteOfDay(text: string): number | undefined {
  const match = TIME.exec(text);
  if (match === null) return undefined;
  return match[1] === undefined ? 24 * 60 : Number(match[1]) * 60 + Number(match[2]);
}

function parseRange(text: string, parseMember: (member: string) => Result<number>): Result<Range> {
  const lower = text.toLowerCase();
  const members = lower.split(':');
  if (members.length > 2) return refused(`couldn't parse range ${lower}, invalid format`);
  const begin = parseMember(members[0] as string);
  if (!begin.ok) return begin;
  if (members[1] === undefined) return ok({ begin: begin.value, end: begin.value });
  const end = parseMember(members[1]);
  return end.ok ? ok({ begin: begin.value, end: end.value }) : end;
}

/** Larger numbers have no exact double, and no meaning here. */
const LARGEST = Number.MAX_SAFE_INTEGER;

function parseInteger(text: string): Result<number> {
  if (!/^[+-]?[0-9]+$/.test(text)) return refused(`strconv.Atoi: parsing ${quoteGo(text)}: invalid syntax`);
  const number = Number(text);
  if (Math.abs(number) > LARGEST) return refused(`strconv.Atoi: parsing ${quoteGo(text)}: value out of range`);
  return ok(number === 0 ? 0 : number);
}

const isDayOfMonth = (day: number): boolean => day !== 0 && day >= -31 && day <= 31;

/** Where a day lies in the shortest month: what is in order there is in order everywhere. */
const inShortMonth = (day: number): number => (day < 0 ? 28 + day : day);

const refused = (message: string): Result<never> => failed({ code: 'invalid-interval', path: '', message });
