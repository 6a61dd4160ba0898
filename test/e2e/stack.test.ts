/**
 * The whole stack of docker-compose.yml with real programs and the files that are mounted there: an exporter and the
 * Pushgateway, Prometheus with rules, TLS and basic auth on the way to the router, which it finds in three ways, and
 * notifications by four channels.
 */
import { hashSync } from '@node-rs/bcrypt';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

import { type ComposeService, mountedFile, readCompose } from '../support/compose.js';
import { tlsFile } from '../support/loopback.js';
import {
  OURS,
  type RunningProcess,
  eventually,
  freePort,
  havePrograms,
  startProcess,
  temporaryDirectory,
} from '../support/real-process.js';
import { type SmtpSink, startSmtp } from '../support/smtp-sink.js';
import { type WebhookSink, openWebhookSink } from '../support/webhook-sink.js';

const webConfig = `
tls_server_config: {cert_file: ${tlsFile('server.pem')}, key_file: ${tlsFile('server.key')}}
basic_auth_users: {prometheus: '${hashSync('open sesame', 4)}'}
`;

interface Ports {
  readonly router: number;
  readonly exporter: number;
  readonly gateway: number;
  readonly prometheus: number;
}

const compose = readCompose();
const read = (service: string, path: string): string =>
  readFileSync(mountedFile(compose.services[service] as ComposeService, path), 'utf8');

/** Compose's router, in quick time, and with the channels for which compose has no receiver. */
function routerConfig(sink: string, mailPort: number): string {
  const config = parse(read('tocsin', '/etc/alertmanager/alertmanager.yml')) as {
    global: object;
    route: object;
    receivers: [object];
  };
  Object.assign(config.global, { smtp_smarthost: `127.0.0.1:${mailPort}` });
  Object.assign(config.route, { group_wait: '100ms', group_interval: '500ms' });
  Object.assign(config.receivers[0], {
    webhook_configs: [{ url: `${sink}/webhook` }],
    slack_configs: [{ api_url: `${sink}/slack`, channel: '#ops', send_resolved: true }],
    pagerduty_configs: [{ url: `${sink}/pagerduty`, routing_key: 'key' }],
  });
  return stringify(config);
}

interface Job {
  readonly job_name: string;
  readonly static_configs: readonly [{ targets: readonly string[] }];
}

/**
 * Compose's Prometheus, in quick time. Its services are on loopback here, and the way to the router has TLS and a password,
 * for which compose has no certificates; the router is found in two more ways.
 */
function prometheusConfig({ router, exporter, gateway, prometheus }: Ports): string {
  const access = {
    scheme: 'https',
    basic_auth: { username: 'prometheus', password: 'open sesame' },
    tls_config: { ca_file: tlsFile('ca.pem') },
  };
  const addresses = new Map([
    ['tocsin:9093', router],
    ['node-exporter:9100', exporter],
    ['pushgateway:9091', gateway],
    ['localhost:9090', prometheus],
  ]);
  const text = read('prometheus', '/etc/prometheus/prometheus.yml').replaceAll(
    /[a-z-]+:\d{4}\b/g,
    (address) => `127.0.0.1:${addresses.get(address)}`,
  );
  const config = parse(text) as { global: object; alerting: { alertmanagers: object[] }; scrape_configs: Job[] };
  Object.assign(config.global, { scrape_interval: '500ms', evaluation_interval: '500ms' });
  const { scheme, ...credentials } = access;
  const sd = { url: `https://127.0.0.1:${router}/api/ext/v1/sd`, refresh_interval: '1s', ...credentials };
  config.alerting.alertmanagers.push({ file_sd_configs: [{ files: ['routers.json'] }] }, { http_sd_configs: [sd] });
  for (const found of config.alerting.alertmanagers) Object.assign(found, access);
  for (const job of config.scrape_configs) if (job.job_name === 'tocsin') Object.assign(job, credentials, { scheme });
  return stringify(config);
}

/** Nobody waits five minutes for a disk to fill up. */
const quickRules = (): string => read('prometheus', '/etc/prometheus/rules.yml').replaceAll('for: 5m', 'for: 0s');

const programs = ['prometheus', 'prometheus-node-exporter', 'prometheus-pushgateway'] as const;

