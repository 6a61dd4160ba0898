/** Go's double-quoted and single-quoted text: what cannot be printed is escaped, invalid bytes become `\xNN`. */
import { isByteUnit } from '../value/bytes.js';

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['\\', '\\\\'],
]);

const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** Letters, marks, numbers, punctuation, symbols and the ASCII space. */
export const isPrintable = (char: string): boolean => PRINTABLE.test(char);

export const quote = (text: string): string => quoteWith(text, '"', false);
export const quoteAscii = (text: string): string => quoteWith(text, '"', true);
export const quoteRune = (char: string, ascii: boolean): string => quoteWith(char, "'", ascii);

function quoteWith(text: string, mark: string, ascii: boolean): string {
  let out = mark;
  for (const char of text) out += char === mark ? `\\${mark}` : escaped(char, ascii);
  return out + mark;
}

function escaped(char: string, ascii: boolean): string {
  const escape = ESCAPES.get(char);
  if (escape) return escape;
  const code = char.codePointAt(0) as number;
  if (code >= 0x20 && code < 0x7f) return char;
  if (char.length === 1 && isByteUnit(code)) return `\\x${hex(code & 0xff, 2)}`;
  if (!ascii && isPrintable(char)) return char;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  if (code >= 0xd800 && code <= 0xdfff) return '\\ufffd';
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

const hex = (code: number, width: number): string => code.toString(16).padStart(width, '0');

/** Whether text may stand between back quotes on one line. */
export function canBackquote(text: string): boolean {
  for (const char of text) {
    const code = char.codePointAt(0) as number;
    if (code === 0xfeff || code === 0x60 || code === 0x7f || (code < 0x20 && code !== 0x09)) return false;
    if (code >= 0xd800 && code <= 0xdfff) return false;
  }
  return true;
}
