import { type Result, failed, ok } from '../issue/index.js';
import { type Duration, duration } from './instant.js';

/**
 * Durations as Go writes them: `1h2m3.5s`, signs and fractions allowed, nothing longer than an hour.
 *
 * Counted in nanoseconds here, because that is what Go rounds to; a Duration is milliseconds and keeps the fraction.
 * Alertmanager: timeouts of integrations, Pushover's retry, expire and ttl.
 */
const UNITS: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['μs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
]);
const MAX_NANOS = (1n << 63n) - 1n;
const NANOS_PER_MS = 1e6;
/** More digits than any duration has; what follows them could only overflow or vanish. */
const MAX_DIGITS = 40;

const PART = /([0-9]*)(\.[0-9]*)?([^.0-9]*)/y;

export function parseGoDuration(text: string): Result<Duration> {
  const quoted = JSON.stringify(text);
  const invalid = (): Result<never> => failed(issue(`time: invalid duration ${quoted}`));
  const negative = text.startsWith('-');
  const body = /^[-+]/.test(text) ? text.slice(1) : text;
  if (body === '0') return ok(duration(0));
  if (body === '') return invalid();

  let nanos = 0n;
  PART.lastIndex = 0;
  while (PART.lastIndex < body.length) {
    const [, whole = '', fraction = '', unit = ''] = PART.exec(body) ?? [];
    if (whole === '' && fraction.length < 2) return invalid();
    if (unit === '') return failed(issue(`time: missing unit in duration ${quoted}`));
    const scale = UNITS.get(unit);
    if (scale === undefined) return failed(issue(`time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}`));
    if (whole.length > MAX_DIGITS) return invalid();
    nanos += BigInt(whole || '0') * scale + fractionOf(fraction, scale);
    if (nanos > MAX_NANOS + (negative ? 1n : 0n)) return invalid();
  }
  return ok(duration(Number(negative ? -nanos : nanos) / NANOS_PER_MS));
}

/** As Go prints it: `1h0m0s`, `1.5s`, `250ms`, `0s`. */
export function formatGoDuration(span: Duration): string {
  const nanos = Math.round(Math.abs(span) * NANOS_PER_MS);
  if (nanos === 0) return '0s';
  return (span < 0 ? '-' : '') + (nanos < 1e9 ? belowSecond(nanos) : fromSecond(BigInt(nanos)));
}

function belowSecond(nanos: number): string {
  if (nanos < 1e3) return `${nanos}ns`;
  return nanos < 1e6 ? `${decimal(nanos, 1e3)}µs` : `${decimal(nanos, 1e6)}ms`;
}

function fromSecond(nanos: bigint): string {
  const minutes = nanos / 60_000_000_000n;
  const seconds = `${decimal(Number(nanos % 60_000_000_000n), 1e9)}s`;
  if (minutes === 0n) return seconds;
  return minutes < 60n ? `${minutes}m${seconds}` : `${minutes / 60n}h${minutes % 60n}m${seconds}`;
}

/** Exact: both are whole numbers well below 2^53. */
function decimal(value: number, unit: number): string {
  const fraction = String(value % unit)
    .padStart(String(unit).length - 1, '0')
    .replace(/0+$/, '');
  return `${Math.floor(value / unit)}${fraction ? `.${fraction}` : ''}`;
}

/** What lies below a nanosecond is cut off. */
function fractionOf(fraction: string, scale: bigint): bigint {
  const digits = fraction.slice(1, MAX_DIGITS);
  return digits === '' ? 0n : (BigInt(digits) * scale) / 10n ** BigInt(digits.length);
}

const issue = (message: string) =>
  ({
    code: 'invalid-duration',
    path: '',
    message,
    hint: 'for example 30s, 1m30s or 1.5h; days do not exist here',
  }) as const;
