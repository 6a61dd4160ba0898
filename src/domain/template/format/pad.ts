/** Scalars as fmt formats them: padded, signed, in a base. */
import { runeCount, toBytes } from '../value/bytes.js';
import type { Flags } from './flags.js';
import { formatFloat } from './float.js';
import { canBackquote, isPrintable, quote, quoteAscii, quoteRune } from './quote.js';

export function pad(text: string, flags: Flags, zero = flags.zero): string {
  if (!flags.hasWidth || flags.width === 0) return text;
  const missing = flags.width - runeCount(text);
  if (missing <= 0) return text;
  if (flags.minus) return text + ' '.repeat(missing);
  return (zero ? '0' : ' ').repeat(missing) + text;
}

export const formatBool = (value: boolean, flags: Flags): string => pad(value ? 'true' : 'false', flags);

/** Integers of all verbs; `undefined` for a verb that has no meaning for them. */
export function formatInteger(value: bigint, unsigned: boolean, verb: string, flags: Flags): string | undefined {
  switch (verb) {
    case 'v':
      return flags.sharpV && unsigned
        ? inBase(value, 16, verb, { ...flags, sharp: true })
        : inBase(value, 10, verb, flags);
    case 'd':
      return inBase(value, 10, verb, flags);
    case 'b':
      return inBase(value, 2, verb, flags);
    case 'o':
    case 'O':
      return inBase(value, 8, verb, flags);
    case 'x':
    case 'X':
      return inBase(value, 16, verb, flags);
    case 'c':
      return pad(runeOf(value), flags);
    case 'q':
      return pad(quoteRune(runeOf(value), flags.plus), flags);
    case 'U':
      return unicode(value, flags);
    default:
      return undefined;
  }
}

const runeOf = (value: bigint): string =>
  value < 0n || value > 0x10ffffn || (value >= 0xd800n && value <= 0xdfffn)
    ? '\ufffd'
    : String.fromCodePoint(Number(value));

function inBase(value: bigint, base: number, verb: string, flags: Flags): string {
  const negative = value < 0n;
  let digits = (negative ? -value : value).toString(base);
  if (verb === 'X') digits = digits.toUpperCase();
  if (flags.precision === 0 && value === 0n) return ' '.repeat(flags.width);
  let least = flags.precision ?? 0;
  if (flags.precision === undefined && flags.zero && !flags.minus && flags.hasWidth)
    least = flags.width - (negative || flags.plus || flags.space ? 1 : 0);
  digits = digits.padStart(least, '0');
  if (flags.sharp) digits = withPrefix(digits, base, verb);
  if (verb === 'O') digits = `0o${digits}`;
  const sign = negative ? '-' : flags.plus ? '+' : flags.space ? ' ' : '';
  return pad(sign + digits, flags, false);
}

function withPrefix(digits: string, base: number, verb: string): string {
  if (base === 2) return `0b${digits}`;
  if (base === 8) return digits.startsWith('0') ? digits : `0${digits}`;
  return base === 16 ? `0${verb === 'X' ? 'X' : 'x'}${digits}` : digits;
}

/** `U+0078` and, with `#`, `U+0078 'x'`. */
function unicode(value: bigint, flags: Flags): string {
  const unsigned = BigInt.asUintN(64, value);
  const hex = unsigned
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(flags.precision ?? 4, 4), '0');
  const char = runeOf(unsigned);
  const shown = flags.sharp && unsigned <= 0x10ffffn && isPrintable(char) ? ` '${char}'` : '';
  return pad(`U+${hex}${shown}`, flags, false);
}

export function formatFloatVerb(value: number, verb: string, flags: Flags): string | undefined {
  switch (verb) {
    case 'v':
      return float(value, 'g', -1, flags);
    case 'b':
    case 'g':
    case 'G':
    case 'x':
    case 'X':
      return float(value, verb, -1, flags);
    case 'f':
    case 'e':
    case 'E':
      return float(value, verb, 6, flags);
    case 'F':
      return float(value, 'f', 6, flags);
    default:
      return undefined;
  }
}

function float(value: number, verb: string, defaultPrecision: number, flags: Flags): string {
  const precision = flags.precision ?? defaultPrecision;
  const plain = formatFloat(value, verb, precision);
  const negative = plain.startsWith('-');
  let digits = plain.replace(/^[+-]/, '');
  const sign = negative ? '-' : flags.plus ? '+' : flags.space ? ' ' : '';
  if (!Number.isFinite(value))
    return pad(plain === '+Inf' ? (sign === '' ? '+' : sign) + digits : sign + digits, flags, false);
  if (flags.sharp && verb !== 'b') digits = withAllDigits(digits, verb, precision);
  if (sign !== '' && flags.zero && !flags.minus && flags.hasWidth) return sign + digits.padStart(flags.width - 1, '0');
  return pad(sign + digits, flags);
}

/** `#`: always a point, and for `%g` the zeros at the end. Go counts the `x` of a hexadecimal number as a digit. */
function withAllDigits(text: string, verb: string, precision: number): string {
  const [, number = '', tail = ''] = /^(0x[^p]*|0X[^P]*|[^eEpP]*)(.*)$/.exec(text) ?? [];
  let missing = 0;
  if (verb === 'g' || verb === 'G' || verb === 'x') missing = precision === -1 ? 6 : precision;
  const significant = number.replace('.', '').replace(/^0+/, '');
  missing -= significant.length;
  if (!number.includes('.') && number === '0') missing--;
  return number + (number.includes('.') ? '' : '.') + '0'.repeat(Math.max(missing, 0)) + tail;
}

export function formatString(text: string, verb: string, flags: Flags): string | undefined {
  switch (verb) {
    case 'v':
      return flags.sharpV ? quoted(text, flags) : pad(truncated(text, flags), flags);
    case 's':
      return pad(truncated(text, flags), flags);
    case 'q':
      return quoted(text, flags);
    case 'x':
    case 'X':
      return hexOf(text, verb, flags);
    default:
      return undefined;
  }
}

/** The precision counts characters. */
function truncated(text: string, { precision }: Flags): string {
  if (precision === undefined || text.length <= precision) return text;
  let at = 0;
  for (let runes = 0; runes < precision && at < text.length; runes++)
    at += (text.codePointAt(at) as number) > 0xffff ? 2 : 1;
  return text.slice(0, at);
}

function quoted(text: string, flags: Flags): string {
  const shown = truncated(text, flags);
  if (flags.sharp && canBackquote(shown)) return pad(`\`${shown}\``, flags);
  return pad(flags.plus ? quoteAscii(shown) : quote(shown), flags);
}

function hexOf(text: string, verb: string, flags: Flags): string {
  let bytes = toBytes(text);
  if (flags.precision !== undefined && flags.precision < bytes.length) bytes = bytes.subarray(0, flags.precision);
  if (bytes.length === 0) return flags.hasWidth ? (flags.zero && !flags.minus ? '0' : ' ').repeat(flags.width) : '';
  const prefix = flags.sharp ? `0${verb}` : '';
  const pairs = Array.from(bytes, (byte) => {
    const pair = byte.toString(16).padStart(2, '0');
    return verb === 'X' ? pair.toUpperCase() : pair;
  });
  const hex = flags.space ? pairs.map((pair) => prefix + pair).join(' ') : prefix + pairs.join('');
  return pad(hex, flags);
}
