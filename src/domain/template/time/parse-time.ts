/** Reads a time by a layout, in UTC where the text names no zone. Throws FunctionError with Go's words. */
import { FunctionError } from '../template-error.js';
import { toBytes } from '../value/bytes.js';
import { daysInMonth, isLeapYear } from './civil.js';
import { GoTime } from './go-time.js';
import { type Chunk, MONTHS, WEEKDAYS, nextChunk } from './layout.js';
import { UTC, type Zone, fixedZone } from './zone.js';

class Parts {
  year = 0;
  month = -1;
  day = -1;
  yearDay = -1;
  hour = 0;
  minute = 0;
  second = 0;
  nanos = 0;
  am = false;
  pm = false;
  zone: Zone | undefined;
  offset: number | undefined;
  zoneName = '';
  /** What is out of range; reported after the element was read. */
  outOfRange = '';
}

/** The rest of the text; `undefined` where it does not fit. */
type Rest = string | undefined;

export function parseTime(layout: string, text: string): GoTime {
  const parts = new Parts();
  const fail = (element: string, rest: string, message: string): never => {
    throw new FunctionError(
      message === ''
        ? `parsing time ${quoted(text)} as ${quoted(layout)}: cannot parse ${quoted(rest)} as ${quoted(element)}`
        : `parsing time ${quoted(text)}${message}`,
    );
  };
  let rest = text;
  for (let remaining = layout; ;) {
    const chunk = nextChunk(remaining);
    const afterPrefix = skip(rest, chunk.prefix);
    if (!afterPrefix.matches) return fail(chunk.prefix, afterPrefix.rest, '');
    rest = afterPrefix.rest;
    if (chunk.element === '') {
      if (rest !== '') return fail('', rest, `: extra text: ${quoted(rest)}`);
      break;
    }
    const next = readElement(parts, chunk, rest);
    if (parts.outOfRange !== '') return fail(chunk.element, rest, `: ${parts.outOfRange} out of range`);
    if (next === undefined) return fail(chunk.element, rest, '');
    rest = next;
    remaining = chunk.rest;
  }
  const problem = settleDay(parts);
  return problem === '' ? assemble(parts) : fail('', rest, `: ${problem}`);
}

function skip(text: string, prefix: string): { readonly rest: string; readonly matches: boolean } {
  let rest = text;
  for (let i = 0; i < prefix.length; i++) {
    if (prefix[i] === ' ') {
      if (rest !== '' && !rest.startsWith(' ')) return { rest, matches: false };
      while (prefix[i + 1] === ' ') i++;
      rest = rest.replace(/^ +/, '');
    } else if (rest[0] !== prefix[i]) return { rest, matches: false };
    else rest = rest.slice(1);
  }
  return { rest, matches: true };
}

function readElement(parts: Parts, chunk: Chunk, text: string): Rest {
  switch (chunk.element) {
    case '2006':
      return take(/^\d{4}/, text, (digits) => (parts.year = Number(digits)));
    case '06':
      return take(/^\d{2}/, text, (digits) => (parts.year = Number(digits) + (Number(digits) >= 69 ? 1900 : 2000)));
    case 'January':
      return name(MONTHS, text, (index) => (parts.month = index + 1));
    case 'Jan':
      return name(shortened(MONTHS), text, (index) => (parts.month = index + 1));
    case 'Monday':
      return name(WEEKDAYS, text);
    case 'Mon':
      return name(shortened(WEEKDAYS), text);
    case '1':
    case '01':
      return number(parts, text, chunk.element === '01', 'month', 1, 12, (value) => (parts.month = value));
    case '2':
    case '02':
    case '_2':
      return number(
        parts,
        chunk.element === '_2' ? text.replace(/^ /, '') : text,
        chunk.element === '02',
        '',
        0,
        99,
        (value) => (parts.day = value),
      );
    case '002':
      return take(/^\d{3}/, text, (digits) => (parts.yearDay = Number(digits)));
    case '__2':
      return take(/^ {0,2}(\d{1,3})/, text, (digits) => (parts.yearDay = Number(digits)));
    case '15':
      return number(parts, text, false, 'hour', 0, 23, (value) => (parts.hour = value));
    case '3':
    case '03':
      return number(parts, text, chunk.element === '03', 'hour', 0, 12, (value) => (parts.hour = value));
    case '4':
    case '04':
      return number(parts, text, chunk.element === '04', 'minute', 0, 59, (value) => (parts.minute = value));
    case '5':
    case '05':
      return second(parts, chunk, text);
    case 'PM':
    case 'pm':
      return halfDay(parts, chunk.element, text);
    case 'MST':
      return zoneName(parts, text);
    default:
      return /^[.,]/.test(chunk.element)
        ? fraction(parts, chunk.element, text)
        : numericZone(parts, chunk.element, text);
  }
}

