import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';

import type { Answer, Reply } from '../../../test/support/loopback.js';
import { ReceiverBench, describeGoldens } from '../../../test/support/receiver-bench.js';
import { duration } from '../../domain/time/index.js';
import { wechat } from './wechat.receiver.js';

describeGoldens(wechat, new URL('./golden/', import.meta.url));

const directory = mkdtempSync(join(tmpdir(), 'wechat-'));
afterAll(() => rmSync(directory, { recursive: true }));

const API = 'api_url: https://qyapi.weixin.qq.com/cgi-bin/\napi_secret: api-s3cret\ncorp_id: ww1\n';
const TOKEN: Reply = { body: '{"errcode":0,"access_token":"t0ken-1","expires_in":7200}' };
const SENT: Reply = { body: '{"errcode":0,"errmsg":"ok"}' };

/** One answer for those who want a token, one for those who send. */
const answering =
  (forToken: Reply, forMessage: Reply = SENT): Answer =>
  ({ url }) =>
    url.includes('/gettoken') ? forToken : forMessage;
const methodsOf = (requests: readonly string[]): string[] => requests.map((request) => request.split(' ', 1)[0] ?? '');

describe('an answer to a message', () => {
  it.each<[string, Reply, object]>([
    ['all is well', SENT, { kind: 'delivered' }],
    ['no code', { body: '{}' }, { kind: 'delivered' }],
    [
      'an error',
      { body: '{"errcode":81013,"errmsg":"user & party & tag all invalid"}' },
      { kind: 'rejected', reason: 'other', message: 'user & party & tag all invalid' },
    ],
    ['busy', { body: '{"errcode":-1,"errmsg":"system busy"}' }, { kind: 'retry', message: 'system busy' }],
    ['too many', { body: '{"errcode":45009,"errmsg":"limit"}' }, { kind: 'rejected', reason: 'rateLimited' }],
    ['no JSON', { body: '<html>' }, { kind: 'retry', message: 'could not read the answer: <html>' }],
    ['another success', { ...SENT, status: 201 }, { kind: 'retry', message: 'unexpected status code 201' }],
    [
      'a status',
      { status: 403, body: 'words' },
      { kind: 'retry', reason: 'authError', message: 'unexpected status code 403' },
    ],
  ])('%s', async (_name, reply, outcome) => {
    const sent = await new ReceiverBench(wechat).send(API, { answer: answering(TOKEN, reply) });
    expect(sent.outcome).toMatchObject(outcome);
  });
});

describe('the token', () => {
  it.each<[string, Reply, object]>([
    [
      'is not given',
      { body: '{"errcode":40001,"errmsg":"invalid credential"}' },
      { kind: 'rejected', message: 'invalid APISecret for CorpID: ww1: invalid credential (40001)' },
    ],
    ['is empty', { body: '{}' }, { kind: 'rejected', message: 'invalid APISecret for CorpID: ww1' }],
    [
      'is no JSON',
      { body: 'oops' },
      { kind: 'rejected', message: "invalid character 'o' looking for beginning of value" },
    ],
    ['is wanted of a busy server', { body: '{"errcode":-1,"errmsg":"busy"}' }, { kind: 'retry' }],
    ['is wanted of an ill server', { status: 502 }, { kind: 'retry', reason: 'serverError' }],
  ])('%s', async (_name, reply, outcome) => {
    const sent = await new ReceiverBench(wechat).send(API, { answer: answering(reply) });
    expect(sent.outcome).toMatchObject(outcome);
    expect(methodsOf(sent.requests)).toEqual(['GET']);
  });

  it.each([
    [7200, 7200],
    [7201, 7200],
    [600, 600],
  ])('that is good for %d seconds is kept for %d', async (expiresIn, kept) => {
    const bench = new ReceiverBench(wechat);
    const answer = answering({ body: `{"access_token":"a-token","expires_in":${expiresIn}}` });
    expect(methodsOf((await bench.send(API, { answer })).requests)).toEqual(['GET', 'POST']);
    await bench.clock.advance(duration(kept * 1000));
    expect(methodsOf((await bench.send(API, { answer })).requests)).toEqual(['POST']);
    await bench.clock.advance(duration(1));
    expect(methodsOf((await bench.send(API, { answer })).requests)).toEqual(['GET', 'POST']);
  });

  it.each([40001, 40014, 41001, 42001])('that is refused (%d) is fetched anew', async (errcode) => {
    const bench = new ReceiverBench(wechat);
    const refusal = { body: `{"errcode":${errcode},"errmsg":"refused"}` };
    const first = await bench.send(API, { answer: answering(TOKEN, refusal) });
    expect(first.outcome).toEqual({ kind: 'retry', reason: 'other', message: 'refused' });
    expect(methodsOf((await bench.send(API, { answer: answering(TOKEN) })).requests)).toEqual(['GET', 'POST']);
  });
});

describe('the secret', () => {
  it('may stand in a file, and be a template there', async () => {
    writeFileSync(join(directory, 'secret'), ' filed-{{ .Status }}\n');
    const yaml = `${API.replace(/api_secret.*\n/, '')}api_secret_file: ${directory}/secret`;
    const { requests } = await new ReceiverBench(wechat).send(yaml, { answer: answering(TOKEN) });
    expect(requests[0]?.split('\n', 1)[0]).toMatch(/gettoken\?corpid=ww1&corpsecret=filed-firing$/);
  });

  it('that cannot be read ends the notification', async () => {
    const yaml = `${API.replace(/api_secret.*\n/, '')}api_secret_file: /nowhere/secret`;
    const { outcome } = await new ReceiverBench(wechat).send(yaml);
    const message = 'open /nowhere/secret: no such file or directory';
    expect(outcome).toEqual({ kind: 'rejected', reason: 'other', message });
  });

  it('and the token are not shown when the server repeats them', async () => {
    const echo: Answer = ({ url }) => ({ body: `no ${url}` });
    const bench = new ReceiverBench(wechat);
    expect(JSON.stringify((await bench.send(API, { answer: echo })).outcome)).not.toContain('s3cret');
    await bench.send(API, { answer: answering(TOKEN) });
    const { outcome } = await bench.send(API, { answer: echo });
    expect(outcome).toMatchObject({ message: expect.stringMatching(/access_token=<secret>$/) });
  });
});

it.each(['message', 'to_user', 'corp_id'])('a %s that cannot be rendered ends the notification', async (field) => {
  const yaml = `${API.replace(/corp_id.*\n/, '')}${field === 'corp_id' ? '' : 'corp_id: a\n'}${field}: '{{ .Nope }}'`;
  const { outcome, requests } = await new ReceiverBench(wechat).send(yaml);
  const message = expect.stringMatching(/^templating error: template: /);
  expect(outcome).toMatchObject({ kind: 'rejected', reason: 'other', message });
  expect(requests).toEqual([]);
});
