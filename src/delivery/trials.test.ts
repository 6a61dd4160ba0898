import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from '@jest/globals';

import { readSettings } from '../../test/contract/receivers/example.js';
import { type Answer, startHttp } from '../../test/support/loopback.js';
import { defaultTemplates } from '../../test/support/receiver-bench.js';
import { startSmtp } from '../../test/support/smtp-sink.js';
import { VirtualClock } from '../../test/support/virtual-clock.js';
import type { Alert } from '../domain/alert/index.js';
import { LabelSet } from '../domain/labels/index.js';
import type { ReceiverConfig } from '../domain/ruleset/index.js';
import { Moment, instant } from '../domain/time/index.js';
import { createHttpClientFactory } from '../platform/http-client/index.js';
import { systemIds } from '../platform/ids.js';
import { silentLogger } from '../platform/log.js';
import { isManifest } from '../receivers/receiver.js';
import { RECEIVERS } from '../receivers/registry.js';
import { type IntegrationTrial, type TrialRequest, createTrials } from './trials.js';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

const MANIFESTS = RECEIVERS.filter(isManifest);

/** One receiver, `team`, with one integration. */
function setUp(type: string, yaml: string, sendResolved = true) {
  const manifest = MANIFESTS.find((kind) => kind.type === type);
  if (!manifest) throw new Error(`no ${type}`);
  const settings = readSettings(manifest, yaml);
  const team: ReceiverConfig = {
    name: 'team',
    labels: LabelSet.EMPTY,
    integrations: [{ type, index: 0, sendResolved, settings }],
  };
  const clock = new VirtualClock(instant(Date.parse('2026-01-02T05:00:00Z')));
  const http = createHttpClientFactory({ clock, ids: systemIds, version: '0.34.0', environment: {} });
  cleanUp.push(() => http.close());
  const trials = createTrials({
    clock,
    log: silentLogger,
    http,
    kinds: RECEIVERS,
    ruleset: () => ({ receivers: new Map([['team', team]]), templates: defaultTemplates }),
    externalURL: 'http://am.example:9093',
  });
  const run = (more: Partial<TrialRequest> = {}) =>
    trials.run({
      receiver: 'team',
      status: 'firing',
      alerts: [],
      integration: undefined,
      dryRun: false,
      signal: new AbortController().signal,
      ...more,
    });
  const first = async (more: Partial<TrialRequest> = {}): Promise<IntegrationTrial> => {
    const answer = await run(more);
    const [trial] = answer.kind === 'tried' ? answer.integrations : [];
    if (!trial) throw new Error(JSON.stringify(answer));
    return trial;
  };
  return { clock, run, first };
}

async function hook(answer: Answer = () => ({ body: 'thanks' }), yaml = '') {
  const server = await startHttp(answer);
  cleanUp.push(() => server.close());
  const path = `http://127.0.0.1:${server.port}/some/path-that-is-a-secret`;
  return { server, path, ...setUp('webhook', `url: ${path}\n${yaml}`) };
}

const anAlert = (annotations: Record<string, string>): Alert => ({
  labels: LabelSet.fromObject({ alertname: 'DiskFull', node: 'db-1' }),
  annotations: LabelSet.fromObject(annotations),
  startsAt: Moment.of(instant(0)),
  endsAt: Moment.ZERO,
  updatedAt: instant(0),
  generatorURL: '',
  timeout: false,
});

describe('a dry run', () => {
  it.each(MANIFESTS.map((kind) => [kind.type, kind] as const))(
    'of %s shows what would be sent, and no secret',
    async (type, kind) => {
      const trial = await setUp(type, kind.example).first({ dryRun: true });
      expect(trial).toMatchObject({ integration: `${type}[0]`, status: 'rendered' });
      expect(trial.exchanges.length).toBeGreaterThan(0);
      expect(trial.exchanges.some(({ status }) => status !== undefined)).toBe(false);
      const shown = JSON.stringify(trial);
      expect(shown).toMatch(/\[TEST\]|%5BTEST%5D/);
      expect(shown).not.toMatch(/[a-z]+-secret/);
    },
  );

  it('sends nothing', async () => {
    const { server, first } = await hook();
    await first({ dryRun: true });
    expect(server.received).toEqual([]);
  });

  it('tells which template fails', async () => {
    const { first } = setUp('discord', `webhook_url: http://x.example/key\ntitle: '{{ .Nope }}'`);
    expect(await first({ dryRun: true })).toMatchObject({
      status: 'failed',
      message: expect.stringMatching(/^template: .*Nope/),
      exchanges: [],
    });
  });
});