(havePrograms(...programs) ? describe : describe.skip)('the whole stack', () => {
  const directory = temporaryDirectory();
  const running: RunningProcess[] = [];
  let ports: Ports;
  let sink: WebhookSink;
  let mail: SmtpSink;

  const start = (command: string, ...args: string[]): void => void running.push(startProcess(command, args, directory));
  /** A disk as the exporter measures them. Whole or not at all, as those who write for it are told to. */
  const measureDisk = (free: number): void => {
    const labels = '{mountpoint="/srv",fstype="ext4",device="/dev/sdz"}';
    const lines = [`node_filesystem_avail_bytes${labels} ${free}`, `node_filesystem_size_bytes${labels} 1`, ''];
    writeFileSync(join(directory, 'text', 'disk.part'), lines.join('\n'));
    renameSync(join(directory, 'text', 'disk.part'), join(directory, 'text', 'disk.prom'));
  };
  const pushJob = async (success: number): Promise<void> =>
    eventually(async () => {
      const url = `http://127.0.0.1:${ports.gateway}/metrics/job/backup/instance/db-1`;
      const { ok } = await fetch(url, { method: 'PUT', body: `batch_job_success ${success}\n` });
      expect(ok).toBe(true);
    });
  const prometheus = async (path: string): Promise<Record<string, unknown>> => {
    const answer = await fetch(`http://127.0.0.1:${ports.prometheus}/api/v1/${path}`);
    return ((await answer.json()) as { data: Record<string, unknown> }).data;
  };
  const sentTo = (path: string): readonly string[] =>
    sink.received.filter((request) => request.path === path).map(({ text }) => text);

  beforeAll(async () => {
    sink = await openWebhookSink();
    sink.answer = ({ path }, response) => void response.writeHead(path === '/pagerduty' ? 202 : 200).end('ok');
    mail = await startSmtp();
    ports = {
      router: await freePort(),
      exporter: await freePort(),
      gateway: await freePort(),
      prometheus: await freePort(),
    };
    const write = (name: string, text: string): void => writeFileSync(join(directory, name), text);
    mkdirSync(join(directory, 'text'));
    measureDisk(0.05);
    write('web.yml', webConfig);
    write('alertmanager.yml', routerConfig(sink.url, mail.port));
    write('prometheus.yml', prometheusConfig(ports));
    write('rules.yml', quickRules());
    write('tocsin.rules.yml', read('prometheus', '/etc/prometheus/tocsin.rules.yml'));
    write('routers.json', JSON.stringify([{ targets: [`127.0.0.1:${ports.router}`] }]));
    const [command = '', ...first] = OURS;
    start(
      command,
      ...first,
      '--config.file=alertmanager.yml',
      '--storage.path=state',
      '--web.config.file=web.yml',
      '--cluster.listen-address=',
      `--web.listen-address=127.0.0.1:${ports.router}`,
      `--web.external-url=https://127.0.0.1:${ports.router}`,
    );
    start(
      'prometheus-node-exporter',
      '--collector.disable-defaults',
      '--collector.textfile',
      '--collector.textfile.directory=text',
      `--web.listen-address=127.0.0.1:${ports.exporter}`,
    );
    start('prometheus-pushgateway', `--web.listen-address=127.0.0.1:${ports.gateway}`);
    await pushJob(0);
    start(
      'prometheus',
      '--config.file=prometheus.yml',
      '--storage.tsdb.path=tsdb',
      '--rules.alert.resend-delay=1s',
      `--web.listen-address=127.0.0.1:${ports.prometheus}`,
    );
  }, 30_000);

  afterAll(async () => {
    await Promise.all(running.map((each) => each.stop('SIGKILL')));
    await Promise.all([sink?.close(), mail?.close()]);
    rmSync(directory, { recursive: true, force: true });
  });

  it('finds the router by static configuration, by file and by asking it', async () => {
    const url = `https://127.0.0.1:${ports.router}/api/v2/alerts`;
    await eventually(async () => {
      expect((await prometheus('alertmanagers'))['activeAlertmanagers']).toEqual([{ url }, { url }, { url }]);
    }, 20);
  }, 30_000);

  it('scrapes the router by TLS with a password', async () => {
    await eventually(async () => {
      const { result } = await prometheus(`query?query=${encodeURIComponent('up{job="tocsin"} == 1')}`);
      expect(result).toHaveLength(1);
    }, 20);
  }, 30_000);

  it('tells all channels about machine and batch job, with the labels that these were given', async () => {
    await eventually(async () => {
      for (const name of ['DiskFillsUp', 'BatchJobFailed'])
        expect(sink.received.map(({ path, body }) => [path, body.commonLabels?.['alertname']])).toContainEqual([
          '/webhook',
          name,
        ]);
      for (const [path, most] of [
        ['/slack', 2],
        ['/pagerduty', 2],
      ] as const)
        expect(sentTo(path).length).toBeGreaterThanOrEqual(most);
      expect(mail.mails.length).toBeGreaterThanOrEqual(2);
    }, 20);
    const labels = sink.received.filter(({ path }) => path === '/webhook').map(({ body }) => body.commonLabels);
    expect(labels).toContainEqual(expect.objectContaining({ job: 'node', mountpoint: '/srv' }));
    // Without honor_labels these would be the Pushgateway's own.
    expect(labels).toContainEqual({
      alertname: 'BatchJobFailed',
      job: 'backup',
      instance: 'db-1',
      severity: 'warning',
    });
    expect(sentTo('/slack').join()).toContain('DiskFillsUp');
    expect(sentTo('/pagerduty').join()).toContain('"event_action":"trigger"');
    expect(mail.mails.map(({ to }) => to)).toContainEqual(['on-call@example.org']);
    expect(mail.mails.map(({ raw }) => raw).join()).toMatch(/^Subject: .*FIRING/m);
  }, 30_000);

  it('tells all channels that both are over', async () => {
    measureDisk(0.5);
    await pushJob(1);
    await eventually(async () => {
      const resolved = sink.received.filter(({ path, body }) => path === '/webhook' && body.status === 'resolved');
      expect(new Set(resolved.map(({ body }) => body.groupLabels['alertname'])).size).toBe(2);
      expect(sentTo('/slack').filter((text) => text.includes('RESOLVED'))).toHaveLength(2);
      expect(sentTo('/pagerduty').filter((text) => text.includes('"event_action":"resolve"'))).toHaveLength(2);
      expect(mail.mails.filter(({ raw }) => /^Subject: .*RESOLVED/m.test(raw))).toHaveLength(2);
    }, 20);
  }, 30_000);
});
