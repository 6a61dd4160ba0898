/** `npm run docs`: writes the pages that come out of the code. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiPage } from './api-page.mjs';
import { configurationPages } from './configuration-pages.mjs';
import { build, install, refuseOldNode, root } from './prepare.mjs';
import { receiverPages } from './receiver-pages.mjs';

refuseOldNode();
install();
build();

const { RECEIVERS } = await import('../dist/receivers/registry.js');
const folder = join(root, 'docs', 'receivers');
const pages = receiverPages(RECEIVERS);
mkdirSync(folder, { recursive: true });
// All of the folder is written here: a page of what is gone goes too.
for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(join(folder, name));
for (const [name, text] of pages) writeFileSync(join(folder, name), text);

const { rootSchema } = await import('../dist/config/root.js');
const { webConfigSchema } = await import('../dist/config/web-config.js');
const { OPENAPI } = await import('../dist/api/ext/openapi.js');
const schemas = { root: rootSchema('fallback', RECEIVERS), web: webConfigSchema, kinds: RECEIVERS };
for (const [name, text] of [...configurationPages(schemas), ['api.md', apiPage(OPENAPI)]])
  writeFileSync(join(root, 'docs', name), text);
