/**
 * What every integration keeps to, whatever it sends: its example is complete and valid, no secret gets out, the status
 * decides about another attempt, time limits hold, redirects and proxies are as configured.
 */
import { afterEach, describe, expect, it } from '@jest/globals';

import { Secret } from '../../../src/config/secret.js';
import { compileRedact } from '../../../src/delivery/redact.js';
import { LabelSet } from '../../../src/domain/labels/index.js';
import type { Failure, Notification, Outcome } from '../../../src/domain/notify/index.js';
import { compileTemplates } from '../../../src/domain/template/index.js';
import { Moment } from '../../../src/domain/time/index.js';
import { createHttpClientFactory } from '../../../src/platform/http-client/index.js';
import { systemIds } from '../../../src/platform/ids.js';
import { createLogger } from '../../../src/platform/log.js';
import type { Channel, ReceiverManifest } from '../../../src/receivers/receiver.js';
import { type Answer, type LoopbackServer, type Reply, startHttp, startProxy } from '../../support/loopback.js';
import { divert } from '../../support/receiver-bench.js';
import { VirtualClock, settle } from '../../support/virtual-clock.js';
import { pointedAt, printSettings, readSettings } from './example.js';

export interface ReceiverExpectations {
  /** Statuses that are tried again besides 5xx. */
  readonly retryStatuses?: readonly number[] | 'all';
  /** Any other success than this is none. */
  readonly onlySuccess?: number;
  /** What its server says when all is well. */
  readonly success?: Reply;
  /** An empty answer is none, whatever its status. */
  readonly needsBody?: boolean;
  /** What its server says with a success is read. */
  readonly readsAnswer?: boolean;
  /** Settings that cannot stand beside those of the example. */
  readonly excluded?: readonly string[];
  /** Its server has a fixed address, so that requests must be led to ours. */
  readonly hasFixedServer?: boolean;
}

const STATUSES = [200, 201, 204, 302, 307, 400, 401, 403, 404, 408, 410, 413, 429, 500, 502, 503, 504];

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

