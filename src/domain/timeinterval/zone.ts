import type { Instant } from '../time/index.js';

/**
 * Time zones by name, and what a clock on the wall there shows, in minutes since 1970 by that clock.
 *
 * The engine's own time zone data is asked, whose formatter is slow to make and quick to use: one is kept for each zone.
 * Bound: only names that exist are kept, and a machine knows some 600.
 */
const MINUTE_MS = 60_000;

const formatters = new Map<string, Intl.DateTimeFormat>();

export const LOCAL = 'Local';

export const isUtc = (name: string | undefined): boolean => name === undefined || name === '' || name === 'UTC';

/**
 * Whether Alertmanager knows the name too. It looks for a file of the time zone database, so the spelling must be exact,
 * while the engine takes any case and some abbreviations of its own.
 */
export function isTimeZone(name: string): boolean {
  if (isUtc(name) || name === LOCAL) return true;
  const areas = name.split('/');
  const listed = areas.length === 1 ? WITHOUT_AREA.has(name) : AREAS.has(areas[0] as string);
  if (!listed || !areas.every((part) => /^[A-Z0-9]/.test(part))) return false;
  const resolved = formatterOf(name)?.resolvedOptions().timeZone;
  return resolved !== undefined && (resolved === name || resolved.toLowerCase() !== name.toLowerCase());
}

export function wallMinutes(name: string | undefined, now: Instant): number {
  if (name === undefined || isUtc(name)) return Math.floor(now / MINUTE_MS);
  const formatter = formatterOf(name);
  if (formatter === undefined) throw new Error(`unknown time zone ${name}`);
  const fields = WALL_FIELDS.exec(formatter.format(now));
  if (fields === null) throw new Error(`no date in ${formatter.format(now)}`);
  const [month, day, year, hour, minute] = fields.slice(1).map(Number) as [number, number, number, number, number];
  return Date.UTC(year, month - 1, day, hour, minute) / MINUTE_MS;
}

const WALL_FIELDS = /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+)$/;

function formatterOf(name: string): Intl.DateTimeFormat | undefined {
  const known = formatters.get(name);
  if (known !== undefined) return known;
  try {
    const formatter = new Intl.DateTimeFormat('en-US', {
      ...(name === LOCAL ? {} : { timeZone: name }),
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formatters.set(name, formatter);
    return formatter;
  } catch {
    // The one way to learn that a name is unknown.
    return undefined;
  }
}

/** Where the database keeps its zones. */
const AREAS: ReadonlySet<string> = new Set(
  'Africa America Antarctica Arctic Asia Atlantic Australia Brazil Canada Chile Etc Europe Indian Mexico Pacific US'.split(
    ' ',
  ),
);

/** Its names without an area. */
const WITHOUT_AREA: ReadonlySet<string> = new Set(
  (
    'CET CST6CDT Cuba EET EST EST5EDT Egypt Eire GB GB-Eire GMT GMT+0 GMT-0 GMT0 Greenwich HST Hongkong Iceland Iran ' +
    'Israel Jamaica Japan Kwajalein Libya MET MST MST7MDT NZ NZ-CHAT Navajo PRC PST8PDT Poland Portugal ROC ROK ' +
    'Singapore Turkey UCT Universal W-SU WET Zulu'
  ).split(' '),
);
