import { expect, it } from '@jest/globals';

import { youngFactorAt } from './runtime-settings.js';

it.each([
  [0, 4],
  [1, 4],
  [2, 4],
  [3, 2],
  [4, 2],
  [5, 1],
  [7.9, 1],
  [8, 1],
  [16, 1],
  [32, 1],
])('young space of %d MiB may grow by %d', (mebibytes, factor) => {
  expect(youngFactorAt(mebibytes * 1024 * 1024)).toBe(factor);
});