export function describeReceiver(manifest: ReceiverManifest, expectations: ReceiverExpectations): void {
  const {
    retryStatuses = [],
    onlySuccess,
    success = {},
    needsBody = false,
    readsAnswer = needsBody,
    excluded = [],
    hasFixedServer = false,
  } = expectations;

  const startServer = async (answer: Answer): Promise<LoopbackServer> => {
    const server = await startHttp(answer);
    cleanUp.push(() => server.close());
    return server;
  };

  /** The example's integration, talking to a server of ours. */
  async function open(answer: Answer, change: (settings: Changeable) => unknown = (settings) => settings) {
    const server = await startServer(answer);
    return { server, ...openAt(server.port, change) };
  }

  function openAt(port: number, change: (settings: Changeable) => unknown = (settings) => settings) {
    const clock = new VirtualClock();
    const lines: string[] = [];
    const http = createHttpClientFactory({ clock, ids: systemIds, version: '0.34.0', environment: {} });
    const compiled = compileTemplates([]);
    if (!compiled.ok) throw new Error('the default templates do not compile');
    const example = pointedAt(manifest.example, `http://127.0.0.1:${port}`);
    // Settings of any kind; those that are changed here have the parts that are named.
    const settings = change(readSettings(manifest, example) as Changeable);
    const log = createLogger({ level: 'debug', format: 'logfmt', clock, write: (line) => lines.push(line) });
    const reachable = hasFixedServer ? divert(http, `http://127.0.0.1:${port}`) : http;
    const channel = manifest.build(settings, { templates: compiled.value, http: reachable, clock, log });
    cleanUp.push(() => http.close());
    return { channel, clock, lines, settings };
  }

  describe(`${manifest.type}: the example`, () => {
    it('is valid and prints as something that reads back the same', () => {
      const settings = readSettings(manifest, manifest.example);
      const printed = printSettings(manifest, settings);
      expect(printSettings(manifest, readSettings(manifest, printed))).toBe(printed);
    });

    it('names every setting that is not just another source of a value', () => {
      const missing = [...manifest.config.fields.keys()]
        .filter((key) => !/_(file|ref)$/.test(key) && !excluded.includes(key))
        .filter((key) => !new RegExp(`^ *${key}:`, 'm').test(manifest.example));
      expect(missing).toEqual([]);
    });

    it('says what is secret, and the printed form does not show it', () => {
      const settings = readSettings(manifest, manifest.example);
      const secrets = secretsIn(settings);
      expect(secrets.length).toBeGreaterThan(0);
      const printed = printSettings(manifest, settings) + JSON.stringify(settings);
      for (const secret of secrets) expect(printed).not.toContain(secret);
    });
  });

  // What goes over other ways than HTTP has tests of its own.
  if (!manifest.config.fields.has('http_config')) return;

  describe(`${manifest.type}: what comes back`, () => {
    const statuses = STATUSES.filter((status) => status !== 204 || !needsBody).filter(
      (status) => status >= 300 || onlySuccess === undefined || status === onlySuccess,
    );
    it.each(statuses.map((status) => [status, expectedKind(status, retryStatuses)] as const))(
      '%d is %s',
      async (status, kind) => {
        const ok = status >= 200 && status < 300;
        const { channel, server } = await open(() => (ok ? { ...success, status } : { status, body: 'said so' }));
        const outcome = await send(channel);
        expect(outcome.kind).toBe(kind);
        expect(server.received.length).toBeGreaterThan(0);
        if (outcome.kind !== 'delivered')
          expect(outcome).toMatchObject({ reason: REASONS[status] ?? expectedReason(status) });
      },
    );

    it(`breaks off in its body: ${readsAnswer ? 'tried again' : 'the status was there'}`, async () => {
      const { channel } = await open(() => ({ ...success, breaksOff: true }));
      expect((await send(channel)).kind).toBe(readsAnswer ? 'retry' : 'delivered');
    });

    it('asks for a pause, which is handed on', async () => {
      const { channel } = await open(() => ({ status: 429, headers: { 'Retry-After': '3' } }));
      expect(await send(channel)).toMatchObject({ kind: 'retry', reason: 'rateLimited', retryAfterMs: 3000 });
    });

    it('is nothing: tried again, without a word of where it went', async () => {
      const { channel, settings } = openAt(1);
      const outcome = (await send(channel)) as Failure;
      expect(outcome).toMatchObject({ kind: 'retry', reason: 'other' });
      expect(outcome.message).toContain('<redacted>');
      for (const secret of secretsIn(settings)) expect(outcome.message).not.toContain(secret);
    });

    it.each([200, 400, 500])('is all that we sent (%d): no secret gets out', async (status) => {
      const echo: Answer = ({ url, rawHeaders, body }) => ({ status, body: [url, ...rawHeaders, body].join('\n') });
      const { channel, lines, settings } = await open(echo);
      const outcome = await send(channel);
      const shown = compileRedact(settings)(outcome.kind === 'delivered' ? '' : outcome.message) + lines.join('');
      for (const marker of markersIn(manifest.example)) expect(shown).not.toContain(marker);
    });
  });

  describe(`${manifest.type}: time`, () => {
    it('ends with the caller, and may be tried again', async () => {
      const controller = new AbortController();
      const { channel } = await open(() => void controller.abort());
      expect(await send(channel, controller.signal)).toMatchObject({ kind: 'retry' });
    });

    if (manifest.config.fields.has('timeout'))
      it('has a limit of its own', async () => {
        const { channel, clock, server, settings } = await open(() => undefined);
        const sending = send(channel);
        while (server.received.length === 0) await settle();
        await clock.advance((settings as { readonly timeout: number }).timeout);
        const message = expect.stringMatching(/"<redacted>": configured \S+ timeout reached \(\S+\)$/);
        expect(await sending).toMatchObject({ kind: 'retry', reason: 'other', message });
      });
  });

  describe(`${manifest.type}: http_config`, () => {
    const withHttp =
      (http: Record<string, unknown>) =>
      (settings: Changeable): unknown => ({ ...settings, httpConfig: { ...settings.httpConfig, ...http } });

    it.each([
      [true, 'delivered'],
      [false, expectedKind(307, retryStatuses)],
    ])('follows redirects: %p', async (followRedirects, kind) => {
      const target = await startServer(() => success);
      const answer: Answer = () => ({ status: 307, headers: { Location: `http://127.0.0.1:${target.port}/there` } });
      const { channel } = await open(answer, withHttp({ followRedirects }));
      expect((await send(channel)).kind).toBe(kind);
      expect(target.received.length > 0).toBe(followRedirects);
    });

    it('goes through the proxy', async () => {
      const proxy = await startProxy();
      cleanUp.push(() => proxy.close());
      const proxyUrl = new Secret(`http://127.0.0.1:${proxy.port}`);
      const { channel, server } = await open(() => success, withHttp({ proxyUrl }));
      expect((await send(channel)).kind).toBe('delivered');
      expect(proxy.asked.length).toBe(server.received.length);
    });

    it('names a TLS file that is not there when it is built', () => {
      const change = withHttp({ tlsConfig: { caFile: '/nowhere/ca.pem' } });
      expect(() => openAt(1, change)).toThrow('/nowhere/ca.pem');
    });
  });
}

interface Changeable {
  readonly httpConfig?: object;
}

const send = (channel: Channel, signal = new AbortController().signal): Promise<Outcome> =>
  channel.send(notification(), signal);

function notification(): Notification {
  const clock = new VirtualClock();
  const now = clock.now();
  const labels = LabelSet.fromObject({ alertname: 'HighLoad', team: 'a' });
  return {
    receiver: 'r',
    groupKey: '{}:{team="a"}',
    groupLabels: LabelSet.fromObject({ team: 'a' }),
    routeLabels: LabelSet.EMPTY,
    reason: 'first notification',
    alerts: [
      {
        labels,
        annotations: LabelSet.fromObject({ summary: 'Load is high' }),
        startsAt: Moment.of(now),
        endsAt: Moment.ZERO,
        updatedAt: now,
        generatorURL: 'http://prometheus/graph',
        timeout: true,
      },
    ],
    flushedAt: now,
    externalURL: 'http://alerts.internal',
    data: {},
  };
}

function expectedKind(status: number, retryStatuses: readonly number[] | 'all'): Outcome['kind'] {
  if (status < 300) return 'delivered';
  return status >= 500 || retryStatuses === 'all' || retryStatuses.includes(status) ? 'retry' : 'rejected';
}

const REASONS: Readonly<Record<number, string>> = { 401: 'authError', 403: 'authError', 429: 'rateLimited' };

const expectedReason = (status: number): string =>
  status >= 500 ? 'serverError' : status >= 400 ? 'clientError' : 'other';

function secretsIn(value: unknown): string[] {
  if (value instanceof Secret) return value.isEmpty ? [] : [value.reveal()];
  if (value instanceof Map) return [...value.values()].flatMap(secretsIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(secretsIn) : [];
}

/** Examples spell their secrets so that they can be found: `<kind>-<what>-secret`. */
const markersIn = (example: string): string[] => example.match(/[a-z0-9-]+-secret\b/g) ?? [];
