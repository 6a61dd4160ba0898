/**
 * A number as written: Go's constants have no type until they are used, so that `1` may become an integer or a float,
 * and each literal says which it can be.
 */
import { quote } from '../format/quote.js';
import { unquoteChar } from './unquote.js';

export interface NumberLiteral {
  readonly int: bigint | undefined;
  readonly uint: bigint | undefined;
  readonly float: number | undefined;
  readonly complex: { readonly re: number; readonly im: number } | undefined;
}

export type NumberKind = 'number' | 'complex' | 'charConstant';

const MAX_UINT = 2n ** 64n;
const MAX_INT = 2n ** 63n;

/** The literal, or what Go says about it. */
export function parseNumber(text: string, kind: NumberKind): NumberLiteral | string {
  if (kind === 'charConstant') return fromChar(text);
  if (kind === 'complex') return fromComplexText(text);
  if (text.endsWith('i')) {
    const im = parseFloatText(text.slice(0, -1));
    if (im !== undefined) return fromComplex(0, im);
  }
  const integer = parseIntegerText(text);
  if (integer !== undefined) return fromInteger(integer, /^[+-]/.test(text));
  const float = parseFloatText(text);
  if (float === undefined) return `illegal number syntax: ${quote(text)}`;
  if (!/[.eEpP]/.test(text)) return `integer overflow: ${quote(text)}`;
  return fromFloat(float);
}

function fromChar(text: string): NumberLiteral | string {
  const char = unquoteChar(text);
  if (!char) return 'invalid syntax';
  if (char.tail !== "'") return `malformed character constant: ${text}`;
  return { int: BigInt(char.code), uint: BigInt(char.code), float: char.code, complex: undefined };
}

function fromInteger(value: bigint, signed: boolean): NumberLiteral {
  const int = value >= -MAX_INT && value < MAX_INT ? value : undefined;
  const uint = (!signed && value >= 0n) || value === 0n ? value : undefined;
  return { int, uint, float: Number(value), complex: undefined };
}

function fromFloat(float: number): NumberLiteral {
  const whole = Number.isInteger(float) ? BigInt(float) : undefined;
  const int = whole !== undefined && whole >= -MAX_INT && whole < MAX_INT ? whole : undefined;
  const uint = whole !== undefined && whole >= 0n && whole < MAX_UINT ? whole : undefined;
  return { int, uint, float, complex: undefined };
}

function fromComplexText(text: string): NumberLiteral | string {
  const split = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
  // The sign of an exponent is not the one between the two parts.
  const at = /[eEpP]/.test(text[split - 1] ?? '') && !text.startsWith('0x') ? lastSignBefore(text, split - 1) : split;
  const re = parseFloatText(text.slice(0, at));
  const im = parseFloatText(text.slice(at, -1));
  return re === undefined || im === undefined ? 'syntax error scanning complex number' : fromComplex(re, im);
}

const lastSignBefore = (text: string, end: number): number =>
  Math.max(text.lastIndexOf('+', end - 1), text.lastIndexOf('-', end - 1));

function fromComplex(re: number, im: number): NumberLiteral {
  const real = im === 0 ? fromFloat(re) : { int: undefined, uint: undefined, float: undefined };
  return { ...real, complex: { re, im } };
}

const INTEGER = /^[+-]?(?:0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO]?(?:_?[0-7])+|[1-9](?:_?[0-9])*|0)$/;

/** `undefined` for what is not an integer or does not fit 64 bits. */
function parseIntegerText(text: string): bigint | undefined {
  if (!INTEGER.test(text)) return undefined;
  const negative = text.startsWith('-');
  let digits = text.replace(/^[+-]/, '').replaceAll('_', '').toLowerCase();
  if (/^0[0-7]/.test(digits)) digits = `0o${digits.slice(1)}`;
  const value = negative ? -BigInt(digits) : BigInt(digits);
  if (value < -MAX_INT || value >= MAX_UINT || (text.startsWith('+') && value >= MAX_INT)) return undefined;
  return value;
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const HEX = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?\d+)$/;

/** Decimal, or hexadecimal with a binary exponent. */
export function parseFloatText(text: string): number | undefined {
  // An underscore stands between two digits, or after the prefix of a base.
  if (/(?:^|[^0-9a-fA-FxX])_|_(?:[^0-9a-fA-F]|$)/.test(text)) return undefined;
  const plain = text.replaceAll('_', '');
  if (DECIMAL.test(plain)) {
    const value = Number(plain);
    return Number.isFinite(value) ? value : undefined;
  }
  const hex = HEX.exec(plain);
  if (!hex || (hex[2] === '' && hex[3] === '')) return undefined;
  const mantissa = Number(BigInt(`0x${hex[2]}${hex[3]}`));
  const value = mantissa * 2 ** (Number(hex[4]) - 4 * (hex[3] as string).length);
  if (!Number.isFinite(value)) return undefined;
  return hex[1] === '-' ? -value : value;
}
