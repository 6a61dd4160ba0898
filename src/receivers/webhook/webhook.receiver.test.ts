import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from '@jest/globals';

import { type LoopbackServer, startHttp } from '../../../test/support/loopback.js';
import { VirtualClock } from '../../../test/support/virtual-clock.js';
import { DEFAULT_HTTP_CONFIG } from '../../config/http-config.js';
import { Secret } from '../../config/secret.js';
import { LabelSet } from '../../domain/labels/index.js';
import type { Notification, Outcome } from '../../domain/notify/index.js';
import { compileTemplates } from '../../domain/template/index.js';
import { Moment, duration } from '../../domain/time/index.js';
import { createHttpClientFactory } from '../../platform/http-client/index.js';
import { systemIds } from '../../platform/ids.js';
import { silentLogger } from '../../platform/log.js';
import type { WebhookSettings } from './webhook.config.js';
import { webhook } from './webhook.receiver.js';

const clock = new VirtualClock();
const compiled = compileTemplates([]);
if (!compiled.ok) throw new Error('the default templates do not compile');
const templates = compiled.value;

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

async function start(): Promise<LoopbackServer> {
  const server = await startHttp();
  cleanUp.push(() => server.close());
  return server;
}

function send(settings: Partial<WebhookSettings>, more: Partial<Notification> = {}): Promise<Outcome> {
  const http = createHttpClientFactory({ clock, ids: systemIds, version: '0.34.0', environment: {} });
  cleanUp.push(() => http.close());
  const all: WebhookSettings = {
    sendResolved: true,
    httpConfig: DEFAULT_HTTP_CONFIG,
    url: undefined,
    urlFile: undefined,
    maxAlerts: 0,
    timeout: duration(0),
    payload: undefined,
    ...settings,
  };
  const channel = webhook.build(all, { templates, http, clock, log: silentLogger });
  return channel.send({ ...notification, ...more }, new AbortController().signal);
}

const alert = (instance: string) => ({
  labels: LabelSet.fromObject({ alertname: 'Down', instance }),
  annotations: LabelSet.EMPTY,
  startsAt: Moment.of(clock.now()),
  endsAt: Moment.ZERO,
  updatedAt: clock.now(),
  generatorURL: '',
  timeout: false,
});

const notification: Notification = {
  receiver: 'r',
  groupKey: '{}:{alertname="Down"}',
  groupLabels: LabelSet.fromObject({ alertname: 'Down' }),
  routeLabels: LabelSet.EMPTY,
  reason: 'first notification',
  alerts: [alert('a'), alert('b'), alert('c')],
  flushedAt: clock.now(),
  externalURL: 'http://alerts.internal',
  data: {},
};

const at = (server: LoopbackServer, path: string): Secret => new Secret(`http://127.0.0.1:${server.port}${path}`);

function fileWith(text: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'webhook-'));
  cleanUp.push(() => rmSync(directory, { recursive: true }));
  writeFileSync(join(directory, 'url'), text);
  return join(directory, 'url');
}

describe('the URL', () => {
  it('is a template', async () => {
    const server = await start();
    expect(await send({ url: at(server, '/{{ .GroupLabels.alertname | toLower }}?n={{ len .Alerts }}') })).toEqual({
      kind: 'delivered',
    });
    expect(server.received[0]?.url).toBe('/down?n=3');
  });

  it('may stand in a file, and be a template there', async () => {
    const server = await start();
    const urlFile = fileWith(`  ${at(server, '/{{ .Status }}').reveal()}\n`);
    expect(await send({ urlFile })).toEqual({ kind: 'delivered' });
    expect(server.received[0]?.url).toBe('/firing');
  });

  it.each<[string, Partial<WebhookSettings>, string]>([
    ['fails as a template', { url: new Secret('{{ .Nope }}') }, 'failed to template webhook URL: template: '],
    ['is empty in the end', { url: new Secret('{{ "" }}') }, 'webhook URL is empty after templating'],
    ['cannot be read', { urlFile: '/nowhere/url' }, 'read url_file: open /nowhere/url: no such file or directory'],
  ])('that %s ends the notification', async (_name, settings, message) => {
    const outcome = await send(settings);
    expect(outcome).toMatchObject({ kind: 'rejected', reason: 'other', message: expect.stringContaining(message) });
  });

  it('that is none is a network error, like any other', async () => {
    expect(await send({ url: new Secret('{{ "nothing" }}') })).toEqual({
      kind: 'retry',
      reason: 'other',
      message: 'Post "<redacted>": unsupported protocol scheme ""',
    });
  });
});

describe('the body', () => {
  const bodyOf = async (settings: Partial<WebhookSettings>): Promise<string | undefined> => {
    const server = await start();
    await send({ url: at(server, '/'), ...settings });
    expect(server.received[0]?.headers['content-type']).toBe('application/json');
    return server.received[0]?.body;
  };

  it.each([
    [0, 3, 0],
    [2, 2, 1],
    [3, 3, 0],
    [4, 3, 0],
  ])('with max_alerts %d holds %d and leaves out %d', async (maxAlerts, held, truncatedAlerts) => {
    const body = JSON.parse((await bodyOf({ maxAlerts })) ?? '') as { alerts: unknown[] };
    expect(body.alerts).toHaveLength(held);
    expect(body).toMatchObject({ truncatedAlerts, version: '4', notification_reason: 'first notification' });
  });

  it.each<[string, unknown, string]>([
    [
      'a map',
      new Map<unknown, unknown>([
        ['b', '{{ .Status }}'],
        ['a', new Map([['n', '{{ len .Alerts }}']])],
        [1, 'x'],
      ]),
      '{"a":{"n":3},"b":"firing"}\n',
    ],
    ['a list', ['{{ .Status }}', 1, null], '["firing",1,null]\n'],
    ['one text', '{{ .CommonLabels | toJson }}', '{"alertname":"Down"}\n'],
    ['a text like YAML', 'value1: value2: x', '"value1: value2: x"\n'],
  ])('may be of one’s own: %s', async (_name, payload, body) => {
    expect(await bodyOf({ payload })).toBe(body);
  });

  it('of one’s own counts the alerts that are left', async () => {
    expect(await bodyOf({ payload: '{{ len .Alerts }}', maxAlerts: 1 })).toBe('1\n');
  });

  it.each<[unknown, string]>([
    ['{{ .Nope }}', 'failed to render custom payload: template: '],
    [new Map([['{{', 1]]), 'failed to render custom payload: template: '],
    ['.nan', 'failed to render custom payload: json: unsupported value: NaN'],
  ])('of one’s own that cannot be made ends the notification (%#)', async (payload, message) => {
    const outcome = await send({ url: new Secret('http://127.0.0.1:1/'), payload });
    expect(outcome).toMatchObject({ kind: 'rejected', message: expect.stringContaining(message) });
  });
});
