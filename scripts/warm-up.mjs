/**
 * `node scripts/warm-up.mjs <empty directory> <what>`, called by the build: runs the program once out of the bundle, as a tool
 * or as the server, and writes down what the engine has compiled by then, so that the next start need not.
 *
 * Where nothing may listen, say in a strict sandbox, less is compiled; the build does not fail because of it.
 */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFile, openBundle } from '../dist/bundle.js';
import { startFrugally } from '../dist/platform/runtime-settings.js';

const PATIENCE_MS = 20_000;
const folder = new URL('../dist/bundle/', import.meta.url);
const [scratch, what] = process.argv.splice(2);
const sink = await openSink();
const config = join(scratch, 'alertmanager.yml');
writeFileSync(
  config,
  `route: { receiver: some, group_wait: 0s, group_interval: 1s, routes: [{ matchers: ['severity="page"'], group_by: [alertname] }] }
inhibit_rules: [{ source_matchers: ['severity="page"'], target_matchers: ['severity="info"'], equal: [cluster] }]
receivers: [{ name: some, webhook_configs: [{ url: "http://127.0.0.1:${sink.port}/" }] }]
`,
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

/** What comes first in the life of a router: alerts, who asks for them, a silence, notifications of firing and resolved ones. */
async function exercise(address) {
  const ask = async (path, options) => (await fetch(`http://${address}${path}`, options)).text();
  const post = (path, value) =>
    ask(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) });
  const [now, later] = [0, 3_600_000].map((ms) => new Date(Date.now() + ms).toISOString());
  const alerts = ['page', 'info'].map((severity) => ({
    labels: { alertname: 'WarmUp', severity, cluster: 'a' },
    annotations: { summary: 'a' },
    generatorURL: 'http://127.0.0.1/graph?g0.expr=up&g0.tab=1',
    startsAt: now,
    endsAt: later,
  }));
  await ask('/-/ready');
  const matchers = [{ name: 'alertname', value: 'Other.+', isRegex: true, isEqual: true }];
  const silence = { matchers, startsAt: now, endsAt: later, createdBy: 'build', comment: 'none' };
  const { silenceID } = JSON.parse(await post('/api/v2/silences', silence));
  await post('/api/v2/alerts', alerts);
  await post('/api/v2/alerts', alerts);
  await sink.hasReceived(1);
  for (const path of ['alerts', 'alerts/groups', 'silences', 'status', 'receivers']) await ask(`/api/v2/${path}`);
  await ask('/api/v2/alerts?filter=severity%3D%22page%22&filter=cluster%3D~%22a%7Cb%22');
  await ask(`/api/v2/silence/${silenceID}`, { method: 'DELETE' });
  await post(
    '/api/v2/alerts',
    alerts.map((alert) => ({ ...alert, endsAt: new Date().toISOString() })),
  );
  await sink.hasReceived(2);
  await ask('/metrics');
}

/** Takes notifications. Port 9, where nobody is, if nothing may listen. */
async function openSink() {
  let received = 0;
  let onReceived = () => {};
  const server = createServer((request, answer) => {
    request.resume().once('end', () => {
      answer.end();
      received++;
      onReceived();
    });
  });
  const isListening = await new Promise((resolve) => {
    server.once('error', () => resolve(false)).listen(0, '127.0.0.1', () => resolve(true));
  });
  server.unref(); // a tool ends when it has nothing left to do
  const hasReceived = (count) =>
    new Promise((resolve) => {
      onReceived = () => received >= count && resolve();
      onReceived();
    });
  return { port: isListening ? server.address().port : 9, hasReceived };
}

function keep() {
  startFrugally(); // as the program is when it loads them: the engine asks for the same settings
  for (const [file, script] of bundle.scripts)
    writeFileSync(join(fileURLToPath(folder), cacheFile(file)), script.createCachedData());
}
