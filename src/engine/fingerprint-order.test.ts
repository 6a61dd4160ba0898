import { describe, expect, it } from '@jest/globals';
import { LabelSet } from '../domain/labels/index.js';
import { Moment, instant } from '../domain/time/index.js';
import { sortByFingerprint } from './fingerprint-order.js';
import { KnownAlert } from './group.js';

const alertOf = (n: number): KnownAlert =>
  new KnownAlert(
    {
      labels: LabelSet.fromObject({ n: `${n}` }),
      annotations: LabelSet.EMPTY,
      startsAt: Moment.of(instant(0)),
      endsAt: Moment.of(instant(1)),
      updatedAt: instant(0),
      generatorURL: '',
      timeout: false,
    },
    () => {},
  );

describe('the order of fingerprints', () => {
  it.each([0, 1, 2, 100, 4_095, 4_096, 20_000])('is that of the texts, of %d alerts', (count) => {
    const alerts = Array.from({ length: count }, (_, n) => alertOf(n));
    const sorted = sortByFingerprint(alerts);
    expect(sorted.map(({ fingerprint }) => fingerprint)).toEqual(alerts.map(({ fingerprint }) => fingerprint).sort());
  });

  it('is that of the second halves where the first are the same', () => {
    const fingerprints = ['00000001', 'ffffffff', '7fffffff'].flatMap((first) =>
      ['80000000', '00000002', 'ffffffff', '00000001'].map((second) => first + second),
    );
    const alerts = fingerprints.map((fingerprint, n) => {
      const known = alertOf(n);
      known.alert.labels.rememberFingerprint(fingerprint);
      return known;
    });
    expect(sortByFingerprint(alerts).map(({ fingerprint }) => fingerprint)).toEqual(fingerprints.toSorted());
  });
});
