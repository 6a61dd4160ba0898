import type { OnReadOpts, Socket } from 'node:net';
import { Connections } from '../api/server/connections.js';
import { createFront } from '../api/server/front.js';
import { createGuard } from '../api/server/guard.js';
import type { Handler } from '../api/server/handler.js';
import { PlainServer } from '../api/server/plain/plain-server.js';
import type { WebSettings } from '../api/server/web-settings.js';
import { createV2Handler } from '../api/v2/v2-handler.js';
import { loadConfig } from '../config/index.js';
import { GATE_LIMITS, type GateLimits } from '../delivery/attempt-gate.js';
import { createDelivery } from '../delivery/delivery.js';
import type { Result } from '../domain/issue/index.js';
import type { MatcherMode } from '../domain/labels/index.js';
import { createMatcher } from '../domain/matcher/index.js';
import { type Ruleset, compileRuleset } from '../domain/ruleset/index.js';
import type { Notification } from '../domain/notify/index.js';
import type { SilenceDraft } from '../domain/silence/index.js';
import { type TemplateSet, templateData } from '../domain/template/index.js';
import { HOUR, type Instant, duration, plus } from '../domain/time/index.js';
import { createEngine } from '../engine/create-engine.js';
import type { Engine } from '../engine/engine.js';
import { type OptionsSource, engineOptions } from '../engine/engine-options.js';
import type { Clock } from '../platform/clock.js';
import { createHttpClientFactory } from '../platform/http-client/index.js';
import { systemIds } from '../platform/ids.js';
import { type Logger, createLogger } from '../platform/log.js';
import { type Metrics, createMetrics } from '../platform/metrics.js';
import type { Platform } from '../platform/platform.js';
import { type Renderer, createRenderer } from '../receivers/kit/renderer.js';
import { RECEIVERS } from '../receivers/registry.js';
import { type Imagined, ImaginedReceiver, ImaginedSender, ImaginedStorage, ImaginedTimers } from './imagined.js';

export interface StageOptions {
  /** Of the router that is to learn it: the same options lead through the same code. */
  readonly platform: OptionsSource & Pick<Platform, 'build' | 'clock'>;
  readonly templates: TemplateSet;
}

/** In each POST, as Prometheus sends them. */
const BATCH = 64;
/** That alerts are held against. None matches. */
const SILENCES = 20;
const DAY = 24 * HOUR;
/** Everything waits so long, and is repeated as often. */
const SOON_MS = 1;

/**
 * One group for each alert that is told, again and again; of the others a third are sources for some, and the rest for
 * nobody. Of matchers, routes and rules there are all kinds: code that has met one alone would hold for that one.
 */
const CONFIGURATION = `
route:
  receiver: nobody
  group_by: [alertname, cluster, namespace]
  group_wait: 1h
  routes:
    - matchers: ['job="told"']
      group_by: [pod]
      group_wait: ${SOON_MS}ms
      group_interval: ${SOON_MS}ms
      repeat_interval: ${SOON_MS}ms
    - matchers: ['namespace=~"team-(1|2|3)"']
      group_by: [instance]
      routes:
        - { matchers: ['severity="critical"', 'cluster!="cluster-9"'] }
        - { matchers: ['instance=~"node-1.*"'], continue: true }
        - { matchers: ['severity=~"warn(ing)?"'], group_by: ['...'] }
    - { matchers: ['namespace="team-4"', 'container!~"some.*"'], group_by: [] }
inhibit_rules:
  - { source_matchers: ['severity="critical"'], target_matchers: ['severity="warning"'], equal: [instance] }
  - { source_matchers: ['alertname="Rehearsal1"'], target_matchers: ['severity=~"warning|none"'], equal: [cluster, namespace] }
  - { source_matchers: ['severity="critical"'], target_matchers: ['job="told"'], equal: [pod] }
  - { source_matchers: ['severity="warning"'], target_matchers: ['job="nobody"'], equal: [cluster, pod] }
  - { source_matchers: ['alertname="Rehearsal2"', 'pod=~"no.+"'], target_matchers: ['severity!="info"'], equal: [cluster] }
receivers: [{ name: nobody, webhook_configs: [{ url: 'http://127.0.0.1:9/' }] }]
`;
/** So few at once that others have to wait, as they do when all are due. */
const LIMITS: GateLimits = { perIntegration: 8, overall: GATE_LIMITS.overall };
const ALERTS_PATH = '/api/v2/alerts';
const SILENCES_PATH = '/api/v2/silences';
/** Of a body, more than any has. Without a limit it would be another kind of number. */
const MOST_BYTES = 1 << 20;

