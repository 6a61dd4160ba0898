import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Delivery } from './delivery/delivery.js';
import { type Result, formatIssue, ok } from './domain/issue/index.js';
import type { Engine } from './engine/engine.js';
import { type Configuration, compileConfiguration, loadFile } from './configuration.js';
import type { Platform } from './platform/platform.js';
import { parseApart } from './trial.js';

export interface ReloaderParts {
  readonly platform: Platform;
  readonly engine: Engine;
  readonly delivery: Delivery;
  /** What runs since the start. */
  readonly first: Configuration;
}

/**
 * Puts a new configuration in the place of the running one. All that can fail comes first; then engine and delivery
 * swap one reference each, in one turn of the loop. A bad file leaves everything as it is, says why and sets the metric.
 */
export class Reloader {
  #running: Configuration;
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: ReloaderParts) {
    this.#running = parts.first;
  }

  get running(): Configuration {
    return this.#running;
  }

  /** One after another, each with the file as it is then. */
  reload(): Promise<Result<void>> {
    const reloaded = this.#last.then(() => this.#reload());
    this.#last = reloaded.catch(() => undefined);
    return reloaded;
  }

  async #reload(): Promise<Result<void>> {
    const { platform, engine, delivery } = this.parts;
    const { log, options, metrics } = platform;
    const own = log.with({ component: 'configuration', file: options.configFile });
    own.info('Loading configuration file');
    const next = await this.#read();
    const channels = next.ok ? delivery.prepare(next.value.ruleset) : next;
    if (!next.ok || !channels.ok) {
      const issues = next.ok ? (channels.ok ? [] : channels.issues) : next.issues;
      metrics.config.lastReloadSuccessful.set(0);
      for (const issue of issues) own.error('Loading configuration file failed', { err: formatIssue(issue) });
      return { ok: false, issues };
    }
    delivery.adopt(channels.value);
    engine.adopt(next.value.ruleset);
    this.#running = next.value;
    announce(platform, next.value);
    own.info('Completed loading of configuration file');
    return ok(undefined);
  }

  /** Step by step, so that a file with thousands of routes holds up others only for as long as the longest of them. */
  async #read(): Promise<Result<Configuration>> {
    const { platform } = this.parts;
    const file = await parseApart(platform);
    if (!file.ok) return file;
    await nextTurn();
    const loaded = loadFile(file.value, platform);
    if (!loaded.ok) return loaded;
    await nextTurn();
    const next = compileConfiguration(loaded.value);
    await nextTurn();
    return next;
  }
}

/** What the metrics and the log say of a configuration that runs from now on. */
export function announce({ clock, log, metrics, options }: Platform, { loaded, ruleset }: Configuration): void {
  metrics.config.hash.set(loaded.hash);
  metrics.config.lastReloadSuccessful.set(1);
  metrics.config.lastReloadSuccessAt.set(clock.now() / 1_000);
  const used = new Set(ruleset.routes.routes.map(({ receiver }) => receiver));
  const receivers = loaded.config.receivers.filter(({ name }) => used.has(name));
  metrics.config.receivers.set(receivers.length);
  metrics.config.integrations.set(receivers.reduce((count, { integrations }) => count + integrations.length, 0));
  metrics.config.inhibitionRules.set(ruleset.inhibitRules.size);
  const own = log.with({ component: 'configuration' });
  for (const warning of loaded.warnings) own.warn(warning);
  const { fileOutputs, webhookOutputs, kafkaOutputs, stdoutOutputs } = loaded.eventRecorder;
  if (loaded.tracing) own.warn('tracing is configured, but this version exports no traces');
  if ([fileOutputs, webhookOutputs, kafkaOutputs, stdoutOutputs].some(({ length }) => length > 0))
    own.warn('event_recorder is configured, but this version records no events');
  for (const { name } of loaded.config.receivers)
    if (!used.has(name)) own.info('Skipping creation of receiver not referenced by any route', { receiver: name });
  for (const { id, groupInterval, repeatInterval } of ruleset.routes.routes) {
    if (repeatInterval > options.retention)
      own.warn(
        'repeat_interval is greater than the data retention period: repeats will come more often than asked for',
        { route: id },
      );
    if (repeatInterval < groupInterval)
      own.warn('repeat_interval is less than group_interval: repeats come no more often than group_interval', {
        route: id,
      });
  }
}
