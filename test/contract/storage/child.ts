import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROJECT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

/**
 * The storage compiled for processes of its own, which a test may kill. Compiled here and not taken from `dist`, so that
 * what runs is what stands in the sources.
 */
export function compileStorage(): { readonly directory: string; readonly dispose: () => void } {
  const directory = mkdtempSync(join(tmpdir(), 'tocsin-compiled-'));
  // Types are another command's business; what counts here is what comes out.
  spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.', '--outDir', directory, '--noCheck'], {
    cwd: PROJECT,
  });
  symlinkSync(join(PROJECT, 'node_modules'), join(directory, 'node_modules'));
  writeFileSync(join(directory, 'package.json'), '{"type":"module"}');
  return { directory, dispose: () => rmSync(directory, { recursive: true, force: true }) };
}

export interface StorageProcess {
  readonly lines: readonly string[];
  /** Resolves when so many lines have come. */
  readonly until: (count: number) => Promise<void>;
  readonly kill: () => Promise<void>;
  readonly ended: Promise<void>;
}

/**
 * Runs a script that finds `LogStorage`, `clock` and `directory` there. `limitBlocks` bounds the size of the files it may
 * write, as a full disk would.
 */
export function runStorage(compiled: string, directory: string, script: string, limitBlocks?: number): StorageProcess {
  const file = join(compiled, 'child.mjs');
  writeFileSync(
    file,
    `import { LogStorage } from './storage/log/log-storage.js';
const directory = process.argv[2];
const clock = { now: () => Date.now(), elapsed: () => performance.now(), after: (delay, call) => { const t = setTimeout(call, delay); return { cancel: () => clearTimeout(t) }; } };
const storage = new LogStorage({ directory, clock, sync: 'background', segmentBytes: 200_000, onFault: () => undefined });
${script}`,
  );
  const command = limitBlocks === undefined ? 'exec "$@"' : `trap '' XFSZ; ulimit -f ${limitBlocks}; exec "$@"`;
  const child = spawn('bash', ['-c', command, 'bash', process.execPath, file, directory], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines: string[] = [];
  let wake = (): void => {};
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    wake();
  });
  const ended = new Promise<void>((resolve) =>
    child.on('close', () => {
      resolve();
      wake();
    }),
  );
  const until = async (count: number): Promise<void> => {
    while (lines.length < count && child.exitCode === null && child.signalCode === null)
      await new Promise<void>((resolve) => (wake = resolve));
  };
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return { lines, until, kill, ended };
}
