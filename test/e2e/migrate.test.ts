/** The way in and back, as docs/migrate.md tells it, with a real Alertmanager before and after. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  DEBIANS,
  OURS,
  type RunningProcess,
  eventually,
  freePort,
  havePrograms,
  startProcess,
  temporaryDirectory,
} from '../support/real-process.js';
import { type WebhookSink, openWebhookSink } from '../support/webhook-sink.js';

(havePrograms('prometheus-alertmanager', 'amtool') ? describe : describe.skip)('moving in and back', () => {
  const directory = temporaryDirectory();
  let sink: WebhookSink;
  let address: string;
  let running: RunningProcess | undefined;

  const start = async ([command = '', ...first]: readonly string[]): Promise<void> => {
    await running?.stop('SIGTERM');
    const flags = ['--config.file=am.yml', '--storage.path=state', '--cluster.listen-address='];
    running = startProcess(command, [...first, ...flags, `--web.listen-address=${address}`], directory);
    await eventually(async () => expect((await fetch(`http://${address}/-/ready`)).status).toBe(200));
  };
  const post = async (path: string, body: object): Promise<Response> =>
    fetch(`http://${address}/api/v2/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const fire = (alertname: string): Promise<Response> => post('alerts', [{ labels: { alertname } }]);
  const silence = (comment: string): Promise<Response> =>
    post('silences', {
      matchers: [{ name: 'alertname', value: comment, isRegex: false }],
      startsAt: '2020-01-01T00:00:00Z',
      endsAt: '2100-01-01T00:00:00Z',
      createdBy: 'test',
      comment,
    });
  const silences = async (): Promise<{ id: string; comment: string }[]> =>
    (await fetch(`http://${address}/api/v2/silences`)).json() as Promise<{ id: string; comment: string }[]>;
  const told = (): (string | undefined)[] => sink.received.map(({ body }) => body.groupLabels['alertname']);
  const amtool = (...args: string[]): string => {
    const ran = spawnSync('amtool', [`--alertmanager.url=http://${address}`, ...args], { cwd: directory });
    expect([ran.status, ran.status === 0 ? '' : ran.stderr.toString()]).toEqual([0, '']);
    return ran.stdout.toString();
  };

  beforeAll(async () => {
    sink = await openWebhookSink();
    address = `127.0.0.1:${await freePort()}`;
    writeFileSync(
      join(directory, 'am.yml'),
      `route: {receiver: hook, group_by: [alertname], group_wait: 100ms, group_interval: 500ms}
receivers: [{name: hook, webhook_configs: [{url: '${sink.url}'}]}]`,
    );
    await start(DEBIANS);
  }, 30_000);

  afterAll(async () => {
    await running?.stop('SIGKILL');
    await sink?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('loses no silence and tells nobody anew', async () => {
    await silence('before');
    await fire('Known');
    await eventually(async () => expect(told()).toEqual(['Known']));
    const before = (await silences()).map(({ id }) => id);

    await start(OURS);
    expect((await silences()).map(({ id }) => id)).toEqual(before);
    await fire('Known');
    await fire('New');
    // Both groups wait as long; the first was there before.
    await eventually(async () => expect(told()).toContain('New'));
    expect(told()).toEqual(['Known', 'New']);
  }, 60_000);

  it('goes back with a change of the program alone: every silence is there and nobody is told anew', async () => {
    await silence('meanwhile');
    const before = (await silences()).map(({ id }) => id).sort();
    await start(DEBIANS);
    expect((await silences()).map(({ id }) => id).sort()).toEqual(before);
    await fire('Known');
    await fire('New');
    await fire('Newer');
    await eventually(async () => expect(told()).toContain('Newer'));
    expect(told()).toEqual(['Known', 'New', 'Newer']);
  }, 60_000);

  it('comes in again with what Alertmanager told and got meanwhile', async () => {
    await silence('later');
    await start(OURS);
    expect((await silences()).map(({ comment }) => comment).sort()).toEqual(['before', 'later', 'meanwhile']);
    await fire('Newer');
    await fire('Newest');
    await eventually(async () => expect(told()).toContain('Newest'));
    expect(told()).toEqual(['Known', 'New', 'Newer', 'Newest']);
  }, 60_000);

  it('goes back after a crash, too, once the state was exported', async () => {
    await silence('last');
    await running?.stop('SIGKILL');
    const [command = '', ...first] = OURS;
    const args = [...first, 'state', 'export', '--storage.path=state', '--to=state'];
    const refused = spawnSync(command, args, { cwd: directory });
    expect(refused.status).toBe(1);
    expect(refused.stderr.toString()).toContain('state has silences and nflog already; --replace writes over');
    const exported = spawnSync(command, [...args, '--replace'], { cwd: directory });
    expect(exported.stderr.toString()).toBe('');
    expect(exported.stdout.toString()).toMatch(/^Wrote 4 silences and 4 log entries to /);
    await start(DEBIANS);
    expect((await silences()).map(({ comment }) => comment).sort()).toEqual(['before', 'last', 'later', 'meanwhile']);
    await fire('Newest');
    await fire('End');
    await eventually(async () => expect(told()).toContain('End'));
    expect(told()).toEqual(['Known', 'New', 'Newer', 'Newest', 'End']);
  }, 60_000);

  it('still takes an export of the silences as amtool prints it', async () => {
    writeFileSync(join(directory, 'silences.json'), amtool('silence', 'query', '-o', 'json'));
    const before = (await silences()).length;
    amtool('silence', 'import', 'silences.json');
    expect(await silences()).toHaveLength(before);
  }, 60_000);
});
