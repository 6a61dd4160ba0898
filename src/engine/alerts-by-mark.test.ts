import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { anAlert } from '../../test/support/builders.js';
import { instant } from '../domain/time/index.js';
import { AlertsByMark } from './alerts-by-mark.js';
import { KnownAlert } from './group.js';

const ALERTS = Array.from({ length: 8 }, (_, n) => new KnownAlert(anAlert({ n: `${n}` }, instant(0)), () => {}));

/** Many with the same low bits, so that they want the same places, also at the end of the row. */
const mark = fc
  .record({ low: fc.constantFrom(1, 2, 61, 62, 63), high: fc.nat(40) })
  .map(({ low, high }) => high * 2 ** 32 + low);

const step = fc.record({ mark, alert: fc.option(fc.constantFrom(...ALERTS), { nil: undefined }) });

describe('alerts by mark', () => {
  it('are found as in a Map', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const table = new AlertsByMark();
        const expected = new Map<number, KnownAlert>();
        for (const { mark: asked, alert } of steps) {
          if (alert) {
            table.set(asked, alert);
            expected.set(asked, alert);
          } else {
            table.delete(asked);
            expected.delete(asked);
          }
        }
        for (const { mark: asked } of steps) expect(table.find(asked)).toBe(expected.get(asked));
      }),
    );
  });
});
