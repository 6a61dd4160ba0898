/** Asks Go's own template engines, by way of the little program in oracle/. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export const data = JSON.parse(readFileSync(here('data.json'), 'utf8'));

/** Lines `text ...` and `html ...`, the rest of a line as a JSON string; `#` begins a heading. */
export function readCases() {
  const lines = readFileSync(here('cases.txt'), 'utf8').split('\n');
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ engine: line.slice(0, 4), text: line.slice(5).replaceAll('⏎', '\n') }));
}

/** The `go` on this machine, if there is one. */
export function findGo() {
  return ['go', '/usr/local/go/bin/go'].find((go) => spawnSync(go, ['version']).status === 0);
}

export async function askGo(cases) {
  const go = findGo();
  if (!go) throw new Error('there is no Go on this machine');
  const folder = mkdtempSync(join(tmpdir(), 'oracle-'));
  try {
    const binary = join(folder, 'oracle');
    const built = spawnSync(go, ['build', '-o', binary, '.'], { cwd: here('oracle'), encoding: 'utf8' });
    if (built.status !== 0) throw new Error(built.stderr);
    return await answersOf(binary, cases);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function answersOf(binary, cases) {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, { stdio: ['pipe', 'pipe', 'inherit'] });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0
        ? resolve(JSON.parse(Buffer.concat(chunks).toString()))
        : reject(new Error(`the oracle ended with ${code}`)),
    );
    child.stdin.end(JSON.stringify({ data, cases }));
  });
}
