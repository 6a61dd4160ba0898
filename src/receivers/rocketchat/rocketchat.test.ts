import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';

import type { Received, Reply } from '../../../test/support/loopback.js';
import { ReceiverBench, describeGoldens } from '../../../test/support/receiver-bench.js';
import { rocketchat } from './rocketchat.receiver.js';

describeGoldens(rocketchat, new URL('./golden/', import.meta.url));

const directory = mkdtempSync(join(tmpdir(), 'rocketchat-'));
afterAll(() => rmSync(directory, { recursive: true }));

const CHAT = "api_url: https://chat.example.org\nchannel: '#a'\ntoken: t0ken\ntoken_id: us3r\n";

describe('an answer', () => {
  const clientError = (message: string) => ({ reason: 'clientError', message: `channel "#a": ${message}` });

  it.each<[string, Reply, object]>([
    ['success', { body: '{"success":true,"ts":1}' }, { kind: 'delivered' }],
    [
      'no success',
      { body: '{"success":false,"error":"[invalid-channel]"}' },
      { kind: 'rejected', ...clientError('error response from Rocketchat: [invalid-channel]') },
    ],
    ['nothing in it', { body: '{}' }, { kind: 'rejected', ...clientError('error response from Rocketchat: ') }],
    ['no JSON', { body: 'ok' }, { kind: 'retry', ...clientError('could not unmarshal JSON response "ok"') }],
    ['another shape', { body: '[]' }, { kind: 'retry', ...clientError('could not unmarshal JSON response "[]"') }],
    ['a status', { status: 401, body: 'no' }, { message: 'channel "#a": unexpected status code 401: no' }],
  ])('%s', async (_name, reply, outcome) => {
    expect((await new ReceiverBench(rocketchat).send(CHAT, { answer: () => reply })).outcome).toMatchObject(outcome);
  });
});

describe('token and user id', () => {
  const sentBy = async (yaml: string): Promise<Received | undefined> => {
    let received: Received | undefined;
    await new ReceiverBench(rocketchat).send(yaml, { answer: (one) => ((received = one), {}) });
    return received;
  };

  it('are headers of their own', async () => {
    expect((await sentBy(CHAT))?.headers).toMatchObject({ 'x-auth-token': 't0ken', 'x-user-id': 'us3r' });
  });

  it('may stand in files, read when it is built, and are not shown', async () => {
    writeFileSync(join(directory, 'token'), ' filed-token\n');
    writeFileSync(join(directory, 'id'), 'filed-id\n');
    const yaml = `api_url: https://a\ntoken_file: ${directory}/token\ntoken_id_file: ${directory}/id`;
    expect((await sentBy(yaml))?.headers).toMatchObject({ 'x-auth-token': 'filed-token', 'x-user-id': 'filed-id' });
    const answer = ({ rawHeaders }: Received): Reply => ({ status: 400, body: rawHeaders.join() });
    const { outcome } = await new ReceiverBench(rocketchat).send(yaml, { answer });
    expect(JSON.stringify(outcome)).toMatch(/X-Auth-Token,<secret>,X-User-Id,<secret>/);
  });

  it('that cannot be read are found out when it is built', () => {
    const build = () => new ReceiverBench(rocketchat).build('token: a\ntoken_id_file: /nowhere/id', 1);
    expect(build).toThrow('could not read /nowhere/id: open /nowhere/id: no such file or directory');
  });
});

it.each(['title', 'text', 'channel'])('a %s that cannot be rendered ends the notification', async (field) => {
  const yaml = `api_url: https://a\ntoken: a\ntoken_id: b\n${field}: '{{ .Nope }}'`;
  const { outcome, requests } = await new ReceiverBench(rocketchat).send(yaml);
  expect(outcome).toMatchObject({ kind: 'rejected', reason: 'other', message: expect.stringMatching(/^template: /) });
  expect(requests).toEqual([]);
});
