import { isByteUnit } from '../value/bytes.js';

/**
 * `toUpper` and `toLower` by character: one for one, no locale, no final sigma, `ß` stays. JavaScript's own mappings also
 * change lengths, so those that do are left out.
 */
const mapped =
  (map: (char: string) => string) =>
  (text: string): string => {
    let out = '';
    for (const char of text) {
      // A byte that is no character cannot be mapped and is replaced.
      const other = char.length === 1 && isByteUnit(char.charCodeAt(0)) ? '\ufffd' : map(char);
      out += isOneCharacter(other) ? other : char;
    }
    return out;
  };

const isOneCharacter = (text: string): boolean =>
  text.length === 1 || (text.length === 2 && (text.codePointAt(0) as number) > 0xffff);

const IS_ASCII = /^[\0-\x7f]*$/;
const upper = mapped((char) => char.toUpperCase());
/** The one capital whose small letter is two characters has a simple mapping too. */
const lower = mapped((char) => (char === '\u0130' ? 'i' : char.toLowerCase()));

export const toUpper = (text: string): string => (IS_ASCII.test(text) ? text.toUpperCase() : upper(text));
export const toLower = (text: string): string => (IS_ASCII.test(text) ? text.toLowerCase() : lower(text));
