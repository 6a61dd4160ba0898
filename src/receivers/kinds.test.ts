import { expect, it } from '@jest/globals';

import { KINDS } from './kinds.js';
import { RECEIVERS } from './registry.js';

it('the kinds that are read are those that send', () => {
  expect(RECEIVERS.map(({ type, yamlKey, config }) => ({ type, yamlKey, config }))).toEqual(KINDS);
});
