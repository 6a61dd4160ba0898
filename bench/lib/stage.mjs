/**
 * What a scenario is played on: starts routers and sinks, measures sections, keeps figures and the reasons why a run does not
 * count. One stage for each run; `close` ends all that was started on it.
 */
import { join } from 'node:path';
import { now } from './now.mjs';
import { Server } from './server.mjs';
import { Sink } from './sink.mjs';

export class Stage {
  figures = {};
  invalid = [];
  #open = [];
  #options;
  #sections = 0;

  /** { command, role: 'ours' | 'peer' | 'null', short, profile: directory or undefined, scenario } */
  constructor(options) {
    this.#options = options;
  }

  get role() {
    return this.#options.role;
  }

  get short() {
    return this.#options.short;
  }

  size(full, short) {
    return this.#options.short ? short : full;
  }

  async start(config, options = {}) {
    const server = await Server.start(this.#options.command, { config, ...options });
    this.#open.push(() => server.remove());
    await server.rest();
    return server;
  }

  async openSink(options) {
    const sink = await Sink.open(options);
    this.#open.push(() => sink.close());
    return sink;
  }

  /** A run in which this is not so does not count. The null server knows no alerts, so nothing is asked of it. */
  claim(holds, otherwise) {
    if (!holds && this.role !== 'null') this.invalid.push(otherwise);
  }

  /** Runs `work` and answers { result, seconds, cpu }; how long the event loop was held goes to the figures by itself. */
  async measure(server, work) {
    const profile = this.#options.profile;
    await server.ask('reset');
    if (profile !== undefined) await server.ask('profileStart');
    const [started, before] = [now(), server.cpu()];
    const result = await work();
    const [seconds, cpu] = [(now() - started) / 1_000, server.cpu() - before];
    if (profile !== undefined)
      await server.ask('profileStop', join(profile, `${this.#options.scenario}-${++this.#sections}.cpuprofile`));
    const loop = await server.ask('loop');
    if (loop != null) {
      this.figures.loopP999 = Math.max(this.figures.loopP999 ?? 0, loop.p999);
      this.figures.loopMax = Math.max(this.figures.loopMax ?? 0, loop.max);
    }
    return { result, seconds, cpu };
  }

  async close() {
    for (const end of this.#open.splice(0).reverse()) await end();
  }
}
