/**
 * The order in which Go's yaml.v2 prints the keys of a map: numbers before texts, numbers inside texts as numbers
 * (`a2` before `a10`), letters after everything else.
 */
import type { Printed } from './print.js';

export function comparePrintedKeys(left: Printed, right: Printed): number {
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== undefined && b !== undefined) return a === b ? kindOf(left) - kindOf(right) : a - b;
  if (typeof left === 'string' && typeof right === 'string') return compareKeys(left, right);
  return kindOf(left) - kindOf(right);
}

export function compareKeys(left: string, right: string): number {
  const a = [...left];
  const b = [...right];
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [x = '', y = ''] = [a[i], b[i]];
    if (x === y) continue;
    const [xIsLetter, yIsLetter] = [isLetter(x), isLetter(y)];
    if (xIsLetter && yIsLetter) return compareRunes(x, y);
    if (xIsLetter || yIsLetter) return yIsLetter ? -1 : 1;
    return compareNumbersAt(a, b, i) || compareRunes(x, y);
  }
  return a.length - b.length;
}

function compareNumbersAt(a: readonly string[], b: readonly string[], at: number): number {
  // A zero within a longer number is a digit of it, not the start of another.
  const inside = (a[at] === '0' || b[at] === '0') && hasSignificantDigitBefore(a, at);
  const [x, y] = [digitsFrom(a, at), digitsFrom(b, at)];
  const [m, n] = [x, y].map((digits) => BigInt((inside ? '1' : '') + (digits || (inside ? '' : '0'))));
  if (m !== undefined && n !== undefined && m !== n) return m < n ? -1 : 1;
  return x.length - y.length;
}

function hasSignificantDigitBefore(chars: readonly string[], at: number): boolean {
  for (let i = at - 1; i >= 0 && isDigit(chars[i] ?? ''); i--) if (chars[i] !== '0') return true;
  return false;
}

function digitsFrom(chars: readonly string[], at: number): string {
  let end = at;
  while (end < chars.length && isDigit(chars[end] ?? '')) end++;
  return chars.slice(at, end).join('');
}

function numberOf(key: Printed): number | undefined {
  if (typeof key === 'boolean') return key ? 1 : 0;
  if (typeof key === 'bigint') return Number(key);
  return isFloat(key) ? key.float : undefined;
}

/** Go's order of kinds. */
function kindOf(key: Printed): number {
  if (key === null) return 20;
  if (typeof key === 'boolean') return 1;
  if (typeof key === 'bigint') return 2;
  return isFloat(key) ? 14 : 24;
}

const isFloat = (key: Printed): key is { readonly float: number } =>
  typeof key === 'object' && key !== null && 'float' in key;
const isLetter = (char: string): boolean => /\p{L}/u.test(char);
const isDigit = (char: string): boolean => char >= '0' && char <= '9';
const compareRunes = (x: string, y: string): number => (x.codePointAt(0) ?? 0) - (y.codePointAt(0) ?? 0);
