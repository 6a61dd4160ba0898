/**
 * Ours beside Go: the default Slack message and the default e-mail for a group of 100 alerts, on one core, in the same run.
 *
 *   npm run build && node bench/render.mjs [rounds]
 *
 * One line of JSON for each case, then the table. Without Go it says so and measures ours alone.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { anAlertList } from './lib/alerts.mjs';
import { median } from './lib/statistics.mjs';

const ALERTS = 100;
const MILLISECONDS = 1_000;
const field = (engine) => (name) => ({ engine, text: `{{ template "${name}" . }}` });
const SLACK = 'title titlelink pretext text fallback callbackid footer color username iconemoji iconurl'.split(' ');
const CASES = [
  ['Slack', SLACK.map((part) => `slack.default.${part}`).map(field('text'))],
  ['e-mail', [field('text')('email.default.subject'), field('html')('email.default.html')]],
];

const dist = (path) => import(new URL(`../dist/${path}`, import.meta.url));

/** The same group for both: as our notification, and as JSON for Go. */
async function aGroup() {
  const { notificationOf } = await import('./lib/notifications.mjs');
  const { templateData, templateDataJson } = await dist('domain/template/index.js');
  const notification = notificationOf(anAlertList(ALERTS));
  return { notification, json: JSON.parse(templateDataJson(templateData(notification))) };
}

/** In a process of its own, as Go is. */
async function measureOurs(fields) {
  const { notification } = await aGroup();
  const { compileTemplates, templateData } = await dist('domain/template/index.js');
  const compile = () => compileTemplates([]).value;
  const render = (set) => {
    const data = templateData(notification);
    return fields.map(({ engine, text }) => set[engine](text, data, notification.flushedAt));
  };
  const nanoseconds = (call) => {
    const begin = process.hrtime.bigint();
    call();
    return Number(process.hrtime.bigint() - begin);
  };
  let set;
  let output;
  const coldNs = nanoseconds(() => {
    set = compile();
    output = render(set).join('\0');
  });
  for (const end = performance.now() + MILLISECONDS / 2; performance.now() < end;) render(set);
  let calls = 0;
  const tookNs = nanoseconds(() => {
    for (const end = performance.now() + MILLISECONDS; performance.now() < end; calls++) render(set);
  });
  process.stdout.write(`${JSON.stringify({ coldNs, warmNs: tookNs / calls, output })}\n`);
}

const has = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const onOneCore = has('taskset') ? ['taskset', '-c', '0'] : [];

function run(command, input, env = {}) {
  const [program, ...args] = [...onOneCore, ...command];
  const options = { input, encoding: 'utf8', env: { ...process.env, ...env }, maxBuffer: 2 ** 28 };
  const { status, stdout, stderr } = spawnSync(program, args, options);
  if (status !== 0) throw new Error(`${command[0]}: ${stderr}`);
  return JSON.parse(stdout);
}

const micros = (ns) => Number((ns / 1_000).toPrecision(4));

async function compare(rounds) {
  const { DEFAULT_TEMPLATES: Templates } = await dist('domain/template/defaults/default-templates.js');
  const { json: Data } = await aGroup();
  const folder = mkdtempSync(join(tmpdir(), 'render-'));
  const binary = join(folder, 'render');
  try {
    if (has('go')) {
      const cwd = fileURLToPath(new URL('./render/', import.meta.url));
      const built = spawnSync('go', ['build', '-o', binary, '.'], { cwd, encoding: 'utf8' });
      if (built.status !== 0) throw new Error(built.stderr);
    } else console.log('there is no Go on this machine: ours alone');
    const rows = [];
    for (const [name, Fields] of CASES) {
      const ours = [];
      const theirs = [];
      for (let round = 0; round < rounds; round++) {
        ours.push(run([process.execPath, fileURLToPath(import.meta.url), 'ours', name]));
        if (!has('go')) continue;
        const job = JSON.stringify({ Templates, Data, Fields, Milliseconds: MILLISECONDS });
        theirs.push(run([binary], job, { GOMAXPROCS: '1' }));
        if (theirs.at(-1).output !== ours.at(-1).output) throw new Error(`${name}: the two render different texts`);
      }
      const middle = (all, key) => (all.length > 0 ? micros(median(all.map((each) => each[key]))) : undefined);
      const row = {
        case: `${name}, ${ALERTS} alerts`,
        'ours µs': middle(ours, 'warmNs'),
        'Go as Alertmanager uses it µs': middle(theirs, 'eachNs'),
        'Go prepared µs': middle(theirs, 'preparedNs'),
        'ours cold µs': middle(ours, 'coldNs'),
        'Go cold µs': middle(theirs, 'coldNs'),
      };
      console.log(JSON.stringify({ bench: 'render', bytes: Buffer.byteLength(ours[0].output), rounds, ...row }));
      rows.push(row);
    }
    console.table(rows);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [first, name] = process.argv.slice(2);
if (first === 'ours') await measureOurs(CASES.find(([each]) => each === name)[1]);
else await compare(Number(first ?? 3));
