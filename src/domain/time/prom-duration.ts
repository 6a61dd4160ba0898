import { type Result, failed, ok } from '../issue/index.js';
import { type Duration, duration } from './instant.js';

/**
 * Durations as Prometheus writes them: `1d12h`, whole numbers, units from the largest to the smallest, each at most once.
 * No sign, no fraction, no space. Alertmanager: group_wait, group_interval, repeat_interval, resolve_timeout, silences.
 */
const UNITS: readonly (readonly [unit: string, ms: number])[] = [
  ['y', 365 * 86_400_000],
  ['w', 7 * 86_400_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
];
/** 2^63 nanoseconds, about 292 years. */
const MAX_MS = 9_223_372_036_854;
/** A count beyond 64 bits is no number to Prometheus. */
const MAX_COUNT = 2n ** 64n - 1n;

const PART = /([0-9]+)([^0-9]*)/y;

export function parsePromDuration(text: string): Result<Duration> {
  const quoted = JSON.stringify(text);
  if (text === '') return failed(issue('empty duration string'));
  if (text === '0') return ok(duration(0));

  let total = 0;
  let next = 0;
  PART.lastIndex = 0;
  while (PART.lastIndex < text.length) {
    const part = PART.exec(text);
    const [, digits = '', unit = ''] = part ?? [];
    if (!part || unit === '') return failed(issue(`not a valid duration string: ${quoted}`));
    const position = UNITS.findIndex(([name]) => name === unit);
    if (isTooLarge(digits)) return failed(issue(`not a valid duration string: ${quoted}`));
    const scale = UNITS[position]?.[1];
    if (scale === undefined) return failed(issue(`unknown unit ${JSON.stringify(unit)} in duration ${quoted}`));
    if (position < next) return failed(issue(`not a valid duration string: ${quoted}`));
    next = position + 1;
    total += Number(digits) * scale;
    if (total > MAX_MS) return failed(issue('duration out of range'));
  }
  return ok(duration(total));
}

/** Years and weeks only when nothing else is left; zero is `0s`. */
export function formatPromDuration(span: Duration): string {
  let rest = Math.floor(span);
  if (rest === 0) return '0s';
  let text = '';
  for (const [unit, scale] of UNITS) {
    const wanted = unit === 'y' || unit === 'w' ? rest % scale === 0 : rest >= scale;
    if (!wanted || rest === 0) continue;
    text += `${Math.floor(rest / scale)}${unit}`;
    rest %= scale;
  }
  return text;
}

function isTooLarge(digits: string): boolean {
  const significant = digits.replace(/^0+/, '');
  return significant.length > 20 || (significant.length === 20 && BigInt(significant) > MAX_COUNT);
}

const issue = (message: string) =>
  ({ code: 'invalid-duration', path: '', message, hint: 'for example 30s, 5m or 1d12h; larger units first' }) as const;
