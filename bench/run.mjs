/**
 * `npm run bench [-- --peer <alertmanager>] [--only name,…] [--runs N] [--short] [--null] [--profile <directory>]`
 *
 * Plays every scenario on ours and, where one is given, on the peer, in turn and with the same work and configuration; prints
 * one line of JSON for each scenario and program, and at the end a table of medians and ratios. Ends with 1 if a run was not
 * valid (something lost, told twice, refused). `bench/README.md` says what the figures mean.
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { SCENARIOS, loadScenario } from './lib/scenarios.mjs';
import { median } from './lib/statistics.mjs';
import { printTable } from './lib/table.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { values: options } = parseArgs({
  options: {
    peer: { type: 'string' },
    ours: { type: 'string', default: process.env.TOCSIN_COMMAND },
    only: { type: 'string' },
    runs: { type: 'string' },
    short: { type: 'boolean', default: false },
    null: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});

const names = options.only?.split(',') ?? SCENARIOS;
const runs = Number(options.runs ?? (options.short ? 1 : 3));
const commands = {
  ours: options.ours?.split(' ') ?? [process.execPath, here('../dist/main.js')],
  ...(options.peer === undefined ? {} : { peer: options.peer.split(' ') }),
};
const nullCommand = [process.execPath, here('./lib/null-server.mjs')];
if (options.profile !== undefined) mkdirSync(options.profile, { recursive: true });

let current;
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    current?.kill('SIGTERM');
    process.exit(1);
  });

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
say({
  machine: { processors: cpus().length, model: cpus()[0]?.model, memory: totalmem(), node: process.version },
  runs,
  short: options.short,
});

const results = [];
for (const name of names) {
  const { rows, onNull = false } = await loadScenario(name);
  const roles = Object.keys(commands);
  const played = Object.fromEntries(roles.map((role) => [role, []]));
  // Whoever goes first in one run goes last in the next, so that neither has the machine's better moments.
  for (let run = 0; run < runs; run++)
    for (const role of run % 2 === 0 ? roles : roles.toReversed())
      played[role].push(await playOnce({ scenario: name, role, command: commands[role] }));
  if (options.null && onNull) played.null = [await playOnce({ scenario: name, role: 'null', command: nullCommand })];
  const summaries = Object.fromEntries(Object.entries(played).map(([role, plays]) => [role, summarize(plays)]));
  for (const [role, summary] of Object.entries(summaries)) say({ scenario: name, role, ...summary });
  results.push({ name, rows, summaries });
}
printTable(results, { judge: !options.short });
process.exitCode = results.some(({ summaries }) => Object.values(summaries).some(({ invalid }) => invalid.length > 0))
  ? 1
  : 0;

function playOnce(play) {
  const profile = options.profile === undefined || play.role !== 'ours' ? undefined : resolve(options.profile);
  current = spawn(process.execPath, [here('./play.mjs'), JSON.stringify({ ...play, short: options.short, profile })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const printed = [];
  current.stdout.on('data', (chunk) => printed.push(chunk));
  return new Promise((done) => {
    current.once('close', (code) => {
      const text = Buffer.concat(printed).toString();
      done(text === '' ? { figures: {}, invalid: [`the harness ended with ${code}`] } : JSON.parse(text));
    });
  });
}

/** Medians with the range beside; a run that is not valid counts for nothing and is reported. */
function summarize(plays) {
  const valid = plays.filter(({ invalid }) => invalid.length === 0);
  const counted = valid.length > 0 ? valid : plays;
  const keys = new Set(counted.flatMap(({ figures }) => Object.keys(figures)));
  const figures = {};
  for (const key of keys) {
    const all = counted.map((play) => play.figures[key]).filter(Number.isFinite);
    figures[key] = { median: median(all), least: Math.min(...all), most: Math.max(...all) };
  }
  return { runs: plays.length, valid: valid.length, invalid: plays.flatMap(({ invalid }) => invalid), figures };
}
