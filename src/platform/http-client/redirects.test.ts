import { expect, it } from '@jest/globals';

import { staysWithin } from './redirects.js';

it.each([
  ['a.com', 'a.com', true],
  ['b.a.com', 'a.com', true],
  ['a.com', 'b.a.com', false],
  ['ba.com', 'a.com', false],
  ['[::1]', '[::1]', true],
  ['::1%.a.com', 'a.com', false],
])('%s stays within %s: %p', (target, origin, expected) => {
  expect(staysWithin(target, origin)).toBe(expected);
});
