/**
 * Go's double-quoted strings, both ways: what group keys and odd label names are printed with, and what the UTF-8 grammar
 * reads. Printable characters stay as they are; everything else becomes an escape.
 */
const NAMED: ReadonlyMap<number, string> = new Map([
  [0x07, '\\a'],
  [0x08, '\\b'],
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0b, '\\v'],
  [0x0c, '\\f'],
  [0x0d, '\\r'],
  [0x22, '\\"'],
  [0x5c, '\\\\'],
]);

const PLAIN = /^[ !#-[\]-~]*$/;
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

export function quoteGo(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  let quoted = '"';
  for (const char of text) quoted += quoteChar(char);
  return `${quoted}"`;
}

function quoteChar(char: string): string {
  const point = char.codePointAt(0) as number;
  const named = NAMED.get(point);
  if (named !== undefined) return named;
  if (PRINTABLE.test(char)) return char;
  // A lone surrogate has no UTF-8 form; where Go decodes one it has already become the replacement character.
  if (point >= 0xd800 && point <= 0xdfff) return '\ufffd';
  if (point < 0x80) return `\\x${hex(point, 2)}`;
  return point < 0x10000 ? `\\u${hex(point, 4)}` : `\\U${hex(point, 8)}`;
}

const hex = (point: number, digits: number): string => point.toString(16).padStart(digits, '0');

const ESCAPE = /\\(?:([abfnrtv\\"])|x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y;
const SINGLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

/** What stands between the quotes of a quoted text; undefined when an escape is wrong or the result is not UTF-8. */
export function unquoteGo(quoted: string): string | undefined {
  const text = quoted.slice(1, -1);
  if (text.includes('\n')) return undefined;
  if (!text.includes('\\')) return text;
  // Bytes can be written one by one, so the whole is put together as bytes, in the percent form of URIs.
  let bytes = '';
  for (let i = 0; i < text.length;) {
    const start = i;
    while (i < text.length && text[i] !== '\\') i++;
    bytes += percent(text.slice(start, i));
    if (i === text.length) break;
    ESCAPE.lastIndex = i;
    const escape = ESCAPE.exec(text);
    const value = escape && unescape(escape);
    if (value === null || value === undefined) return undefined;
    bytes += value;
    i = ESCAPE.lastIndex;
  }
  try {
    return decodeURIComponent(bytes);
  } catch {
    return undefined;
  }
}

function unescape([, single, hexByte, octalByte, short, long]: RegExpExecArray): string | undefined {
  if (single !== undefined) return percent(SINGLE[single] as string);
  if (hexByte !== undefined) return `%${hexByte}`;
  if (octalByte !== undefined) return percentByte(Number.parseInt(octalByte, 8));
  const point = Number.parseInt((short ?? long) as string, 16);
  if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return undefined;
  return percent(String.fromCodePoint(point));
}

const percentByte = (byte: number): string | undefined => (byte > 0xff ? undefined : `%${hex(byte, 2)}`);

const percent = (text: string): string => encodeURIComponent(text.toWellFormed());
