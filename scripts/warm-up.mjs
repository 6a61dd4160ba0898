/**
 * `node scripts/warm-up.mjs <empty directory>`, called by the build: starts the router once out of the bundle and writes down
 * what the engine has compiled by then, so that the next start need not.
 *
 * Where nothing may listen, say in a strict sandbox, less is compiled; the build does not fail because of it.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CACHE_FILE, bundleScript } from '../dist/bundle.js';

const PATIENCE_MS = 20_000;
const folder = new URL('../dist/bundle/', import.meta.url);
const scratch = process.argv[2];
const config = join(scratch, 'alertmanager.yml');
writeFileSync(
  config,
  `route: { receiver: none, routes: [{ matchers: ['severity="page"'], receiver: none }] }\nreceivers: [{ name: none, webhook_configs: [{ url: "http://127.0.0.1:9/" }] }]\n`,
);
process.argv.splice(
  2,
  1,
  `--config.file=${config}`,
  `--storage.path=${join(scratch, 'data')}`,
  '--web.listen-address=127.0.0.1:0',
  '--cluster.listen-address=',
);

const bundle = bundleScript(folder);
// The log tells the address; nobody else need see it.
process.stderr.write = (line) => {
  const address = /Listening on.*address=(\S+)/.exec(line)?.[1];
  if (address) void exercise(address.replaceAll('"', '')).finally(keep);
  return true;
};
const { exit } = process;
process.exit = keep;
setTimeout(keep, PATIENCE_MS).unref();
bundle.run();

/** What comes first in the life of a router. */
async function exercise(address) {
  const alerts = [{ labels: { alertname: 'WarmUp', severity: 'page' }, annotations: { summary: 'a' } }];
  const headers = { 'Content-Type': 'application/json' };
  const ask = async (path, options) => (await fetch(`http://${address}${path}`, options)).text();
  await ask('/-/ready');
  await ask('/api/v2/alerts', { method: 'POST', headers, body: JSON.stringify(alerts) });
  for (const path of ['alerts', 'alerts/groups', 'silences', 'status']) await ask(`/api/v2/${path}`);
  await ask('/api/v2/alerts?filter=severity%3D%22page%22');
  await ask('/metrics');
}

function keep() {
  writeFileSync(join(fileURLToPath(folder), CACHE_FILE), bundle.script.createCachedData());
  exit(0);
}
