/** Reads Go's string and character literals. `undefined` where the syntax is wrong. */
import { fromBytes, toBytes } from '../value/bytes.js';

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
]);

/** `"..."` or `` `...` ``. */
export function unquote(literal: string): string | undefined {
  const body = literal.slice(1, -1);
  if (literal.startsWith('`')) return body.replaceAll('\r', '');
  if (!body.includes('\\')) return body.includes('"') ? undefined : body;
  return unescapeString(body);
}

function unescapeString(body: string): string | undefined {
  let text = '';
  let sawByte = false;
  for (let at = 0; at < body.length;) {
    const unit = unescapeOne(body, at, '"');
    if (!unit) return undefined;
    text += unit.text;
    sawByte ||= unit.isByte;
    at = unit.next;
  }
  return sawByte ? fromBytes(toBytes(text)) : text;
}

/** `'x'`: the code point, or undefined. Go complains in two ways, hence the tail. */
export function unquoteChar(literal: string): { readonly code: number; readonly tail: string } | undefined {
  const unit = unescapeOne(literal, 1, "'");
  if (!unit) return undefined;
  const first = unit.text.codePointAt(0) as number;
  return { code: unit.isByte && first > 0x7f ? first & 0xff : first, tail: literal.slice(unit.next) };
}

interface Unit {
  readonly text: string;
  readonly next: number;
  readonly isByte: boolean;
}

function unescapeOne(body: string, at: number, mark: string): Unit | undefined {
  const char = String.fromCodePoint(body.codePointAt(at) as number);
  if (char === mark) return undefined;
  if (char !== '\\') return { text: char, next: at + char.length, isByte: false };
  const kind = body[at + 1] ?? '';
  const simple = SIMPLE.get(kind) ?? (kind === mark ? mark : undefined);
  if (simple !== undefined) return { text: simple, next: at + 2, isByte: false };
  switch (kind) {
    case 'x':
      return byteEscape(body.slice(at + 2, at + 4), /^[0-9a-fA-F]{2}$/, 16, at + 4);
    case 'u':
      return runeEscape(body.slice(at + 2, at + 6), 4, at + 6);
    case 'U':
      return runeEscape(body.slice(at + 2, at + 10), 8, at + 10);
    default:
      return byteEscape(body.slice(at + 1, at + 4), /^[0-7]{3}$/, 8, at + 4);
  }
}

function byteEscape(digits: string, valid: RegExp, radix: number, next: number): Unit | undefined {
  if (!valid.test(digits)) return undefined;
  const value = Number.parseInt(digits, radix);
  if (value > 0xff) return undefined;
  return { text: String.fromCharCode(value < 0x80 ? value : 0xdc00 | value), next, isByte: true };
}

function runeEscape(digits: string, width: number, next: number): Unit | undefined {
  if (digits.length !== width || !/^[0-9a-fA-F]+$/.test(digits)) return undefined;
  const code = Number.parseInt(digits, 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  return { text: String.fromCodePoint(code), next, isByte: false };
}
