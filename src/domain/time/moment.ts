import { type Instant, ZERO_INSTANT } from './instant.js';

/**
 * An instant together with the way it is written.
 *
 * Alertmanager never normalises the zone of a posted time and keeps its nanoseconds, and what came in as
 * `+02:00` leaves as `+02:00`, in the API (always three digits, cut off) and in notifications (RFC 3339 with nanoseconds,
 * trailing zeros dropped). Comparisons use `at` alone.
 */
export class Moment {
  #isPlain: boolean | undefined;
  #text: string | undefined;

  /** Without a text it is how we would write it: in UTC. Writing it waits until somebody reads it, which most are spared. */
  constructor(
    readonly at: Instant,
    text?: string,
  ) {
    this.#text = text;
    if (text === undefined) this.#isPlain = true;
  }

  static readonly ZERO = new Moment(ZERO_INSTANT, '0001-01-01T00:00:00Z');

  /** A time that we made ourselves: UTC. */
  static of(at: Instant): Moment {
    return at === ZERO_INSTANT ? Moment.ZERO : new Moment(at);
  }

  /** RFC 3339 as Go prints it: nanoseconds trimmed, `Z` or an offset. */
  get text(): string {
    return (this.#text ??= formatRfc3339(this.at));
  }

  /** The form of the API: exactly three digits, cut and not rounded. */
  get apiText(): string {
    return withThreeDigits(this.text);
  }

  /** Whether the text is how we would write it ourselves. */
  get isPlain(): boolean {
    return (this.#isPlain ??= formatRfc3339(this.at) === this.text);
  }

  get isZero(): boolean {
    return this.at === ZERO_INSTANT;
  }
}

/** RFC 3339 in UTC with the fraction as short as it goes (Go's RFC3339Nano). */
export function formatRfc3339(at: Instant): string {
  const text = isoMillis(at);
  const micros = Math.round((at - Math.floor(at)) * 1_000);
  if (micros > 0 && micros < 1_000) return trimFraction(`${text.slice(0, -1)}${String(micros).padStart(3, '0')}Z`);
  return trimFraction(text);
}

/** RFC 3339 in UTC with exactly three digits. */
export const formatApiTime = (at: Instant): string => isoMillis(at);

function isoMillis(at: Instant): string {
  const text = new Date(Math.floor(at)).toISOString();
  // Years outside 0..9999 carry a sign and six digits in JavaScript; RFC 3339 has no such years.
  return text.charCodeAt(0) === 0x2b || text.charCodeAt(0) === 0x2d ? text.slice(1).replace(/^0+(?=\d{4})/, '') : text;
}

/** Drops the zeros that end a fraction, and the dot when nothing is left of it. Zeros of the seconds stay. */
function trimFraction(text: string): string {
  const dot = text.indexOf('.');
  if (dot < 0) return text;
  let end = text.length - 1;
  while (text[end - 1] === '0') end--;
  if (end - 1 === dot) end = dot;
  return `${text.slice(0, end)}Z`;
}

function withThreeDigits(text: string): string {
  const dot = text.indexOf('.');
  if (dot < 0) return `${text.slice(0, 19)}.000${text.slice(19)}`;
  let end = dot + 1;
  while (end < text.length && text.charCodeAt(end) >= 0x30 && text.charCodeAt(end) <= 0x39) end++;
  return `${text.slice(0, dot + 1)}${text.slice(dot + 1, Math.min(end, dot + 4)).padEnd(3, '0')}${text.slice(end)}`;
}
