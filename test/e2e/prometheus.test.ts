/** Real Prometheus in front: a rule fires, the webhook hears of it, the rule stops, the webhook hears that too. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  OURS,
  type Router,
  type RunningProcess,
  eventually,
  freePort,
  havePrograms,
  startProcess,
  startRouter,
  temporaryDirectory,
} from '../support/real-process.js';
import { type WebhookSink, openWebhookSink } from '../support/webhook-sink.js';

const routerConfig = (sink: string): string => `
route:
  receiver: hook
  group_by: [alertname]
  group_wait: 100ms
  group_interval: 500ms
receivers:
  - name: hook
    webhook_configs:
      - url: ${sink}/hook
`;

const prometheusConfig = (router: string, target: string): string => `
global: {scrape_interval: 250ms, evaluation_interval: 250ms}
rule_files: [rules.yml]
alerting:
  alertmanagers:
    - static_configs: [{targets: ['${router}']}]
scrape_configs:
  - job_name: shop
    static_configs: [{targets: ['${target}']}]
  - job_name: tocsin
    static_configs: [{targets: ['${router}']}]
`;

const RULES = `
groups:
  - name: shop
    rules:
      - alert: QueueTooLong
        expr: queue_length > 10
        labels: {severity: critical}
        annotations: {summary: '{{ $value }} orders wait on {{ $labels.instance }}'}
`;

(havePrograms('prometheus') ? describe : describe.skip)('with Prometheus', () => {
  let sink: WebhookSink;
  let router: Router;
  let prometheus: RunningProcess;
  let shop: Server;
  let prometheusUrl: string;
  let queueLength = 0;
  const directory = temporaryDirectory();

  beforeAll(async () => {
    shop = createServer((_request: IncomingMessage, response: ServerResponse) => {
      response.setHeader('content-type', 'text/plain; version=0.0.4').end(`queue_length ${queueLength}\n`);
    });
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
    sink = await openWebhookSink();
    router = await startRouter(OURS, { config: routerConfig(sink.url) });
    const target = `127.0.0.1:${(shop.address() as AddressInfo).port}`;
    writeFileSync(join(directory, 'prometheus.yml'), prometheusConfig(router.url.slice('http://'.length), target));
    writeFileSync(join(directory, 'rules.yml'), RULES);
    prometheusUrl = `http://127.0.0.1:${await freePort()}`;
    prometheus = startProcess(
      'prometheus',
      [
        '--config.file=prometheus.yml',
        '--storage.tsdb.path=tsdb',
        '--rules.alert.resend-delay=1s',
        `--web.listen-address=${prometheusUrl.slice('http://'.length)}`,
      ],
      directory,
    );
  }, 30_000);

  afterAll(async () => {
    await Promise.all([prometheus?.stop(), router?.stop(), sink?.close()]);
    shop?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('is found as an Alertmanager', async () => {
    await eventually(async () => {
      const answer = (await (await fetch(`${prometheusUrl}/api/v1/alertmanagers`)).json()) as {
        data: { activeAlertmanagers: { url: string }[] };
      };
      expect(answer.data.activeAlertmanagers).toEqual([{ url: `${router.url}/api/v2/alerts` }]);
    });
  }, 30_000);

  it('carries an alert from the rule to the webhook and its end too', async () => {
    queueLength = 12;
    await eventually(async () => expect(sink.received).toHaveLength(1), 20);
    expect(sink.received[0]?.body).toMatchObject({
      status: 'firing',
      groupLabels: { alertname: 'QueueTooLong' },
      commonLabels: { alertname: 'QueueTooLong', severity: 'critical', job: 'shop' },
      commonAnnotations: { summary: expect.stringMatching(/^12 orders wait on 127\.0\.0\.1:/) },
      notification_reason: 'first notification',
      version: '4',
    });

    queueLength = 0;
    await eventually(async () => expect(sink.received.at(-1)?.body.status).toBe('resolved'), 20);
    expect(sink.received).toHaveLength(2);
  }, 60_000);

  it('is scraped by it', async () => {
    const ask = async (query: string): Promise<unknown[]> => {
      const answer = await fetch(`${prometheusUrl}/api/v1/query?query=${encodeURIComponent(query)}`);
      return ((await answer.json()) as { data: { result: unknown[] } }).data.result;
    };
    await eventually(async () => {
      expect(await ask('alertmanager_alerts_received_total{status="firing",version="v2"} > 0')).toHaveLength(1);
      expect(await ask('alertmanager_notifications_total{integration="webhook"} > 1')).toHaveLength(1);
      expect(await ask('alertmanager_config_last_reload_successful == 1')).toHaveLength(1);
    });
  }, 30_000);
});
