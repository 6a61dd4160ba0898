/**
 * What stands between a fresh clone and running it: packages as the lock file has them, and a build of today's sources.
 * Needs nothing but Node and npm. Each step is skipped when it was done before and nothing changed since.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const INSTALLED = join(root, 'node_modules', '.tocsin-lock');
const BUNDLING = ['bundle.mjs', 'warm-up.mjs'].map((name) => join(root, 'scripts', name));
const BUILT = join(root, 'dist', '.tocsin-sources');

export function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Node 20.19 or newer is needed, this is ${process.versions.node}`);
}

export function install() {
  const wanted = digest([join(root, 'package-lock.json')]);
  if (stamp(INSTALLED) === wanted) return;
  say('installing packages (npm ci)');
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(INSTALLED, wanted);
}

export function build() {
  const wanted = digest([
    join(root, 'tsconfig.json'),
    join(root, 'package-lock.json'),
    ...BUNDLING,
    ...sources(join(root, 'src')),
  ]);
  if (stamp(BUILT) === wanted) return;
  say('building');
  // What was deleted from src must not live on in dist.
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', '.']);
  copyAssets();
  run(process.execPath, [join(root, 'scripts', 'bundle.mjs')]);
  mkdirSync(dirname(BUILT), { recursive: true });
  writeFileSync(BUILT, wanted);
}

export function say(text) {
  process.stderr.write(`tocsin: ${text}\n`);
}

export function fail(text) {
  say(text);
  process.exit(1);
}

export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (error) fail(`${command} could not be run: ${error.message}`);
  if (status !== 0) fail(`${[command, ...args].join(' ')} failed`);
}

/** The compiler copies nothing but code. */
function copyAssets() {
  for (const file of sources(join(root, 'src'))) {
    if (/\.(ts|json|md)$/.test(file)) continue;
    const target = join(root, 'dist', file.slice(join(root, 'src').length));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, readFileSync(file));
  }
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function digest(files) {
  const hash = createHash('sha256').update(process.versions.modules);
  for (const file of files) hash.update(file.slice(root.length)).update('\0').update(readFileSync(file));
  return hash.digest('hex');
}

const stamp = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
