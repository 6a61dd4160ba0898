import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { anAlert } from '../../test/support/builders.js';
import { instant } from '../domain/time/index.js';
import { AlertTable, hashOf } from './alert-table.js';
import { KnownAlert } from './group.js';

/** With made-up fingerprints, so that many want the same places, also at the end of the row. */
function alertWith(fingerprint: string): KnownAlert {
  const alert = anAlert({ fingerprint }, instant(0));
  alert.labels.rememberFingerprint(fingerprint);
  return new KnownAlert(alert, () => {});
}

const ENDINGS = ['0000000', '000003e', '000003f', '00000ff', 'fffffff'];
const ALERTS = ENDINGS.flatMap((ending) => ['a', 'b', 'c'].map((start) => alertWith(`${start}00000000${ending}`)));

const anyAlert = fc.constantFrom(...ALERTS);
const anyMark = fc
  .record({ low: fc.constantFrom(1, 2, 61, 62, 63), high: fc.nat(3) })
  .map(({ low, high }) => high * 2 ** 32 + low);

type Step =
  | { readonly kind: 'come'; readonly known: KnownAlert }
  | { readonly kind: 'go'; readonly known: KnownAlert }
  | { readonly kind: 'mark'; readonly known: KnownAlert; readonly mark: number };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('come' as const), known: anyAlert }),
  fc.record({ kind: fc.constant('go' as const), known: anyAlert }),
  fc.record({ kind: fc.constant('mark' as const), known: anyAlert, mark: fc.oneof(anyMark, fc.constant(0)) }),
);

describe('the table of alerts', () => {
  it('finds them as Maps would', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 200 }), (steps) => {
        const table = new AlertTable();
        const there = new Set<KnownAlert>();
        const byMark = new Map<number, KnownAlert>();
        const unmark = (known: KnownAlert): void => {
          for (const [mark, marked] of byMark) if (marked === known) byMark.delete(mark);
        };
        for (const step of steps) {
          const { known } = step;
          if (step.kind === 'come' && !there.has(known)) {
            table.add(known);
            there.add(known);
          } else if (step.kind === 'go' && there.delete(known)) {
            table.delete(known);
            unmark(known);
          } else if (step.kind === 'mark' && there.has(known)) {
            table.mark(known, step.mark);
            unmark(known);
            if (step.mark !== 0) byMark.set(step.mark, known);
          }
          for (const asked of ALERTS) expect(table.get(asked.fingerprint)).toBe(there.has(asked) ? asked : undefined);
        }
        expect(new Set(table.values())).toEqual(there);
        expect(table.size).toBe(there.size);
        for (const step of steps)
          if (step.kind === 'mark' && step.mark !== 0) expect(table.marked(step.mark)).toBe(byMark.get(step.mark));
      }),
    );
  });

  it('grows, and takes in others where some have gone', () => {
    const alerts = Array.from({ length: 1_000 }, (_, n) => alertWith(n.toString(16).padStart(16, '0')));
    const table = new AlertTable();
    alerts.forEach((known, n) => {
      table.add(known);
      table.mark(known, n + 1);
    });
    alerts.slice(0, 500).forEach((known) => table.delete(known));
    alerts.slice(0, 250).forEach((known) => table.add(known));
    expect(table.size).toBe(750);
    alerts.forEach((known, n) => {
      expect(table.get(known.fingerprint)).toBe(n < 250 || n >= 500 ? known : undefined);
      expect(table.marked(n + 1)).toBe(n >= 500 ? known : undefined);
    });
    expect(Math.max(...alerts.map(({ slot }) => slot))).toBe(999);
  });

  it.each<[string, (n: number) => string]>([
    ['their first digits', (n) => n.toString(16).padStart(4, '0') + 'beef'.repeat(3)],
    ['digits in the middle', (n) => `0000${n.toString(16).padStart(4, '0')}00000000`],
    ['other digits in the middle', (n) => `00000000${n.toString(16).padStart(4, '0')}0000`],
    ['their last digits', (n) => n.toString(16).padStart(16, '0')],
  ])('spreads those that differ in %s alone', (_what, fingerprintOf) => {
    const count = 4_096;
    const homes = new Set(Array.from({ length: count }, (_, n) => hashOf(fingerprintOf(n)) % (4 * count)));
    // Nine of ten by chance; 0.69 was the worst of 120,000.
    expect(homes.size).toBeGreaterThan(count / 2);
  });
});
