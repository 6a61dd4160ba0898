/** docs/receivers says what the code says. `npm run docs` writes it. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';

import { expect, it } from '@jest/globals';

import { receiverPages } from '../../scripts/receiver-pages.mjs';
import { RECEIVERS } from '../../src/receivers/registry.js';

const folder = new URL('../../docs/receivers/', import.meta.url);
const pages = receiverPages(RECEIVERS);

it.each([...pages])('%s is in step', (name, text) => {
  const file = new URL(name, folder);
  expect(existsSync(file) ? readFileSync(file, 'utf8') : undefined).toBe(text);
});

it('has no page for what is gone', () => {
  expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort());
});
