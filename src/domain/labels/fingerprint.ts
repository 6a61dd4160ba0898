/**
 * Alertmanager's fingerprint: 64-bit FNV-1a over the sorted labels, each `name 0xFF value 0xFF` in UTF-8, as 16 hex digits.
 *
 * The state is kept as a high word and the two halves of the low word, so that every product fits into the engine's small
 * integers; doubles cost four times as much and a BigInt a hundred times. Facts: reference "HTTP interface", section 6.
 */
const OFFSET_HIGH = 0xcbf29ce4 | 0;
const OFFSET_MIDDLE = 0x8422;
const OFFSET_LOW = 0x2325;
/** The prime is 2^40 + 0x1b3: the low part multiplies, the high part is a shift by eight of the low word. */
const PRIME_LOW = 0x1b3;
const SEPARATOR = 0xff;

export function fingerprintOf(names: readonly string[], values: readonly string[]): string {
  let high = OFFSET_HIGH;
  let middle = OFFSET_MIDDLE;
  let low = OFFSET_LOW;
  for (let i = 0; i < 2 * names.length; i++) {
    let text = ((i & 1) === 0 ? names[i >> 1] : values[i >> 1]) as string;
    let isBytes = false;
    for (let at = 0; at <= text.length; at++) {
      let byte = at < text.length ? text.charCodeAt(at) : SEPARATOR;
      if (byte >= 0x80 && at < text.length && !isBytes) {
        // All before is ASCII, so the place stays the same.
        text = bytesAsText(text);
        isBytes = true;
        byte = text.charCodeAt(at);
      }
      const mixed = low ^ byte;
      const shifted = (middle << 24) | (mixed << 8);
      const product = mixed * PRIME_LOW;
      const next = middle * PRIME_LOW + (product >>> 16);
      low = product & 0xffff;
      middle = next & 0xffff;
      high = (Math.imul(high, PRIME_LOW) + (next >>> 16) + shifted) | 0;
    }
  }
  return fingerprintFrom(high, (middle << 16) | low);
}

/** From its two words. In one go, so that the digits are one text and not a chain of them. */
export const fingerprintFrom = (high: number, low: number): string =>
  String.fromCharCode(
    digit(high >>> 28),
    digit(high >>> 24),
    digit(high >>> 20),
    digit(high >>> 16),
    digit(high >>> 12),
    digit(high >>> 8),
    digit(high >>> 4),
    digit(high),
    digit(low >>> 28),
    digit(low >>> 24),
    digit(low >>> 20),
    digit(low >>> 16),
    digit(low >>> 12),
    digit(low >>> 8),
    digit(low >>> 4),
    digit(low),
  );

const digit = (bits: number): number => {
  const value = bits & 15;
  return value < 10 ? 0x30 + value : 0x57 + value;
};

/** So many digits of a fingerprint as a number: eight are 32 bits. */
export function digitsOf(fingerprint: string, from: number, count: number): number {
  let bits = 0;
  for (let i = from; i < from + count; i++) bits = (bits << 4) | bitsOf(fingerprint.charCodeAt(i));
  return bits >>> 0;
}

const bitsOf = (digit: number): number => (digit <= 0x39 ? digit - 0x30 : digit - 0x57) & 15;

/** The UTF-8 of a text, one character for each byte. */
function bytesAsText(text: string): string {
  let bytes = '';
  for (const character of text) {
    const point = character.codePointAt(0) as number;
    if (point < 0x80) bytes += character;
    else if (point < 0x800) bytes += String.fromCharCode(0xc0 | (point >> 6), continuation(point));
    else if (point < 0x10000)
      bytes += String.fromCharCode(0xe0 | (point >> 12), continuation(point >> 6), continuation(point));
    else
      bytes += String.fromCharCode(
        0xf0 | (point >> 18),
        continuation(point >> 12),
        continuation(point >> 6),
        continuation(point),
      );
  }
  return bytes;
}

const continuation = (bits: number): number => 0x80 | (bits & 0x3f);
