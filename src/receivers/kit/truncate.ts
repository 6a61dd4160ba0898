/** Cutting texts to what a service accepts, with a mark where something is missing. */
import type { Logger } from '../../platform/log.js';

const MARK = '…';
const MARK_BYTES = 3;

/** At most `limit` code points. With a limit of three or less there is no room for the mark. */
export function truncateRunes(text: string, limit: number): string {
  // A text has no more code points than units.
  if (text.length <= limit) return text;
  const end = indexOfRune(text, limit);
  if (end === text.length) return text;
  return limit <= 3 ? text.slice(0, end) : `${text.slice(0, indexOfRune(text, limit - 1))}${MARK}`;
}

/** At most `limit` bytes of UTF-8, never cutting a character in two. */
export function truncateBytes(text: string, limit: number): string {
  if (Buffer.byteLength(text) <= limit) return text;
  if (limit < MARK_BYTES) return '.'.repeat(limit);
  if (limit === MARK_BYTES) return MARK;
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > limit - MARK_BYTES) break;
    end += character.length;
  }
  return `${text.slice(0, end)}${MARK}`;
}

/** Where the code point with this number begins; the end when there are not so many. */
function indexOfRune(text: string, count: number): number {
  let index = 0;
  for (let seen = 0; seen < count && index < text.length; seen++)
    index += (text.codePointAt(index) as number) > 0xffff ? 2 : 1;
  return index;
}

/** The same, and the log says so: who reads a message that ends in a mark looks there for the rest. */
export function fitRunes(text: string, limit: number, what: string, log: Logger): string {
  const fitting = truncateRunes(text, limit);
  if (fitting !== text) log.warn(`Truncated ${what}`, { max_runes: limit });
  return fitting;
}

/** The same for what a service counts in bytes. */
export function fitBytes(text: string, limit: number, what: string, log: Logger): string {
  const fitting = truncateBytes(text, limit);
  if (fitting !== text) log.warn(`Truncated ${what}`, { max_bytes: limit });
  return fitting;
}