/** All parts that an alert passes from the connection to the notification, the very code, none of the parts that are in use. */
export class RehearsalStage {
  readonly timers: ImaginedTimers;
  answered = 0;
  notifications = 0;
  /** Notifications that nobody will ever answer. */
  unanswered = 0;
  /** Nobody reads these two: a specimen has to hold what is listed, and what renders a notification. */
  listed: readonly object[] = [];
  readonly renderer: Renderer;
  #isSilent = false;
  readonly #storage = new ImaginedStorage();
  readonly #clock: Clock;
  readonly #engine: Engine;
  readonly #sender: ImaginedSender;
  readonly #log: Logger;
  readonly #startsAt: Instant;

  constructor({ platform, templates }: StageOptions, imagined: Imagined) {
    this.timers = new ImaginedTimers(platform.clock);
    this.#clock = imagined.clock(platform.clock, this.timers);
    this.#log = createLogger({ level: 'error', format: 'logfmt', write: () => {}, clock: this.#clock });
    this.#startsAt = this.#clock.now();
    const metrics = createMetrics({ build: platform.build });
    this.renderer = createRenderer(templates, templateData({} as Notification), this.#startsAt);
    this.#engine = this.#createEngine(platform, metrics, rulesetWith(templates));
    this.#sender = new ImaginedSender((text) => {
      if (text.startsWith('HTTP/1.1 200 ')) this.answered++;
    });
    this.#listen(metrics, platform.features.matcherMode, imagined.settings);
  }

  async begin(): Promise<void> {
    await this.#engine.start();
    for (let n = 0; n < SILENCES; n++) await this.#engine.setSilence(aSilence(n, this.#startsAt));
  }

  /** A batch has the same alerts each time. */
  post(batch: number, job: 'kept' | 'told', words = 'as before'): void {
    const startsAt = new Date(this.#startsAt - batch * DAY).toISOString();
    const endsAt = new Date(this.#clock.now() + HOUR + this.answered).toISOString();
    const alerts = Array.from({ length: BATCH }, (_, i) => ({
      ...anAlert(batch * BATCH + i, job, words),
      startsAt,
      endsAt,
    }));
    this.#send(ALERTS_PATH, alerts);
  }

  /** Every eighth with an expression. */
  postSilence(n: number): void {
    const startsAt = new Date(this.#startsAt + n).toISOString();
    const endsAt = new Date(this.#startsAt + 2 * HOUR + n + (n % 8) * DAY).toISOString();
    const isRegex = n % 8 === 7;
    const pod = `gone-${n}${isRegex ? `|gone-${n}-[a-z]+` : ''}`;
    const matchers = [
      { name: 'alertname', value: `Rehearsal${n % 40}`, isRegex: false, isEqual: true },
      { name: 'pod', value: pod, isRegex, isEqual: true },
    ];
    this.#send(SILENCES_PATH, { matchers, startsAt, endsAt, createdBy: 'nobody', comment: `Looked for, ticket ${n}.` });
  }

  #send(path: string, content: unknown): void {
    const body = JSON.stringify(content);
    const head = `POST ${path} HTTP/1.1\r\nHost: nobody\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`;
    this.#sender.emit('data', Buffer.from(`${head}\r\n\r\n${body}`));
  }

  /** What is done in one go for who asks for all alerts and groups. */
  list(): void {
    this.listed = [...this.#engine.alerts(), ...this.#engine.groups()];
  }

  /** From now on no notification is answered. */
  fallSilent(): void {
    this.#isSilent = true;
  }

  /** From now on nothing is ever written. */
  stick(): void {
    this.#storage.isStuck = true;
  }

  #createEngine(platform: OptionsSource, metrics: Metrics, ruleset: Ruleset): Engine {
    const parts = { clock: this.#clock, ids: systemIds, log: this.#log, metrics };
    const isTaken = (): boolean => {
      if (this.#isSilent) this.unanswered++;
      else this.notifications++;
      return !this.#isSilent;
    };
    const http = createHttpClientFactory({
      ...parts,
      version: '0',
      environment: {},
      connect: ({ onread }) => new ImaginedReceiver(onread as OnReadOpts, isTaken),
    });
    const delivery = createDelivery({ ...parts, http, kinds: RECEIVERS, limits: LIMITS });
    delivery.adoptChannels([...ruleset.receivers.values()], ruleset.templates);
    const options = engineOptions({
      ...platform,
      options: { ...platform.options, startDelay: 0, perAlertnameLimit: 0, alertGcInterval: SOON_MS },
      startedAt: this.#clock.now(),
    });
    return createEngine({ ...parts, storage: this.#storage, deliver: delivery.deliver, ruleset, options });
  }

  #listen(metrics: Metrics, matcherMode: MatcherMode, settings: () => WebSettings): void {
    const clock = this.#clock;
    const log = this.#log;
    const status = (): never => {
      throw new Error('nobody asks for it');
    };
    const nowhere: Handler = () => {};
    const v2 = createV2Handler({
      engine: this.#engine,
      clock,
      matcherMode,
      status,
      metrics,
      log,
      maxBodyBytes: MOST_BYTES,
    });
    const front = createFront(
      { routePrefix: '', getConcurrency: 0, timeout: duration(0), clock, metrics },
      { v2, rest: nowhere, patternOf: () => undefined },
    );
    const connections = new Connections();
    const server = new PlainServer({
      targets: new Set([ALERTS_PATH, SILENCES_PATH]),
      mostBodyBytes: MOST_BYTES,
      keepAlive: HOUR,
      handler: createGuard({ settings, clock, metrics: metrics.http, log }, front),
      connections,
      handOver: () => {},
      onBroken: () => {},
      clock,
    });
    // It has all that is used of one here.
    const socket = this.#sender as unknown as Socket;
    connections.add(socket);
    server.take(socket);
  }
}

function rulesetWith(templates: TemplateSet): Ruleset {
  return compileRuleset(valueOf(loadConfig(CONFIGURATION, { registry: RECEIVERS })).config, templates);
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.issues[0]?.message);
  return result.value;
}

/** As a Prometheus in a cluster sends them. */
const anAlert = (n: number, job: string, words: string): object => ({
  labels: {
    alertname: `Rehearsal${n % 40}`,
    cluster: `cluster-${n % 5}`,
    container: 'nobody',
    instance: `node-${n % 397}.example:9100`,
    job,
    namespace: `team-${n % 61}`,
    pod: `nobody-${n}`,
    severity: job === 'told' ? 'info' : n % 3 === 0 ? 'critical' : 'warning',
  },
  annotations: {
    description: `Pod nobody-${n} on node-${n % 397}.example:9100 is not there, nor has it ever been; value ${n}, ${words}.`,
    runbook_url: `https://runbooks.example/rehearsal/${n % 40}`,
    summary: `Pod nobody-${n} is not there.`,
  },
  generatorURL: `http://prometheus.example:9090/graph?g0.expr=up+%3D%3D+${n % 40}&g0.tab=1`,
});

/** Every fourth with an expression. */
const aSilence = (n: number, startsAt: Instant): SilenceDraft => ({
  id: '',
  matcherSets: [
    [
      valueOf(createMatcher('=', 'alertname', `Rehearsal${n}`)),
      valueOf(n % 4 === 3 ? createMatcher('=~', 'pod', `gone-${n}(-[a-z]+)?`) : createMatcher('=', 'pod', `gone-${n}`)),
    ],
  ],
  startsAt,
  // After the alerts, which are what is awaited next in the real world.
  endsAt: plus(startsAt, duration(2 * HOUR)),
  createdBy: 'nobody',
  comment: 'Who is not there is looked for.',
  annotations: {},
});
