/**
 * A router under measurement: any program with Alertmanager's flags, on loopback, with a directory of its own and no cluster.
 * Stopped by its pid only.
 */
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection, requestBytes } from './connection.mjs';
import { now, sleep } from './now.mjs';
import { anonymousMb, cpuSeconds, peakRssMb, resetPeakRss, rssMb } from './process-tree.mjs';

const PROBE = new URL('./probe.mjs', import.meta.url).href;
const READY_WITHIN_MS = 60_000;
const READY = requestBytes('GET', '/-/ready');
/** At rest is who takes at most a tick of processor time in so long. */
const REST_MS = 300;
const AT_REST_S = 0.015;
const REST_WITHIN_MS = 10_000;

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export class Server {
  #command;
  #flags;
  #withProbe;
  #child;
  #exited;
  #probeReady = false;
  #questions = new Map();
  #nextQuestion = 0;

  static async start(command, { config, flags = [], probe = true }) {
    const server = new Server();
    server.directory = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
    server.port = await freePort();
    server.#command = command;
    server.#withProbe = probe;
    const configFile = join(server.directory, 'alertmanager.yml');
    // JSON is YAML, and needs no writer of its own.
    writeFileSync(configFile, `${JSON.stringify(config, null, 1)}\n`);
    server.#flags = [
      `--config.file=${configFile}`,
      `--storage.path=${join(server.directory, 'data')}`,
      `--web.listen-address=127.0.0.1:${server.port}`,
      '--cluster.listen-address=',
      '--log.level=warn',
      ...flags,
    ];
    try {
      await server.begin();
    } catch (error) {
      await server.remove();
      throw error;
    }
    return server;
  }

  get pid() {
    return this.#child.pid;
  }

  cpu = () => cpuSeconds(this.pid);
  rss = () => rssMb(this.pid);
  anonymous = () => anonymousMb(this.pid);
  peakRss = () => peakRssMb(this.pid);
  resetPeak = () => resetPeakRss(this.pid);

  /** Spawns it and waits until it is ready; answers how long that took, in ms. */
  async begin() {
    const [program, ...args] = this.#command;
    const log = openSync(join(this.directory, 'output.log'), 'a');
    const env = this.#withProbe
      ? { ...process.env, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import ${PROBE}`.trim() }
      : process.env;
    const started = now();
    this.#child = spawn(program, [...args, ...this.#flags], {
      cwd: this.directory,
      env,
      stdio: ['ignore', log, log, ...(this.#withProbe ? ['ipc'] : [])],
    });
    closeSync(log);
    this.#probeReady = false;
    this.#child.on('message', (message) => this.#hear(message));
    this.#exited = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => resolve(signal ?? code));
      this.#child.once('error', (error) => resolve(error.message));
    });
    // Whatever ends this process ends what it started.
    process.once('exit', this.#killNow);
    await this.#ready();
    return now() - started;
  }

  #killNow = () => this.#child.kill('SIGKILL');

  async #ready() {
    let ended;
    void this.#exited.then((how) => (ended = how ?? 'nothing'));
    const limit = now() + READY_WITHIN_MS;
    for (;;) {
      if (ended !== undefined) throw new Error(`ended with ${ended}: ${this.output().slice(-2_000)}`);
      if (now() > limit) throw new Error(`not ready: ${this.output().slice(-2_000)}`);
      try {
        const connection = await Connection.open(this.port);
        const { status } = await connection.send(READY);
        connection.close();
        if (status === 200) return;
      } catch {
        // Not listening yet.
      }
      await sleep(2);
    }
  }

  /**
   * Waits until it has done what it does once after its start, so that no scenario pays for that. Answers the processor time
   * that it has taken since it began, in ms.
   */
  async rest() {
    const limit = now() + REST_WITHIN_MS;
    let before;
    do {
      before = this.cpu();
      await sleep(REST_MS);
    } while (this.cpu() - before > AT_REST_S && now() < limit);
    return this.cpu() * 1_000;
  }

  output() {
    return readFileSync(join(this.directory, 'output.log'), 'utf8');
  }

  async stop(signal = 'SIGTERM') {
    const started = now();
    this.#child.kill(signal);
    const hurry = setTimeout(this.#killNow, 20_000);
    await this.#exited;
    clearTimeout(hurry);
    process.off('exit', this.#killNow);
    return now() - started;
  }

  async remove() {
    await this.stop('SIGKILL');
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Asks the probe; undefined where the program has none. */
  ask(probe, argument) {
    if (!this.#probeReady || !this.#child.connected) return Promise.resolve(undefined);
    const id = this.#nextQuestion++;
    return new Promise((resolve) => {
      this.#questions.set(id, resolve);
      void this.#exited.then(() => resolve(undefined));
      this.#child.send({ probe, argument, id });
    });
  }

  #hear(message) {
    if (message.hello === true) this.#probeReady = true;
    this.#questions.get(message.id)?.(message.answer);
    this.#questions.delete(message.id);
  }
}
