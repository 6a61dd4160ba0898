/** `humanizeDuration`: seconds in the words of Prometheus. */
import { formatFloat } from '../format/float.js';
import { parseFloatText } from '../syntax/number-literal.js';
import { quote } from '../format/quote.js';
import { FunctionError } from '../template-error.js';
import { DURATION, secondsOf } from '../time/duration.js';
import { INT64 } from '../value/types.js';
import { GoFloat, GoInteger, type Value, typeOf } from '../value/values.js';

export function humanizeDuration(value: Value): string {
  const seconds = toSeconds(value);
  const digits = (each: number): string => formatFloat(each, 'g', 4);
  if (!Number.isFinite(seconds)) return digits(seconds);
  if (seconds === 0) return `${digits(seconds)}s`;
  if (Math.abs(seconds) < 1) return belowSecond(seconds, digits);
  const sign = seconds < 0 ? '-' : '';
  const size = Math.abs(seconds);
  const whole = BigInt(Math.trunc(size));
  const [days, hours, minutes, rest] = [
    whole / 86_400n,
    (whole / 3600n) % 24n,
    (whole / 60n) % 60n,
    whole % 60n,
  ] as const;
  if (days !== 0n) return `${sign}${days}d ${hours}h ${minutes}m ${rest}s`;
  if (hours !== 0n) return `${sign}${hours}h ${minutes}m ${rest}s`;
  if (minutes !== 0n) return `${sign}${minutes}m ${rest}s`;
  return `${sign}${digits(size)}s`;
}

function belowSecond(seconds: number, digits: (value: number) => string): string {
  let value = seconds;
  let unit = '';
  for (const prefix of 'munpfazy') {
    if (Math.abs(value) >= 1) break;
    unit = prefix;
    value *= 1000;
  }
  return `${digits(value)}${unit}s`;
}

function toSeconds(value: Value): number {
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  if (typeof value === 'string') return parseFloat(value);
  if (value instanceof GoFloat) return value.value;
  if (value instanceof GoInteger && value.type === DURATION) return secondsOf(value.value);
  if (value instanceof GoInteger && value.type === INT64) return Number(value.value);
  throw new FunctionError(`can't convert ${typeOf(value)?.name ?? '<nil>'} to float`);
}

const SPECIAL: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['inf', Infinity],
  ['+inf', Infinity],
  ['-inf', -Infinity],
  ['infinity', Infinity],
  ['+infinity', Infinity],
  ['-infinity', -Infinity],
]);

function parseFloat(text: string): number {
  const value = SPECIAL.get(text.toLowerCase()) ?? parseFloatText(text);
  if (value !== undefined) return value;
  const reason = /^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$/.test(text) ? 'value out of range' : 'invalid syntax';
  throw new FunctionError(`strconv.ParseFloat: parsing ${quote(text)}: ${reason}`);
}