function take(pattern: RegExp, text: string, set: (digits: string) => void): Rest {
  const match = pattern.exec(text);
  if (!match) return undefined;
  set(match[1] ?? match[0]);
  return text.slice(match[0].length);
}

const shortened = (names: readonly string[]): readonly string[] => names.map((each) => each.slice(0, 3));

function name(names: readonly string[], text: string, set?: (index: number) => void): Rest {
  const index = names.findIndex((each) => text.slice(0, each.length).toLowerCase() === each.toLowerCase());
  if (index < 0) return undefined;
  set?.(index);
  return text.slice((names[index] as string).length);
}

function number(
  parts: Parts,
  text: string,
  twoDigits: boolean,
  what: string,
  least: number,
  most: number,
  set: (value: number) => void,
): Rest {
  return take(twoDigits ? /^\d{2}/ : /^\d{1,2}/, text, (digits) => {
    const value = Number(digits);
    if (value < least || value > most) parts.outOfRange = what;
    set(value);
  });
}

/** A fraction may follow the seconds even where the layout has none. */
function second(parts: Parts, chunk: Chunk, text: string): Rest {
  const rest = number(parts, text, chunk.element === '05', 'second', 0, 59, (value) => (parts.second = value));
  if (rest === undefined || parts.outOfRange !== '' || !/^[.,]\d/.test(rest)) return rest;
  if (/^[.,]/.test(nextChunk(chunk.rest).element)) return rest;
  return take(/^[.,]\d+/, rest, (digits) => (parts.nanos = nanosOf(digits)));
}

const nanosOf = (digits: string): number => Number(digits.slice(1, 10).padEnd(9, '0'));

function halfDay(parts: Parts, element: string, text: string): Rest {
  const upper = element === 'PM';
  const word = text.slice(0, 2);
  if (word === (upper ? 'PM' : 'pm')) parts.pm = true;
  else if (word === (upper ? 'AM' : 'am')) parts.am = true;
  else return undefined;
  return text.slice(2);
}

function fraction(parts: Parts, element: string, text: string): Rest {
  if (element[1] === '9')
    return /^[.,]\d/.test(text) ? take(/^[.,]\d+/, text, (digits) => (parts.nanos = nanosOf(digits))) : text;
  const digits = text.slice(0, element.length);
  if (digits.length < element.length || !/^[.,]\d+$/.test(digits)) return undefined;
  parts.nanos = nanosOf(digits);
  return text.slice(element.length);
}

