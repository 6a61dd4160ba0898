import { describe, expect, it } from '@jest/globals';
import { LabelSet } from '../labels/index.js';
import { Moment, instant } from '../time/index.js';
import type { Alert } from './alert.js';
import { mergeAlerts, mergeReports } from './merge-alerts.js';

const NOW = instant(100_000);
const at = (second: number) => Moment.of(instant(second * 1_000));

/** `[start, end, updated, timeout]` in seconds; now is second 100. */
type Report = readonly [number, number, number, boolean?];

const report = ([start, end, updated, timeout = false]: Report, note = ''): Alert => ({
  labels: LabelSet.fromObject({ alertname: 'A' }),
  annotations: LabelSet.fromObject({ note }),
  startsAt: at(start),
  endsAt: at(end),
  updatedAt: instant(updated * 1_000),
  generatorURL: '',
  timeout,
});

const spanOf = (alert: Alert): Report => [
  alert.startsAt.at / 1_000,
  alert.endsAt.at / 1_000,
  alert.updatedAt / 1_000,
  alert.timeout,
];

const T = true;
const F = false;

/** The result does not depend on which one was stored. */
const MERGES: [string, Report, Report, Report][] = [
  ['both timed out later: earliest start, newer end', [80, 110, 90, T], [85, 120, 95, T], [80, 120, 95, T]],
  ['both with timeout, older end later: newer end', [80, 130, 90, T], [85, 120, 95, T], [80, 120, 95, T]],
  ['timeout, then given earlier end: the given end', [80, 130, 90, T], [85, 120, 95, F], [80, 120, 95, F]],
  ['given later end, then timeout: the given end stays', [80, 130, 90, F], [85, 120, 95, T], [80, 130, 95, T]],
  ['given ends, both firing: the later end', [80, 130, 90, F], [85, 120, 95, F], [80, 130, 95, F]],
  ['resolved, then firing: the firing end', [80, 95, 96, F], [85, 120, 97, F], [80, 120, 97, F]],
  ['firing, then resolved: the resolved end', [80, 130, 90, F], [85, 99, 99, F], [80, 99, 99, F]],
  ['ends exactly now: resolved', [80, 130, 90, F], [85, 100, 100, F], [80, 100, 100, F]],
  ['both resolved: latest end, earliest start', [80, 97, 97, F], [85, 95, 98, F], [80, 97, 98, F]],
  ['the younger report starts earlier: the start moves back', [85, 120, 90, F], [80, 110, 95, F], [80, 120, 95, F]],
];

describe('merging two reports of one occurrence', () => {
  it.each(MERGES)('%s', (_name, older, younger, merged) => {
    const a = report(older, 'older');
    const b = report(younger, 'younger');
    for (const alert of [mergeReports(a, b, NOW), mergeReports(b, a, NOW)]) {
      expect(spanOf(alert)).toEqual(merged);
      expect(alert.annotations.get('note')).toBe('younger');
    }
  });

  it('takes the incoming one for the younger when both were updated at once', () => {
    const { alert } = mergeAlerts(report([80, 120, 90], 'stored'), report([85, 110, 90], 'incoming'), NOW);
    expect(alert.annotations.get('note')).toBe('incoming');
  });
});

describe('what is one occurrence', () => {
  const CASES: [string, Report, Report, 'merged' | 'replaced'][] = [
    ['same start, later end', [80, 110, 90], [80, 120, 95], 'replaced'],
    ['same start, same end', [80, 110, 90], [80, 110, 95], 'replaced'],
    ['same start, earlier end', [80, 110, 90], [80, 105, 95], 'merged'],
    ['later start inside', [80, 110, 90], [90, 120, 95], 'merged'],
    ['starts where the stored one ends', [80, 90, 90], [90, 120, 95], 'replaced'],
    ['ends where the stored one starts', [80, 110, 90], [70, 80, 95], 'replaced'],
    ['fires again after the end', [80, 90, 90], [95, 120, 95], 'replaced'],
    ['encloses the stored one', [80, 110, 90], [70, 120, 95], 'replaced'],
  ];
  it.each(CASES)('%s', (_name, stored, incoming, outcome) => {
    const merged = mergeAlerts(report(stored), report(incoming), NOW);
    expect(merged.outcome).toBe(outcome);
    if (outcome === 'replaced') expect(spanOf(merged.alert)).toEqual([...incoming, false]);
  });

  it('is new when nothing is stored', () => {
    const incoming = report([80, 110, 90]);
    expect(mergeAlerts(undefined, incoming, NOW)).toEqual({ alert: incoming, outcome: 'new' });
  });
});
