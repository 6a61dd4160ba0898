/**
 * `node scripts/warm-up.mjs <empty directory> <what>`, called by the build: runs the program once out of the bundle, as a tool
 * or as the server, and writes down what the engine has compiled by then, so that the next start need not.
 *
 * Where nothing may listen, say in a strict sandbox, less is compiled; the build does not fail because of it.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFile, openBundle } from '../dist/bundle.js';
import { startFrugally } from '../dist/platform/frugal-start.js';

const PATIENCE_MS = 20_000;
const folder = new URL('../dist/bundle/', import.meta.url);
const [scratch, what] = process.argv.splice(2);
const config = join(scratch, 'alertmanager.yml');
writeFileSync(
  config,
  `route: { receiver: none, routes: [{ matchers: ['severity="page"'], receiver: none }] }\nreceivers: [{ name: none, webhook_configs: [{ url: "http://127.0.0.1:9/" }] }]\n`,
);
const template = join(scratch, 'warm.tmpl');
writeFileSync(template, '{{ define "warm" }}{{ len .Alerts }}{{ end }}');
const LINES = {
  version: ['--version'],
  'check-config': ['check-config', config],
  routes: ['routes', 'test', `--config.file=${config}`, 'severity=page'],
  template: ['template', 'render', `--template.glob=${template}`, '--template.text={{ template "warm" . }}'],
  query: ['alert', 'query', '--alertmanager.url=http://127.0.0.1:9', 'severity=page'],
  server: [
    `--config.file=${config}`,
    `--storage.path=${join(scratch, 'data')}`,
    '--web.listen-address=127.0.0.1:0',
    '--cluster.listen-address=',
  ],
};
process.argv.push(...LINES[what]);

startFrugally();
const bundle = openBundle(folder);
process.stdout.write = () => true;
// The log tells the address; nobody else need see it.
process.stderr.write = (line) => {
  const address = /Listening on.*address=(\S+)/.exec(line)?.[1];
  if (address) void exercise(address.replaceAll('"', '')).finally(() => process.exit(0));
  return true;
};
process.on('exit', () => {
  keep();
  process.exitCode = 0;
});
setTimeout(() => process.exit(0), PATIENCE_MS).unref();
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
  startFrugally(); // as the program is when it loads them: the engine asks for the same settings
  for (const [file, script] of bundle.scripts)
    writeFileSync(join(fileURLToPath(folder), cacheFile(file)), script.createCachedData());
}
