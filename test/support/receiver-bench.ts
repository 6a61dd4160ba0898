/**
 * An integration on the bench: its settings as YAML, a group of alerts, and a server of ours in the place of every host
 * it talks to. What it sent can be read as text and compared with a golden file.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

import { afterEach, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';

import type { Alert } from '../../src/domain/alert/index.js';
import { LabelSet } from '../../src/domain/labels/index.js';
import type { Notification, NotifyReason, Outcome, ReceiverData } from '../../src/domain/notify/index.js';
import { compileTemplates } from '../../src/domain/template/index.js';
import { Moment, instant } from '../../src/domain/time/index.js';
import { type HttpClientFactory, createHttpClientFactory } from '../../src/platform/http-client/index.js';
import { systemIds } from '../../src/platform/ids.js';
import { createLogger } from '../../src/platform/log.js';
import type { BuildContext, Channel, ReceiverManifest } from '../../src/receivers/receiver.js';
import { readSettings } from '../contract/receivers/example.js';
import { type Answer, type LoopbackServer, type Received, type Reply, startHttp } from './loopback.js';
import { VirtualClock } from './virtual-clock.js';

/** Two alerts of one group: both fire, the second is over, both are. */
export type Round = 'firing' | 'mixed' | 'resolved';

export interface SendWords {
  readonly round?: Round;
  readonly answer?: Answer;
  readonly data?: ReceiverData;
  readonly signal?: AbortSignal;
  /** What is to be otherwise with each alert. */
  readonly change?: (alert: Alert) => Alert;
}

export interface Sent {
  readonly outcome: Outcome;
  readonly requests: readonly string[];
  readonly log: string;
}

const STARTED = '2026-01-02T03:04:05.678Z';
const ENDED = '2026-01-02T04:04:05Z';
const moment = (text: string): Moment => new Moment(instant(Date.parse(text)), text);
const NOW = instant(Date.parse('2026-01-02T05:00:00Z'));

const alertOn = (instance: string, isOver: boolean): Alert => ({
  labels: LabelSet.fromObject({ alertname: 'HighCPU', instance, job: 'node', severity: 'critical' }),
  annotations: LabelSet.fromObject({ summary: `CPU > 90% & "hot" on ${instance} 🔥` }),
  startsAt: moment(STARTED),
  endsAt: isOver ? moment(ENDED) : Moment.ZERO,
  updatedAt: NOW,
  generatorURL: 'http://prom.example:9090/graph?g0.expr=cpu&g0.tab=1',
  timeout: false,
});

const REASONS = {
  firing: 'first notification',
  mixed: 'some alerts resolved',
  resolved: 'all alerts resolved',
} as const satisfies Record<Round, NotifyReason>;

export const aNotification = (round: Round = 'firing', data: ReceiverData = {}): Notification => ({
  receiver: 'team-a',
  groupKey: '{}:{alertname="HighCPU"}',
  groupLabels: LabelSet.fromObject({ alertname: 'HighCPU' }),
  routeLabels: LabelSet.EMPTY,
  reason: REASONS[round],
  alerts: [alertOn('web-1', round === 'resolved'), alertOn('web-2', round !== 'firing')],
  flushedAt: NOW,
  externalURL: 'http://am.example:9093',
  data,
});

const compiled = compileTemplates([]);
if (!compiled.ok) throw new Error('the default templates do not compile');
export const defaultTemplates = compiled.value;

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

export class ReceiverBench {
  readonly #lines: string[] = [];
  readonly #origins: string[] = [];
  #open: { readonly server: LoopbackServer; readonly channel: Channel } | undefined;
  #yaml = '';
  readonly clock = new VirtualClock(NOW);

  constructor(private readonly manifest: ReceiverManifest) {}

