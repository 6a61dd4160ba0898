/**
 * The contract of Alertmanager's image with the Prometheus operator: its arguments as it writes them, its folders, its probes,
 * and the reloader beside it that swaps the file and posts to /-/reload. Paths are below a folder of the test, the root of a
 * pod.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import {
  OURS,
  PROJECT,
  type RunningProcess,
  eventually,
  freePort,
  startProcess,
  temporaryDirectory,
} from '../support/real-process.js';
import { type WebhookSink, openWebhookSink } from '../support/webhook-sink.js';

const PREFIX = '/monitoring/am';

describe('under the Prometheus operator', () => {
  const pod = temporaryDirectory();
  const inPod = (path: string): string => join(pod, path);
  const config = inPod('/etc/alertmanager/config_out/alertmanager.env.yaml');
  let sink: WebhookSink;
  let port: number;
  let router: RunningProcess;
  const ask = async (path: string, init?: RequestInit): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}${PREFIX}${path}`, init);

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.tmp`, text);
    renameSync(`${path}.tmp`, path);
  };
  const configFor = (receiver: string): string =>
    JSON.stringify({
      route: { receiver, group_by: ['namespace'], group_wait: '100ms', group_interval: '5m' },
      receivers: [{ name: receiver, webhook_configs: [{ url: `${sink.url}/${receiver}` }] }],
      templates: [],
    });

  /** Three replicas, a start delay from minReadySeconds, and the web configuration that is always mounted. */
  const operatorArgs = (): readonly string[] => [
    `--config.file=${config}`,
    `--storage.path=${inPod('/alertmanager')}`,
    '--data.retention=120h',
    '--cluster.listen-address=[127.0.0.1]:9094',
    `--web.listen-address=:${port}`,
    `--web.external-url=https://alerts.example.org${PREFIX}`,
    `--web.route-prefix=${PREFIX}`,
    '--dispatch.start-delay=0s',
    '--cluster.label=monitoring/main',
    '--cluster.peer=alertmanager-main-0.alertmanager-operated:9094',
    '--cluster.peer=alertmanager-main-1.alertmanager-operated:9094',
    '--cluster.peer=alertmanager-main-2.alertmanager-operated:9094',
    '--cluster.reconnect-timeout=5m',
    `--web.config.file=${inPod('/etc/alertmanager/web_config/web-config.yaml')}`,
  ];

  beforeAll(async () => {
    sink = await openWebhookSink();
    port = await freePort();
    for (const folder of ['/alertmanager', '/bin']) mkdirSync(inPod(folder));
    write(inPod('/etc/alertmanager/web_config/web-config.yaml'), '');
    write(config, configFor('first'));
    const [command = '', ...first] = OURS;
    router = startProcess(command, [...first, ...operatorArgs()], '/', { POD_IP: '127.0.0.1', HOME: '/' });
  });
  afterAll(async () => {
    await router?.stop('SIGKILL');
    await sink?.close();
    rmSync(pod, { recursive: true, force: true });
  });

  it('passes both probes below its prefix', async () => {
    await eventually(async () => expect((await ask('/-/ready')).status).toBe(200));
    expect((await ask('/-/healthy')).status).toBe(200);
  }, 30_000);

  it('says what of a cluster it is, and that it does not gossip', async () => {
    const { cluster } = (await (await ask('/api/v2/status')).json()) as {
      cluster: { status: string; peers: object[] };
    };
    expect([cluster.status, cluster.peers.length]).toEqual(['ready', 1]);
    expect(router.output()).toContain('--cluster.peer has no effect');
  });

  it('runs with the file that the reloader puts there, and keeps the old one when it is wrong', async () => {
    write(config, configFor('second'));
    expect((await ask('/-/reload', { method: 'POST' })).status).toBe(200);
    write(config, 'route: {receiver: nobody}');
    expect((await ask('/-/reload', { method: 'POST' })).status).toBe(500);
    const body = JSON.stringify([{ labels: { alertname: 'Watchdog', namespace: 'monitoring' } }]);
    const posted = await ask('/api/v2/alerts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(posted.status).toBe(200);
    await eventually(async () => expect(sink.received.map(({ path }) => path)).toEqual(['/second']));
  }, 30_000);

  it('ends in good time and order when the pod does', async () => {
    expect(await router.stop('SIGTERM')).toBe(0);
  }, 30_000);

  it.each([
    ['tocsin', /^tocsin, version /],
    ['alertmanager', /^tocsin, version /],
    ['amtool', /^amtool, version 0\.34\.\d+ /],
  ])('answers to the name /bin/%s, as in the image', (name, version) => {
    const program = inPod(`bin/${name}`);
    symlinkSync(join(PROJECT, 'dist', 'main.js'), program);
    const { stdout } = spawnSync(process.execPath, [program, '--version'], { encoding: 'utf8' });
    expect(stdout).toMatch(version);
  });
});
