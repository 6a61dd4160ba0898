/**
 * Floats in Go's formats.
 *
 * The shortest digits are the same in both languages. A given precision is rounded half to even on the exact value, where
 * JavaScript rounds half up, so those digits are worked out with big integers.
 */

interface Decimal {
  readonly negative: boolean;
  /** Significant digits without trailing meaning: `0.digits × 10^point`. */
  readonly digits: string;
  readonly point: number;
}

/** `verb` is one of e E f g G b x X; precision -1 is the shortest that reads back as the same number. */
export function formatFloat(value: number, verb: string, precision: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  switch (verb) {
    case 'b':
      return binaryExponent(value);
    case 'x':
    case 'X':
      return hexFloat(value, precision, verb);
    case 'f':
      return fixed(digitsAfterPoint(value, precision), precision);
    case 'e':
    case 'E':
      return exponent(significantDigits(value, precision < 0 ? -1 : precision + 1), precision, verb);
    default:
      return general(value, verb, precision);
  }
}

function general(value: number, verb: string, precision: number): string {
  const shortest = precision < 0;
  const wanted = shortest ? -1 : Math.max(precision, 1);
  const decimal = significantDigits(value, wanted);
  const digits = decimal.digits.replace(/0+$/, '');
  const trimmed = { ...decimal, digits, point: digits === '' ? 1 : decimal.point };
  let limit = shortest ? 6 : wanted;
  if (!shortest && limit > digits.length && digits.length >= trimmed.point) limit = digits.length;
  const exp = digits === '' ? 0 : trimmed.point - 1;
  if (exp < -4 || exp >= limit) return exponent(trimmed, digits.length - 1, verb === 'g' ? 'e' : 'E');
  return fixed(trimmed, Math.max(digits.length - trimmed.point, 0));
}

function fixed({ negative, digits, point }: Decimal, precision: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  const fraction = (point < 0 ? '0'.repeat(-point) + digits : digits.slice(Math.max(point, 0))).padEnd(
    Math.max(precision, 0),
    '0',
  );
  const shown = precision < 0 ? fraction : fraction.slice(0, precision);
  return `${negative ? '-' : ''}${whole === '' ? '0' : whole}${shown === '' ? '' : `.${shown}`}`;
}

function exponent({ negative, digits, point }: Decimal, precision: number, verb: string): string {
  const all = digits === '' ? '0' : digits;
  const fraction = all.slice(1).padEnd(Math.max(precision, 0), '0');
  const exp = /^0*$/.test(digits) ? 0 : point - 1;
  const sign = exp < 0 ? '-' : '+';
  const text = `${all[0]}${fraction === '' ? '' : `.${fraction}`}${verb}${sign}${String(Math.abs(exp)).padStart(2, '0')}`;
  return negative ? `-${text}` : text;
}

/** So many digits in all; -1 for the shortest. */
function significantDigits(value: number, count: number): Decimal {
  const negative = value < 0 || Object.is(value, -0);
  if (value === 0) return { negative, digits: count > 0 ? '0'.repeat(count) : '', point: 1 };
  const [mantissa, exp] = Math.abs(value).toExponential().split('e') as [string, string];
  const point = Number(exp) + 1;
  if (count < 0) return { negative, digits: mantissa.replace('.', ''), point };
  const rounded = roundExact(Math.abs(value), count - point);
  // Rounding 9.99 up gives one digit more.
  return rounded.length > count
    ? { negative, digits: rounded.slice(0, count), point: point + 1 }
    : { negative, digits: rounded.padStart(count, '0'), point };
}

/** So many digits after the point; -1 for the shortest. */
function digitsAfterPoint(value: number, places: number): Decimal {
  if (places < 0) return significantDigits(value, -1);
  const negative = value < 0 || Object.is(value, -0);
  const digits = roundExact(Math.abs(value), places);
  const padded = digits.padStart(places + 1, '0');
  return { negative, digits: padded, point: padded.length - places };
}

/** `round(value × 10^places)` with half to even, as digits. */
function roundExact(value: number, places: number): string {
  const [mantissa, exp] = decompose(value);
  let numerator = mantissa;
  let denominator = 1n;
  if (exp >= 0) numerator <<= BigInt(exp);
  else denominator <<= BigInt(-exp);
  if (places >= 0) numerator *= 10n ** BigInt(places);
  else denominator *= 10n ** BigInt(-places);
  const quotient = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  const up = twice > denominator || (twice === denominator && (quotient & 1n) === 1n);
  return (up ? quotient + 1n : quotient).toString();
}

/** `mantissa × 2^exponent`, the mantissa as an integer of 53 bits at most. */
function decompose(value: number): readonly [mantissa: bigint, exponent: number] {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exp = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  return exp === 0 ? [fraction, -1074] : [fraction | (1n << 52n), exp - 1075];
}

function binaryExponent(value: number): string {
  const [mantissa, exp] = decompose(Math.abs(value));
  return `${value < 0 || Object.is(value, -0) ? '-' : ''}${mantissa}p${exp < 0 ? '' : '+'}${exp}`;
}

/** `0x1.8p+01` */
function hexFloat(value: number, precision: number, verb: string): string {
  const negative = value < 0 || Object.is(value, -0);
  let [mantissa, exp] = decompose(Math.abs(value));
  if (mantissa !== 0n) {
    while (mantissa < 1n << 52n) {
      mantissa <<= 1n;
      exp--;
    }
    exp += 52;
  } else exp = 0;
  if (precision >= 0 && precision < 13) {
    const shift = BigInt(52 - precision * 4);
    const half = 1n << (shift - 1n);
    const rest = mantissa & ((1n << shift) - 1n);
    mantissa >>= shift;
    if (rest > half || (rest === half && (mantissa & 1n) === 1n)) mantissa++;
    if (mantissa >= 1n << BigInt(precision * 4 + 1)) {
      mantissa >>= 1n;
      exp++;
    }
    mantissa <<= shift;
  }
  const digits = (mantissa & ((1n << 52n) - 1n)).toString(16).padStart(13, '0');
  const fraction = precision < 0 ? digits.replace(/0+$/, '') : digits.padEnd(precision, '0').slice(0, precision);
  const text = `0x${mantissa === 0n ? 0 : 1}${fraction === '' ? '' : `.${fraction}`}p${exp < 0 ? '-' : '+'}${String(Math.abs(exp)).padStart(2, '0')}`;
  const cased = verb === 'X' ? text.toUpperCase() : text;
  return negative ? `-${cased}` : cased;
}
