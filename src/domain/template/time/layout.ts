/**
 * Go's time layouts: a sample of the reference time `Mon Jan 2 15:04:05 MST 2006` says how a time is written.
 */
import type { GoTime } from './go-time.js';

/** A piece of a layout: literal text and then one element, named by the way it is written in the layout. */
export interface Chunk {
  readonly prefix: string;
  /** Empty at the end of the layout. */
  readonly element: string;
  readonly rest: string;
}

export const MONTHS: readonly string[] =
  'January February March April May June July August September October November December'.split(' ');
export const WEEKDAYS: readonly string[] = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** Longest first where one begins another. */
const ELEMENTS: Readonly<Record<string, readonly string[]>> = {
  J: ['January', 'Jan'],
  M: ['Monday', 'Mon', 'MST'],
  '0': ['01', '02', '03', '04', '05', '06', '002'],
  '1': ['15', '1'],
  '2': ['2006', '2'],
  _: ['_2006', '_2', '__2'],
  '3': ['3'],
  '4': ['4'],
  '5': ['5'],
  P: ['PM'],
  p: ['pm'],
  '-': ['-070000', '-07:00:00', '-0700', '-07:00', '-07'],
  Z: ['Z070000', 'Z07:00:00', 'Z0700', 'Z07:00', 'Z07'],
};

export function nextChunk(layout: string): Chunk {
  for (let i = 0; i < layout.length; i++) {
    const char = layout[i] as string;
    const element = char === '.' || char === ',' ? fractionAt(layout, i) : elementAt(layout, i, char);
    if (element === undefined) continue;
    // `_2006` is an underscore and a year.
    const start = element === '_2006' ? i + 1 : i;
    return {
      prefix: layout.slice(0, start),
      element: layout.slice(start, i + element.length),
      rest: layout.slice(i + element.length),
    };
  }
  return { prefix: layout, element: '', rest: '' };
}

function elementAt(layout: string, at: number, char: string): string | undefined {
  if (!Object.hasOwn(ELEMENTS, char)) return undefined;
  return ELEMENTS[char]?.find((element) => {
    if (!layout.startsWith(element, at)) return false;
    // "Janet" and "Monet" are words, not a month and a day.
    return (element !== 'Jan' && element !== 'Mon') || !/^[a-z]/.test(layout.slice(at + 3));
  });
}

/** A point or comma and zeros or nines, not followed by another digit. */
function fractionAt(layout: string, at: number): string | undefined {
  return /^[.,](?:0+|9+)(?!\d)/.exec(layout.slice(at))?.[0];
}

export function formatTime(time: GoTime, layout: string): string {
  const { civil } = time;
  let out = '';
  for (const { prefix, element } of chunksOf(layout))
    out += element === '' ? prefix : prefix + formatElement(time, civil, element);
  return out;
}

/** Layouts stand in templates, so that there are few; those that templates make must not fill the memory. */
const MAX_LAYOUTS = 100;
const LONGEST_LAYOUT = 100;
const layouts = new Map<string, readonly Chunk[]>();

function chunksOf(layout: string): readonly Chunk[] {
  const known = layouts.get(layout);
  if (known) return known;
  const chunks = allChunks(layout);
  if (layout.length > LONGEST_LAYOUT) return chunks;
  if (layouts.size >= MAX_LAYOUTS) layouts.clear();
  layouts.set(layout, chunks);
  return chunks;
}

function allChunks(layout: string): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let chunk: Chunk;
  let rest = layout;
  do {
    chunk = nextChunk(rest);
    chunks.push(chunk);
    ({ rest } = chunk);
  } while (chunk.element !== '');
  return chunks;
}

function formatElement(time: GoTime, civil: GoTime['civil'], element: string): string {
  const hour12 = civil.hour % 12 === 0 ? 12 : civil.hour % 12;
  switch (element) {
    case '2006':
      return padded(civil.year, 4);
    case '06':
      return padded(Math.max(civil.year, 0) % 100, 2);
    case 'January':
      return MONTHS[civil.month - 1] as string;
    case 'Jan':
      return (MONTHS[civil.month - 1] as string).slice(0, 3);
    case '1':
      return String(civil.month);
    case '01':
      return padded(civil.month, 2);
    case 'Monday':
      return WEEKDAYS[civil.weekday] as string;
    case 'Mon':
      return (WEEKDAYS[civil.weekday] as string).slice(0, 3);
    case '2':
      return String(civil.day);
    case '_2':
      return String(civil.day).padStart(2);
    case '02':
      return padded(civil.day, 2);
    case '__2':
      return String(civil.yearDay).padStart(3);
    case '002':
      return padded(civil.yearDay, 3);
    case '15':
      return padded(civil.hour, 2);
    case '3':
      return String(hour12);
    case '03':
      return padded(hour12, 2);
    case '4':
      return String(civil.minute);
    case '04':
      return padded(civil.minute, 2);
    case '5':
      return String(civil.second);
    case '05':
      return padded(civil.second, 2);
    case 'PM':
      return civil.hour >= 12 ? 'PM' : 'AM';
    case 'pm':
      return civil.hour >= 12 ? 'pm' : 'am';
    case 'MST':
      return time.offset.name === '' ? numericZone(time.offset.seconds, '-0700') : time.offset.name;
    default:
      return element.startsWith('.') || element.startsWith(',') ? fraction(time.nanos, element) : zone(time, element);
  }
}

function padded(value: number, width: number): string {
  const digits = String(Math.abs(value)).padStart(width, '0');
  return value < 0 ? `-${digits}` : digits;
}

/** Zeros keep their number of digits, nines drop the zeros at the end. */
function fraction(nanos: number, element: string): string {
  const digits = String(nanos)
    .padStart(9, '0')
    .slice(0, element.length - 1)
    .padEnd(element.length - 1, '0');
  if (element[1] === '0') return element[0] + digits;
  const trimmed = digits.replace(/0+$/, '');
  return trimmed === '' ? '' : element[0] + trimmed;
}

function zone(time: GoTime, element: string): string {
  const { seconds } = time.offset;
  if (element.startsWith('Z')) return seconds === 0 ? 'Z' : numericZone(seconds, `-${element.slice(1)}`);
  return numericZone(seconds, element);
}

function numericZone(offset: number, shape: string): string {
  const size = Math.abs(offset);
  const hours = padded(Math.trunc(size / 3600), 2);
  const minutes = padded(Math.trunc(size / 60) % 60, 2);
  const colon = shape.includes(':') ? ':' : '';
  const withMinutes = shape.length > 3 ? colon + minutes : '';
  const withSeconds = shape.length >= 7 ? colon + padded(size % 60, 2) : '';
  return (offset < 0 ? '-' : '+') + hours + withMinutes + withSeconds;
}