function numericZone(parts: Parts, element: string, text: string): Rest {
  if (element.startsWith('Z') && text.startsWith('Z')) {
    parts.zone = UTC;
    return text.slice(1);
  }
  const shape = element.slice(1);
  const pattern =
    shape === '07'
      ? /^([+-])(\d\d)/
      : shape === '0700'
        ? /^([+-])(\d\d)(\d\d)/
        : shape === '07:00'
          ? /^([+-])(\d\d):(\d\d)/
          : shape === '070000'
            ? /^([+-])(\d\d)(\d\d)(\d\d)/
            : /^([+-])(\d\d):(\d\d):(\d\d)/;
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [hours, minutes, seconds] = [match[2], match[3] ?? 0, match[4] ?? 0].map(Number) as [number, number, number];
  if (hours > 24) parts.outOfRange = 'time zone offset hour';
  if (minutes > 60) parts.outOfRange = 'time zone offset minute';
  if (seconds > 60) parts.outOfRange = 'time zone offset second';
  const offset = (hours * 60 + minutes) * 60 + seconds;
  parts.offset = match[1] === '-' ? -offset : offset;
  return text.slice(match[0].length);
}

function zoneName(parts: Parts, text: string): Rest {
  if (text.startsWith('UTC')) {
    parts.zone = UTC;
    return text.slice(3);
  }
  const match =
    /^(?:ChST|MeST|GMT(?:[+-]\d+)?|[+-]\d+|[A-Z]{4}T(?![A-Z])|(?:[A-Z]{3}T|WITA)(?![A-Z])|[A-Z]{3}(?![A-Z]))/.exec(
      text,
    );
  if (!match) return undefined;
  const signed = /[+-](\d+)$/.exec(match[0]);
  let word = match[0];
  if (signed && Number(signed[1]) > 23) word = word.startsWith('GMT') ? 'GMT' : '';
  if (word === '') return undefined;
  parts.zoneName = word;
  return text.slice(word.length);
}

/** Fills in month and day from the day of the year; the problem, if there is one. */
function settleDay(parts: Parts): string {
  if (parts.pm && parts.hour < 12) parts.hour += 12;
  else if (parts.am && parts.hour === 12) parts.hour = 0;
  if (parts.yearDay >= 0) {
    const length = isLeapYear(parts.year) ? 366 : 365;
    if (parts.yearDay < 1 || parts.yearDay > length) return 'day-of-year out of range';
    let month = 1;
    let day = parts.yearDay;
    while (day > daysInMonth(parts.year, month)) day -= daysInMonth(parts.year, month++);
    if (parts.month >= 0 && parts.month !== month) return 'day-of-year does not match month';
    if (parts.day >= 0 && parts.day !== day) return 'day-of-year does not match day';
    parts.month = month;
    parts.day = day;
  }
  if (parts.month < 0) parts.month = 1;
  if (parts.day < 0) parts.day = 1;
  return parts.day < 1 || parts.day > daysInMonth(parts.year, parts.month) ? 'day out of range' : '';
}

function assemble(parts: Parts): GoTime {
  const ofDay = parts.hour * 3600 + parts.minute * 60 + parts.second;
  const inUtc = GoTime.fromCivil(parts.year, parts.month, parts.day, ofDay, parts.nanos, UTC);
  if (parts.zone) return inUtc;
  if (parts.offset !== undefined) {
    const zone =
      parts.offset === 0 && (parts.zoneName === '' || parts.zoneName === 'UTC')
        ? UTC
        : fixedZone(parts.zoneName, parts.offset);
    return new GoTime(inUtc.seconds - parts.offset, inUtc.nanos, zone);
  }
  if (parts.zoneName === '') return inUtc;
  // A name alone says nothing about the offset, except GMT+3.
  const offset = /^GMT[+-]/.test(parts.zoneName) ? Number(parts.zoneName.slice(3)) * 3600 : 0;
  return inUtc.in(fixedZone(parts.zoneName, offset));
}

/** Like a Go string, but every byte beyond ASCII is escaped. */
function quoted(text: string): string {
  let out = '"';
  for (const byte of toBytes(text)) {
    const char = String.fromCharCode(byte);
    if (byte < 0x20 || byte >= 0x80) out += `\\x${byte.toString(16).padStart(2, '0')}`;
    else out += char === '"' || char === '\\' ? `\\${char}` : char;
  }
  return `${out}"`;
}
