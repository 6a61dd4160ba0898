import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { SmallMap } from './small-map.js';

const KEYS = ['a', 'b', 'c'];

describe('a small map', () => {
  it('holds what a Map holds, whatever comes and goes', () => {
    const key = fc.constantFrom(...KEYS);
    const step = fc.oneof(
      fc.record({ set: key, value: fc.option(fc.nat(3), { nil: undefined }) }),
      fc.record({ drop: key }),
    );
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const [small, plain] = [new SmallMap<string, number | undefined>(), new Map<string, number | undefined>()];
        for (const one of steps) {
          if ('drop' in one) expect(small.delete(one.drop)).toBe(plain.delete(one.drop));
          else {
            small.set(one.set, one.value);
            plain.set(one.set, one.value);
          }
          expect([small.size, [...small.keys()], [...small.entries()]]).toEqual([
            plain.size,
            [...plain.keys()],
            [...plain],
          ]);
          for (const key of KEYS) expect([small.has(key), small.get(key)]).toEqual([plain.has(key), plain.get(key)]);
        }
      }),
    );
  });
});
