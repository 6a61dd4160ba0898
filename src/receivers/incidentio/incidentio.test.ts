import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';

import type { Reply } from '../../../test/support/loopback.js';
import { ReceiverBench, describeGoldens } from '../../../test/support/receiver-bench.js';
import type { Alert } from '../../domain/alert/index.js';
import { incidentio } from './incidentio.receiver.js';

describeGoldens(incidentio, new URL('./golden/', import.meta.url));

const directory = mkdtempSync(join(tmpdir(), 'incidentio-'));
afterAll(() => rmSync(directory, { recursive: true }));

const SOURCE = 'url: https://api.incident.io/v2/alert_events/alertmanager/1\nalert_source_token: token\n';

describe('an answer', () => {
  it.each<[string, Reply, object]>([
    ['a message', { status: 400, body: '{"message":"no"}' }, { kind: 'rejected', message: ': no' }],
    ['errors', { status: 422, body: '{"errors":["a","b"]}' }, { kind: 'rejected', message: ': a, b' }],
    ['an error', { status: 404, body: '{"error":"gone"}' }, { kind: 'rejected', message: ': gone' }],
    [
      'all of them',
      { status: 400, body: '{"error":"e","errors":["a"],"message":"m"}' },
      { kind: 'rejected', message: ': m: e: a' },
    ],
    ['no JSON', { status: 502, body: '<html>' }, { kind: 'retry', message: '' }],
    ['nothing', { status: 400 }, { kind: 'rejected', message: '' }],
    ['too many', { status: 429, body: '{"message":"slow"}' }, { kind: 'retry', message: ': slow' }],
  ])('%s', async (_name, reply, { kind, message }: { kind?: string; message?: string }) => {
    const { outcome } = await new ReceiverBench(incidentio).send(SOURCE, { answer: () => reply });
    expect(outcome).toMatchObject({ kind, message: `unexpected status code ${reply.status}${message}` });
  });
});

describe('a group beyond 512 KiB', () => {
  const withSource =
    (bytes: number) =>
    (alert: Alert): Alert => ({ ...alert, generatorURL: 'é'.repeat(bytes / 2) });

  it('is sent with its first alert, the rest as it was', async () => {
    const { requests, log } = await new ReceiverBench(incidentio).send(SOURCE, {
      change: withSource(300_000),
    });
    const body = JSON.parse(requests[0]?.split('\n').at(-2) ?? '') as Record<string, unknown>;
    expect(body).toMatchObject({ status: 'firing', truncatedAlerts: 0, version: '1' });
    expect(body['alerts']).toMatchObject([{ labels: { instance: 'web-1' } }]);
    expect(log).toMatch(
      /level=WARN msg="Truncated alert content .*" .*original_size=\d+ final_size=\d+ max_size=524288/,
    );
  });

  it('is sent although it is still too large then', async () => {
    const { outcome, log } = await new ReceiverBench(incidentio).send(SOURCE, {
      change: withSource(600_000),
    });
    expect(outcome).toEqual({ kind: 'delivered' });
    expect(log).toMatch(/level=ERROR msg="Truncated alert content .*, but still exceeds limit"/);
  });
});

describe('values from files', () => {
  it('are the token, read when it is built, and the URL, read for each notification', async () => {
    writeFileSync(join(directory, 'token'), ' filed-token\n');
    writeFileSync(join(directory, 'url'), 'https://api.incident.io/v2/0123456789abcdef\n');
    const yaml = `url_file: ${directory}/url\nalert_source_token_file: ${directory}/token`;
    const answer = ({ url, headers }: { url: string; headers: object }): Reply => ({
      status: 400,
      body: JSON.stringify({ message: `${url} ${JSON.stringify(headers)}` }),
    });
    const { outcome, requests } = await new ReceiverBench(incidentio).send(yaml, { answer });
    expect(requests[0]).toMatch(/^POST https:\/\/api\.incident\.io\/v2\/0123456789abcdef\nauthorization: Bearer filed/);
    expect(JSON.stringify(outcome)).not.toMatch(/filed-token|0123456789abcdef/);
  });

  it('that are not there: the integration cannot be built, or the notification ends', async () => {
    const build = () => new ReceiverBench(incidentio).build('url: http://a\nalert_source_token_file: /nowhere/t', 1);
    expect(build).toThrow('failed to read alert_source_token_file: open /nowhere/t: no such file or directory');
    const { outcome } = await new ReceiverBench(incidentio).send('url_file: /nowhere/url\nalert_source_token: t');
    const message = 'read url_file: open /nowhere/url: no such file or directory';
    expect(outcome).toEqual({ kind: 'rejected', reason: 'other', message });
  });
});
