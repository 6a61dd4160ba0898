import { expect, it } from '@jest/globals';

import { firstPercentAt, youngFactorAt } from './runtime-settings.js';

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

it.each([
  [12, 48, 400],
  [20, 48, 240],
  [48, 48, 100],
  [200, 200, 100],
])('%d MiB that are left of the start may grow by %d: %d %', (mebibytes, growth, percent) => {
  expect(firstPercentAt(mebibytes * 1024 * 1024)).toBe(percent);
  expect((mebibytes * percent) / 100).toBe(growth);
});
