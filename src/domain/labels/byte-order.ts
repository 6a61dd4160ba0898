/**
 * The order of Go's strings: by UTF-8 bytes.
 *
 * JavaScript compares UTF-16 units, which gives another order only where a surrogate (a character beyond U+FFFF) meets
 * a unit from U+E000 up, so that everything else takes the engine's own comparison.
 */
export function compareBytes(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for characters above all others. */
const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
