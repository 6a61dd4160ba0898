import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { duration } from './instant.js';
import { formatGoDuration, parseGoDuration } from './go-duration.js';
import { formatPromDuration, parsePromDuration } from './prom-duration.js';

const outcome = (result: ReturnType<typeof parseGoDuration>): number | string =>
  result.ok ? result.value : (result.issues[0]?.message ?? '');

describe('Prometheus durations', () => {
  it.each<readonly [text: string, expected: number | string, printed?: string]>([
    ['0', 0, '0s'],
    ['0s', 0, '0s'],
    ['500ms', 500, '500ms'],
    ['1h30m', 5_400_000, '1h30m'],
    ['1d12h', 129_600_000, '1d12h'],
    ['90d', 7_776_000_000, '90d'],
    ['7d', 604_800_000, '1w'],
    ['365d', 31_536_000_000, '1y'],
    ['60m', 3_600_000, '1h'],
    ['1d1h1m1s1ms', 90_061_001, '1d1h1m1s1ms'],
    ['5', 'not a valid duration string: "5"'],
    ['5x', 'unknown unit "x" in duration "5x"'],
    ['1m1h', 'not a valid duration string: "1m1h"'],
    ['1m1m', 'not a valid duration string: "1m1m"'],
    ['1.5h', 'unknown unit "." in duration "1.5h"'],
    ['-5m', 'not a valid duration string: "-5m"'],
    ['', 'empty duration string'],
    ['300y', 'duration out of range'],
    ['99999999999999999999s', 'not a valid duration string: "99999999999999999999s"'],
  ])('%s', (...[text, expected, printed]) => {
    const parsed = parsePromDuration(text);
    expect(outcome(parsed)).toBe(expected);
    if (parsed.ok) expect(formatPromDuration(parsed.value)).toBe(printed);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parsePromDuration(text)));
  });

  it('reads what it prints', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_000_000_000_000 }), (ms) => {
        expect(parsePromDuration(formatPromDuration(duration(ms)))).toEqual({ ok: true, value: ms });
      }),
    );
  });
});

describe('Go durations', () => {
  it.each<readonly [text: string, expected: number | string, printed?: string]>([
    ['0', 0, '0s'],
    ['10s', 10_000, '10s'],
    ['1m30s', 90_000, '1m30s'],
    ['1h', 3_600_000, '1h0m0s'],
    ['1.5h', 5_400_000, '1h30m0s'],
    ['.5s', 500, '500ms'],
    ['-1.5s', -1_500, '-1.5s'],
    ['+5s', 5_000, '5s'],
    ['1us', 0.001, '1µs'],
    ['1µs', 0.001, '1µs'],
    ['100ns', 0.0001, '100ns'],
    ['1h1h', 7_200_000, '2h0m0s'],
    ['60', 'time: missing unit in duration "60"'],
    ['1d', 'time: unknown unit "d" in duration "1d"'],
    ['', 'time: invalid duration ""'],
    ['.', 'time: invalid duration "."'],
    ['9999999h', 'time: invalid duration "9999999h"'],
  ])('%s', (...[text, expected, printed]) => {
    const parsed = parseGoDuration(text);
    expect(outcome(parsed)).toBe(expected);
    if (parsed.ok) expect(formatGoDuration(parsed.value)).toBe(printed);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseGoDuration(text)));
  });

  it('reads what it prints', () => {
    fc.assert(
      fc.property(fc.integer({ min: -4_000_000_000, max: 4_000_000_000 }), (micros) => {
        const span = duration(micros / 1_000);
        expect(parseGoDuration(formatGoDuration(span))).toEqual({ ok: true, value: span });
      }),
    );
  });
});