describe('a trial', () => {
  it('sends one marked notification and tells what came back', async () => {
    const { server, first } = await hook();
    const trial = await first();
    expect(trial).toMatchObject({
      status: 'delivered',
      exchanges: [{ request: `POST http://127.0.0.1:${server.port}/<secret>`, status: 200, answer: 'thanks' }],
    });
    expect(server.received).toHaveLength(1);
    expect(JSON.parse(server.received[0]?.body ?? '')).toMatchObject({
      status: 'firing',
      groupLabels: { alertname: '[TEST] Sample', test: 'true' },
      commonLabels: { alertname: '[TEST] Sample', test: 'true' },
      commonAnnotations: { summary: '[TEST] A receiver is being tried' },
    });
  });

  it.each([
    ['a summary', { summary: 'almost full' }, { summary: '[TEST] almost full' }],
    ['a description', { description: 'd', other: 'o' }, { description: '[TEST] d', other: 'o' }],
    ['nothing to read', { runbook: 'r' }, { runbook: 'r', summary: '[TEST] DiskFull' }],
  ])('marks given alerts with %s', async (_name, annotations, marked) => {
    const { server, first } = await hook();
    await first({ alerts: [anAlert(annotations)], status: 'resolved' });
    expect(JSON.parse(server.received[0]?.body ?? '')).toMatchObject({
      status: 'resolved',
      groupLabels: { alertname: '[TEST] DiskFull' },
      alerts: [
        { status: 'resolved', labels: { alertname: 'DiskFull', node: 'db-1', test: 'true' }, annotations: marked },
      ],
    });
  });

  it.each([
    ['a refusal', { status: 400, body: 'bad' }, 'clientError', 'unexpected status code 400: bad'],
    ['an ill server', { status: 503 }, 'serverError', 'unexpected status code 503'],
  ])('is made once: %s', async (_name, reply, reason, message) => {
    const { server, first } = await hook(() => reply);
    expect(await first()).toMatchObject({ status: 'failed', reason, message, exchanges: [{ status: reply.status }] });
    expect(server.received).toHaveLength(1);
  });

  it('hides what a server echoes', async () => {
    const { first, path } = await hook(
      ({ url, headers }) => ({
        body: JSON.stringify({ url, auth: headers.authorization, access_token: 'abc' }),
      }),
      'http_config: {authorization: {credentials: hunter2}}',
    );
    const shown = JSON.stringify(await first());
    for (const secret of [path, 'path-that-is-a-secret', 'hunter2', 'abc']) expect(shown).not.toContain(secret);
  });

  it('hides what comes from a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-trial-'));
    cleanUp.push(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'key');
    writeFileSync(file, 'deadbeef\n');
    const { first } = setUp('pagerduty', `routing_key_file: ${file}\nurl: http://pd.example/v2`);
    const { exchanges } = await first({ dryRun: true });
    expect(exchanges[0]).toMatchObject({ request: 'POST http://pd.example/v2' });
    expect(exchanges[0]?.body).toContain('"routing_key":"<secret>"');
  });

  it('leaves out who is not told of ends', async () => {
    const { first } = setUp('webhook', 'url: http://x.example/', false);
    expect(await first({ status: 'resolved' })).toMatchObject({ status: 'skipped', exchanges: [] });
  });

  it('sends mail', async () => {
    const sink = await startSmtp();
    cleanUp.push(() => sink.close());
    const yaml = `to: a@x.example\nfrom: b@x.example\nsmarthost: 127.0.0.1:${sink.port}\nrequire_tls: false`;
    const { first } = setUp('email', yaml);
    const request = 'MAIL FROM:<b@x.example> TO:<a@x.example>';
    expect(await first({ dryRun: true })).toMatchObject({ status: 'rendered', exchanges: [{ request }] });
    expect(sink.mails).toHaveLength(0);
    expect(await first()).toMatchObject({ status: 'delivered', exchanges: [{ request }] });
    expect(sink.mails[0]?.raw).toContain('[TEST]');
  });

  it('ends after a while', async () => {
    let isAsked = (): void => {};
    const asked = new Promise<void>((resolve) => (isAsked = resolve));
    const { clock, first } = await hook(() => void isAsked());
    const trial = first();
    await asked;
    await clock.advance(20_000);
    expect(await trial).toMatchObject({ status: 'failed', reason: 'contextDeadlineExceeded' });
  });

  it('is for receivers and integrations that there are', async () => {
    const { run } = await hook();
    const unknown = (message: string) => ({ kind: 'unknown', message });
    expect(await run({ receiver: 'x' })).toEqual(unknown('no receiver is called "x"; there are: team'));
    const message = 'receiver "team" has no "slack[0]"; it has: webhook[0]';
    expect(await run({ integration: 'slack[0]' })).toEqual(unknown(message));
    expect(await run({ integration: 'webhook[0]' })).toMatchObject({ kind: 'tried' });
  });

  it('waits for nobody when four are under way', async () => {
    const controller = new AbortController();
    const { run } = await hook(() => undefined);
    const four = [1, 2, 3, 4].map(() => run({ signal: controller.signal }));
    expect(await run()).toMatchObject({ kind: 'busy' });
    controller.abort();
    for (const answer of await Promise.all(four))
      expect(answer).toMatchObject({ kind: 'tried', integrations: [{ reason: 'contextCanceled' }] });
  });
});
