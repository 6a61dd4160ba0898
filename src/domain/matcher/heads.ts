import type { Matcher } from './matcher.js';

/**
 * By what an index finds a matcher: the values that it accepts, where these are known, else how all of them begin.
 *
 * The beginnings of one expression are cut to the length of the shortest, so that no value leads to it twice, and to MOST_LENGTH, so
 * that an index has to look for so many lengths at most.
 */
export interface Heads {
  readonly name: string;
  /** So many of a value's first characters are looked at. */
  readonly length: number;
  /** Each once. undefined: nothing is known of the values. */
  readonly texts: readonly string[] | undefined;
}

const WHOLE = Infinity;
const MOST_LENGTH = 32;

export function headsOf({ name, literals, prefixes }: Matcher): Heads {
  if (literals) return { name, length: WHOLE, texts: literals.length === 1 ? literals : [...new Set(literals)] };
  if (prefixes.length === 0) return { name, length: WHOLE, texts: undefined };
  const length = prefixes.reduce((least, prefix) => Math.min(least, prefix.length), MOST_LENGTH);
  return { name, length, texts: [...new Set(prefixes.map((prefix) => headOf(prefix, length)))] };
}

/** What of a value is looked for. */
export const headOf = (value: string, length: number): string => (length === WHOLE ? value : value.slice(0, length));
