/**
 * Time zones: offsets from the engine's own time zone data, abbreviations from `zone-names.ts`.
 *
 * The platform knows offsets of all IANA zones but prints most abbreviations as `GMT+1`, where Go prints `CET`.
 */
import { abbreviationOf, isKnownZone } from './zone-names.js';

export interface Zone {
  /** As Go's Location prints itself. */
  readonly name: string;
  /** What asking costs, in units of work: a real zone is looked up in the platform's tables. */
  readonly cost: number;
  /** The offset in seconds and the abbreviation at an instant (seconds since 1970). Empty where there is none. */
  at(seconds: number): { readonly seconds: number; readonly name: string };
}

const fixed = (name: string, offset: number, abbreviation: string): Zone => {
  const answer = { seconds: offset, name: abbreviation };
  return { name, cost: 1, at: () => answer };
};

export const UTC: Zone = fixed('UTC', 0, 'UTC');

/** A zone that is nothing but an offset, as a posted time carries it. */
export const fixedZone = (name: string, offset: number): Zone => fixed(name, offset, name);

let local: Zone | undefined;

/**
 * The zone of the machine, which `now` and `.Local` use. Made for who asks: with the first formatter the engine takes in its
 * tables of languages and places, seven megabytes.
 */
export const localZone = (): Zone => (local ??= makeLocal());

class IanaZone implements Zone {
  readonly cost = 150;
  readonly #format: Intl.DateTimeFormat;
  /** Offsets of the quarters of an hour asked for last; zones change on such boundaries. */
  #cachedQuarter = Number.NaN;
  #cached = { seconds: 0, name: '' };

  constructor(
    readonly name: string,
    readonly id: string,
  ) {
    this.#format = new Intl.DateTimeFormat('en-US', { timeZone: id, timeZoneName: 'longOffset' });
  }

  at(seconds: number): { readonly seconds: number; readonly name: string } {
    const quarter = Math.floor(seconds / 900);
    if (quarter !== this.#cachedQuarter) {
      const offset = this.#offsetAt(seconds);
      this.#cached = {
        seconds: offset,
        name: abbreviationOf(this.id, offset, () => isSummerAt(seconds, (each) => this.#offsetAt(each))),
      };
      this.#cachedQuarter = quarter;
    }
    return this.#cached;
  }

  #offsetAt(seconds: number): number {
    // Dates beyond the engine's range have the offset of its ends.
    const millis = Math.min(Math.max(seconds * 1000, -8.64e15), 8.64e15);
    const text = this.#format.format(millis);
    const match = /GMT(?:([+\-\u2212])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(text);
    if (!match?.[1]) return 0;
    const size = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
    return match[1] === '+' ? size : -size;
  }
}

/** Whether the clock is ahead of where it stands at some other time of the year. */
export function isSummerAt(seconds: number, offsetAt: (seconds: number) => number): boolean {
  const offset = offsetAt(seconds);
  // Standard time lasts four months at least, so that steps of two do not miss it.
  return [-180, -120, -60, 60, 120, 180].some((days) => offsetAt(seconds + days * 86_400) < offset);
}

const ZONES = new Map<string, Zone>([['UTC', UTC]]);

/** A zone by its name; `undefined` when nobody knows it. The number of known names bounds what is kept. */
export function findZone(name: string): Zone | undefined {
  if (name === '' || name === 'UTC') return UTC;
  if (name === 'Local') return localZone();
  const known = ZONES.get(name);
  if (known) return known;
  if (!isKnownZone(name)) return undefined;
  try {
    const zone = new IanaZone(name, name);
    ZONES.set(name, zone);
    return zone;
  } catch (error) {
    // Named in our table, but not in the time zone data of this engine.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function makeLocal(): Zone {
  const id = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (id === 'UTC' || id === 'Etc/UTC' || id === undefined) return fixed('Local', 0, 'UTC');
  return new IanaZone('Local', id);
}
