/**
 * Go's strings are bytes; ours are UTF-16.
 *
 * Text that is valid stays as it is. A byte that is no valid UTF-8 (a template can cut a string in the middle of a
 * character, or write `"\xff"`) stands as a lone low surrogate U+DC80..U+DCFF, which no valid text contains, so that lengths,
 * indexes and slices come out as in Go. What leaves the folder is well formed: see `wellFormed`.
 */

const REPLACEMENT = 0xfffd;

const isAscii = (text: string): boolean => {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
};

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
/** A lone surrogate that stands for a byte. */
export const isByteUnit = (unit: number): boolean => unit >= 0xdc80 && unit <= 0xdcff;

/** The length in bytes. */
export function byteLength(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) length++;
    else if (unit < 0x800) length += 2;
    else if (isHigh(unit) && isLow(text.charCodeAt(i + 1))) {
      length += 4;
      i++;
    } else length += isByteUnit(unit) ? 1 : 3;
  }
  return length;
}

export function toBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(byteLength(text));
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes[at++] = unit;
    else if (isHigh(unit) && isLow(text.charCodeAt(i + 1))) at = encode(bytes, at, text.codePointAt(i++) as number);
    else if (isByteUnit(unit)) bytes[at++] = unit & 0xff;
    else at = encode(bytes, at, isHigh(unit) || isLow(unit) ? REPLACEMENT : unit);
  }
  return bytes;
}

function encode(bytes: Uint8Array, at: number, code: number): number {
  if (code < 0x800) {
    bytes[at++] = 0xc0 | (code >> 6);
  } else {
    if (code < 0x10000) bytes[at++] = 0xe0 | (code >> 12);
    else {
      bytes[at++] = 0xf0 | (code >> 18);
      bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
    }
    bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
  }
  bytes[at++] = 0x80 | (code & 0x3f);
  return at;
}

export function fromBytes(bytes: ArrayLike<number>): string {
  let text = '';
  for (let i = 0; i < bytes.length;) {
    const [code, size] = decodeRune(bytes, i);
    text +=
      size === 1 && code === REPLACEMENT
        ? String.fromCharCode(0xdc00 | (bytes[i] as number))
        : String.fromCodePoint(code);
    i += size;
  }
  return text;
}

/** One character and its size in bytes; the replacement character of size 1 where the bytes are not valid. */
function decodeRune(bytes: ArrayLike<number>, at: number): readonly [code: number, size: number] {
  const first = bytes[at] as number;
  if (first < 0x80) return [first, 1];
  const size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + size > bytes.length) return [REPLACEMENT, 1];
  let code = first & (0x7f >> size);
  for (let i = 1; i < size; i++) {
    const next = bytes[at + i] as number;
    if ((next & 0xc0) !== 0x80) return [REPLACEMENT, 1];
    code = (code << 6) | (next & 0x3f);
  }
  const valid =
    size === 2 ||
    (size === 3 ? code >= 0x800 && (code < 0xd800 || code > 0xdfff) : code >= 0x10000 && code <= 0x10ffff);
  return valid ? [code, size] : [REPLACEMENT, 1];
}

/** `text[from:to]` in bytes; the caller has checked the bounds. */
export function sliceBytes(text: string, from: number, to: number): string {
  return isAscii(text) ? text.slice(from, to) : fromBytes(toBytes(text).subarray(from, to));
}

/** The byte at an index; the caller has checked the bounds. */
export function byteAt(text: string, index: number): number {
  return isAscii(text) ? text.charCodeAt(index) : (toBytes(text)[index] as number);
}

/** Bytes that found one another again become a character; what is left of them is replaced. */
export function wellFormed(text: string): string {
  return text.isWellFormed() ? text : fromBytes(toBytes(text)).toWellFormed();
}

/** Joins bytes that a concatenation brought together; keeps those that stay invalid. */
export function rejoined(text: string): string {
  return text.isWellFormed() ? text : fromBytes(toBytes(text));
}

/** Runes as Go counts them: an invalid byte is one. */
export function runeCount(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    if (isHigh(text.charCodeAt(i)) && isLow(text.charCodeAt(i + 1))) i++;
    count++;
  }
  return count;
}