  /** Further sends with the same settings go through the same integration. */
  async send(yaml: string, { round = 'firing', answer, data = {}, signal, change }: SendWords = {}): Promise<Sent> {
    const { server, channel } = (this.#open ??= await this.#start(yaml));
    if (yaml !== this.#yaml) throw new Error('one bench is for one integration');
    server.answer = answer ?? (() => ({}));
    const before = server.received.length;
    const whole = aNotification(round, data);
    const notification = change ? { ...whole, alerts: whole.alerts.map(change) } : whole;
    const outcome = await channel.send(notification, signal ?? new AbortController().signal);
    const requests = server.received.map((one, index) => formatRequest(this.#origins[index] ?? '', one));
    return { outcome, requests: requests.slice(before), log: this.#lines.join('') };
  }

  async #start(yaml: string): Promise<{ server: LoopbackServer; channel: Channel }> {
    const server = await startHttp();
    cleanUp.push(() => server.close());
    this.#yaml = yaml;
    return { server, channel: this.build(yaml, server.port) };
  }

  build(yaml: string, port: number): Channel {
    const http = createHttpClientFactory({ clock: this.clock, ids: systemIds, version: '0.34.0', environment: {} });
    cleanUp.push(() => http.close());
    const context: BuildContext = {
      templates: defaultTemplates,
      http: divert(http, `http://127.0.0.1:${port}`, this.#origins),
      clock: this.clock,
      log: createLogger({
        level: 'debug',
        format: 'logfmt',
        clock: this.clock,
        write: (line) => this.#lines.push(line),
      }),
    };
    return this.manifest.build(readSettings(this.manifest, yaml), context);
  }
}

/** All requests go to `origin`; where they should have gone is noted down. */
export const divert = (http: HttpClientFactory, origin: string, asked: string[] = []): HttpClientFactory => ({
  ...http,
  client(settings, options) {
    const client = http.client(settings, options);
    const diverted: typeof client.request = (request) => {
      const [start = ''] = /^https?:\/\/[^/?#]*/.exec(request.url) ?? [];
      asked.push(start);
      return client.request({ ...request, url: origin + request.url.slice(start.length) });
    };
    return {
      request: diverted,
      post: (request) => diverted({ ...request, method: 'POST' }),
      close: () => client.close(),
    };
  },
});

const SHOWN_HEADERS = ['accept-language', 'authorization', 'content-type', 'user-agent'];

/** As the golden files have it: request line, the headers that matter, the body. */
export function formatRequest(origin: string, { method, url, headers, body }: Received): string {
  const shown = SHOWN_HEADERS.filter((name) => headers[name] !== undefined).map((name) => `${name}: ${headers[name]}`);
  return [`${method} ${origin}${url}`, ...shown, '', body].join('\n');
}

/** Plays one case. */
type Play = (manifest: ReceiverManifest, golden: GoldenCase) => Promise<string>;

export interface GoldenCase {
  readonly rounds: readonly Round[];
  readonly answers?: readonly Reply[];
  readonly settings: Record<string, unknown>;
}

/**
 * Each `<name>.yml` of the folder against `<name>.golden`: what Alertmanager 0.34 sent for these settings.
 * `GOLDEN=write` writes them anew, for the diff to be read.
 */
export function describeGoldens(manifest: ReceiverManifest, folder: URL, play: Play = playGolden): void {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => name.slice(0, -4));
  describe(`${manifest.type} sends what Alertmanager sends`, () => {
    it.each(names)('%s', async (name) => {
      const sent = await play(manifest, parse(readFileSync(new URL(`${name}.yml`, folder), 'utf8')) as GoldenCase);
      const golden = new URL(`${name}.golden`, folder);
      if (process.env['GOLDEN'] === 'write') writeFileSync(golden, sent);
      expect(sent).toBe(readFileSync(golden, 'utf8'));
    });
  });
}

/** Round by round, what one leaves for the next handed over as the notification log does. */
export async function playGolden(
  manifest: ReceiverManifest,
  { rounds, answers = [], settings }: GoldenCase,
): Promise<string> {
  const bench = new ReceiverBench(manifest);
  const waiting = [...answers];
  const requests: string[] = [];
  let data: ReceiverData = {};
  for (const round of rounds) {
    const answer: Answer = () => waiting.shift() ?? {};
    const sent = await bench.send(stringify(settings), { round, data, answer });
    requests.push(...sent.requests);
    if (sent.outcome.kind !== 'delivered') throw new Error(sent.outcome.message);
    data = sent.outcome.data ?? data;
  }
  return requests.join('\n');
}
