/**
 * Real programs under test, ours and others: started on loopback with a directory of their own, watched until they answer,
 * stopped by pid. A test names what it needs; what is missing on this machine is left out with a line (CI refuses that).
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const PROJECT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export type Program =
  | 'prometheus'
  | 'promtool'
  | 'prometheus-alertmanager'
  | 'amtool'
  | 'prometheus-pushgateway'
  | 'prometheus-node-exporter';

/** Whether all of these can be run. `npm test` installs them; elsewhere their tests are left out. */
export function havePrograms(...programs: readonly Program[]): boolean {
  const missing = programs.filter((program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0);
  if (missing.length === 0) return true;
  if (process.env['CI'] === 'true') throw new Error(`missing programs: ${missing.join(', ')}`);
  process.stderr.write(`left out, missing programs: ${missing.join(', ')}\n`);
  return false;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export const temporaryDirectory = (): string => mkdtempSync(join(tmpdir(), 'tocsin-test-'));

export interface RunningProcess {
  readonly pid: number;
  /** All that it printed so far, both streams. */
  output(): string;
  /** Nobody reads what it prints from now on. */
  closeOutput(): void;
  /** Sends a signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  signal(signal: NodeJS.Signals): void;
  readonly exited: Promise<number | null>;
}

export function startProcess(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): RunningProcess {
  const child: ChildProcess = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  child.stdout?.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  const exited = new Promise<number | null>((resolve, reject) => {
    child.on('exit', (code) => resolve(code));
    child.on('error', reject);
  });
  // A test that dies must not leave programs behind.
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  void exited.catch(() => undefined).then(() => process.off('exit', kill));
  return {
    pid: child.pid ?? -1,
    output: () => printed.join(''),
    exited,
    closeOutput: () => [child.stdout, child.stderr].forEach((stream) => stream?.destroy()),
    signal: (signal) => void child.kill(signal),
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      return exited;
    },
  };
}

/** Asks until the answer is right or the time is over; the last error then is the cause. */
export async function eventually<T>(ask: () => Promise<T>, seconds = 15): Promise<T> {
  const end = performance.now() + seconds * 1_000;
  for (;;) {
    try {
      return await ask();
    } catch (cause) {
      if (performance.now() > end) throw new Error(`not within ${seconds} s`, { cause });
      await sleep(20);
    }
  }
}

export interface Router {
  readonly url: string;
  readonly directory: string;
  readonly process: RunningProcess;
  writeConfig(config: string): void;
  reload(): Promise<Response>;
  /** Ends it and, after a while, starts it anew on the same port and directory. */
  restart(signal: NodeJS.Signals, downForSeconds?: number): Promise<void>;
  stop(): Promise<void>;
}

export interface RouterOptions {
  readonly config: string;
  readonly flags?: readonly string[];
  /** A data directory that is there already. */
  readonly storagePath?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** `TOCSIN_COMMAND` puts another build, or a real Alertmanager to check a test against, in the place of ours. */
export const OURS: readonly string[] = process.env['TOCSIN_COMMAND']?.split(' ') ?? [
  process.execPath,
  join(PROJECT, 'dist', 'main.js'),
];
export const DEBIANS = ['prometheus-alertmanager'] as const;

/** Ours and any Alertmanager take the same flags. */
export async function startRouter(command: readonly string[], options: RouterOptions): Promise<Router> {
  const directory = temporaryDirectory();
  const configFile = join(directory, 'alertmanager.yml');
  const url = `http://127.0.0.1:${await freePort()}`;
  const writeConfig = (config: string): void => writeFileSync(configFile, config);
  writeConfig(options.config);
  const args = [
    ...command.slice(1),
    `--config.file=${configFile}`,
    `--storage.path=${options.storagePath ?? join(directory, 'data')}`,
    `--web.listen-address=${url.slice('http://'.length)}`,
    '--cluster.listen-address=',
    ...(options.flags ?? []),
  ];
  const start = (): RunningProcess => startProcess(command[0] as string, args, directory, options.env);
  let running = start();
  const ready = async (): Promise<void> => {
    const died = running.exited.then((code): never => {
      throw new Error(`ended with ${code}: ${running.output().slice(-2_000)}`);
    });
    const answers = eventually(async () => {
      const { status } = await fetch(`${url}/-/ready`);
      if (status !== 200) throw new Error(`/-/ready answers ${status}`);
    });
    died.catch(() => undefined);
    await Promise.race([answers, died]);
  };
  await ready();
  return {
    url,
    directory,
    get process() {
      return running;
    },
    writeConfig,
    reload: () => fetch(`${url}/-/reload`, { method: 'POST' }),
    async restart(signal, downForSeconds = 0) {
      await running.stop(signal);
      await sleep(downForSeconds * 1_000);
      running = start();
      await ready();
    },
    async stop() {
      await running.stop('SIGKILL');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
