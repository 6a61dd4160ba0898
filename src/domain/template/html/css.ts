/** Styles in templates. */
import type { Value } from '../value/values.js';
import { stringify } from './stringify.js';

/** What stands in place of a value that no context may take. */
export const FAILSAFE = 'ZgotmplZ';

const NAME_CHARACTER = /[a-zA-Z0-9\-_\u0080-\ud7ff\ue000-\ufffd]|[\ud800-\udbff][\udc00-\udfff]/;

export function endsWithKeyword(text: string, keyword: string): boolean {
  const before = text.slice(0, -keyword.length);
  if (text.length < keyword.length || text.slice(-keyword.length).toLowerCase() !== keyword) return false;
  return before === '' || (!NAME_CHARACTER.test(before.slice(-1)) && !/[\ud800-\udfff]$/.test(before));
}

/** Resolves the escapes of CSS. */
export function decodeCss(text: string): string {
  if (!text.includes('\\')) return text;
  let out = '';
  for (let rest = text; rest !== '';) {
    const at = rest.indexOf('\\');
    if (at < 0) return out + rest;
    out += rest.slice(0, at);
    rest = rest.slice(at);
    if (rest.length < 2) break;
    const hex = /^\\([0-9a-fA-F]{1,6})/.exec(rest)?.[1];
    if (hex === undefined) {
      const char = String.fromCodePoint(rest.codePointAt(1) as number);
      out += char;
      rest = rest.slice(1 + char.length);
      continue;
    }
    let code = Number.parseInt(hex, 16);
    let length = hex.length;
    if (code > 0x10ffff) {
      code = Math.floor(code / 16);
      length--;
    }
    out += code >= 0xd800 && code <= 0xdfff ? '\ufffd' : String.fromCodePoint(code);
    rest = rest.slice(1 + length).replace(/^(?:\r\n|[\t\n\f\r ])/, '');
  }
  return out;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\0', '\\0'],
  ['\t', '\\9'],
  ['\n', '\\a'],
  ['\f', '\\c'],
  ['\r', '\\d'],
  ['"', '\\22'],
  ['&', '\\26'],
  ["'", '\\27'],
  ['(', '\\28'],
  [')', '\\29'],
  ['+', '\\2b'],
  ['/', '\\2f'],
  [':', '\\3a'],
  [';', '\\3b'],
  ['<', '\\3c'],
  ['>', '\\3e'],
  ['\\', '\\\\'],
  ['{', '\\7b'],
  ['}', '\\7d'],
]);

/** For the inside of a string or URL in CSS. */
export function cssEscape(args: readonly Value[]): string {
  const { text } = stringify(args);
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const escape = ESCAPES.get(text[i] as string);
    out += escape ?? (text[i] as string);
    const next = text[i + 1];
    // A space ends the escape where the next character could belong to it.
    if (escape !== undefined && escape !== '\\\\' && (next === undefined || /[0-9a-fA-F\t\n\f\r ]/.test(next)))
      out += ' ';
  }
  return out;
}

/** Innocuous values pass: keywords, quantities, colours. */
export function cssValue(args: readonly Value[]): string {
  const decoded = decodeCss(stringify(args).text);
  if (/[\0"'()/;@[\\\]`{}<>]|--/.test(decoded)) return FAILSAFE;
  const word = decoded.replace(/[^a-zA-Z0-9_]/g, '').toLowerCase();
  return /expression|mozbinding/.test(word) ? FAILSAFE : decoded;
}
