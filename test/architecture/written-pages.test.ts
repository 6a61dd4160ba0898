/** What is written from the code says what the code says. `npm run docs` writes the pages, `npm run wasm` the module. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';

import { expect, it } from '@jest/globals';

import { apiPage } from '../../scripts/api-page.mjs';
import { WASM_MODULE, compileWasm } from '../../scripts/compile-wasm.mjs';
import { configurationPages } from '../../scripts/configuration-pages.mjs';
import { receiverPages } from '../../scripts/receiver-pages.mjs';
import { OPENAPI } from '../../src/api/ext/openapi.js';
import { rootSchema } from '../../src/config/root.js';
import { webConfigSchema } from '../../src/config/web-config.js';
import { RECEIVERS } from '../../src/receivers/registry.js';

const folder = new URL('../../docs/', import.meta.url);
const receivers = receiverPages(RECEIVERS);
const schemas = { root: rootSchema('fallback', RECEIVERS), web: webConfigSchema, kinds: RECEIVERS };

it.each([
  ...[...receivers].map(([name, text]) => [`receivers/${name}`, text]),
  ...configurationPages(schemas),
  ['api.md', apiPage(OPENAPI)],
])('%s is in step', (name, text) => {
  const file = new URL(name, folder);
  expect(existsSync(file) ? readFileSync(file, 'utf8') : undefined).toBe(text);
});

it('there is no page of a receiver that is gone', () => {
  expect(readdirSync(new URL('receivers/', folder)).sort()).toEqual([...receivers.keys()].sort());
});

it('the WebAssembly is that of its source', async () => {
  const kept = readFileSync(new URL(`../../${WASM_MODULE}`, import.meta.url), 'utf8');
  expect(await compileWasm()).toBe(kept);
});
