import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';

import type { Reply } from '../../../test/support/loopback.js';
import { ReceiverBench, describeGoldens } from '../../../test/support/receiver-bench.js';
import { slack } from './slack.receiver.js';

describeGoldens(slack, new URL('./golden/', import.meta.url));

const directory = mkdtempSync(join(tmpdir(), 'slack-'));
afterAll(() => rmSync(directory, { recursive: true }));

const WEBHOOK = 'channel: "#a"\napi_url: https://hooks.slack.com/services/T0/B0/key\n';
const API = `channel: "#a"
api_url: https://slack.com/api/chat.postMessage
http_config: { authorization: { credentials: xoxb-token } }
update_message: true
`;
const PLACE = { threadTs: '15.2', channelId: 'C1' };
const json = (body: object, more: Reply = {}): Reply => ({
  headers: { 'Content-Type': 'application/json; charset=utf-8', ...more.headers },
  body: JSON.stringify(body),
  ...(more.status ? { status: more.status } : {}),
});

describe('an answer', () => {
  const rejectedFor = (message: string) => ({ kind: 'rejected', reason: 'clientError', message });
  const limited = (message: string, more: object = {}) => ({ kind: 'retry', reason: 'rateLimited', message, ...more });

  it.each<[string, Reply, object]>([
    ['ok', { body: 'ok' }, { kind: 'delivered' }],
    ['ok and more', { body: 'ok\n' }, rejectedFor('channel "#a": received an error response from Slack: ok\n')],
    ['text', { body: 'no_text' }, rejectedFor('channel "#a": received an error response from Slack: no_text')],
    ['JSON that is ok', json({ ok: true }), { kind: 'delivered' }],
    [
      'JSON that is not',
      json({ ok: false, error: 'bad' }),
      rejectedFor('channel "#a": error response from Slack: bad'),
    ],
    [
      'JSON that is none',
      { headers: { 'Content-Type': 'application/json' }, body: 'not' },
      { kind: 'retry', reason: 'clientError', message: 'channel "#a": could not unmarshal JSON response "not"' },
    ],
    [
      'JSON of another shape',
      json([]),
      { kind: 'retry', reason: 'clientError', message: 'channel "#a": could not unmarshal JSON response "[]"' },
    ],
    ['JSON with members of other types', json({ ok: 'true' }), { kind: 'retry', reason: 'clientError' }],
    [
      'a status',
      { status: 404, body: 'no_service' },
      rejectedFor('channel "#a": unexpected status code 404: no_service'),
    ],
    [
      'too many requests, without a word of when',
      { status: 429 },
      { kind: 'rejected', reason: 'rateLimited', message: 'channel "#a": unexpected status code 429' },
    ],
    [
      'too many requests, with a header',
      { status: 429, headers: { 'Retry-After': '30' } },
      limited('channel "#a": unexpected status code 429', { retryAfterMs: 30_000 }),
    ],
    [
      'too many requests, with the pause in the body',
      json({ ok: false, error: 'rate_limited', retry_after: 2 }, { status: 429 }),
      { kind: 'retry', reason: 'rateLimited', retryAfterMs: 2000 },
    ],
    [
      'rate limited, said with a success',
      json({ ok: false, error: 'ratelimited' }, { headers: { 'Retry-After': '5' } }),
      limited('channel "#a": error response from Slack: ratelimited', { retryAfterMs: 5000 }),
    ],
    ['rate limited, as text', { body: 'rate_limited' }, { kind: 'retry', reason: 'rateLimited' }],
  ])('%s', async (_name, reply, outcome) => {
    expect((await new ReceiverBench(slack).send(WEBHOOK, { answer: () => reply })).outcome).toMatchObject(outcome);
  });

  it('tells where the message is, for those who want to change it', async () => {
    const answer = () => json({ ok: true, ts: '15.2', channel: 'C1' });
    expect((await new ReceiverBench(slack).send(API, { answer })).outcome).toEqual({ kind: 'delivered', data: PLACE });
    expect((await new ReceiverBench(slack).send(WEBHOOK, { answer })).outcome).toEqual({ kind: 'delivered' });
  });
});

describe('a message to change', () => {
  it.each(['message_not_found', 'cant_update_message', 'edit_window_closed'])('is posted anew: %s', async (error) => {
    const answers = [json({ ok: false, error }), json({ ok: true, ts: '16.0', channel: 'C1' })];
    const sent = await new ReceiverBench(slack).send(API, { data: PLACE, answer: () => answers.shift() });
    expect(sent.outcome).toEqual({ kind: 'delivered', data: { threadTs: '16.0', channelId: 'C1' } });
    expect(sent.requests.map((request) => request.split('\n', 1)[0])).toEqual([
      'POST https://slack.com/api/chat.update',
      'POST https://slack.com/api/chat.postMessage',
    ]);
    expect(sent.requests[1]).not.toContain('15.2');
  });

  it('is not posted anew for other reasons', async () => {
    const answer = () => json({ ok: false, error: 'invalid_auth' });
    const sent = await new ReceiverBench(slack).send(API, { data: PLACE, answer });
    expect(sent.outcome).toMatchObject({ message: 'channel "C1": error response from Slack: invalid_auth' });
    expect(sent.requests).toHaveLength(1);
  });
});

describe('the URL', () => {
  it('may stand in a file', async () => {
    writeFileSync(join(directory, 'url'), ' https://hooks.slack.com/services/file\n');
    const yaml = `api_url_file: ${join(directory, 'url')}`;
    const { requests } = await new ReceiverBench(slack).send(yaml, { answer: () => ({ body: 'ok' }) });
    expect(requests[0]).toMatch(/^POST https:\/\/hooks\.slack\.com\/services\/file\n/);
  });

  it('that cannot be read ends the notification', async () => {
    const { outcome } = await new ReceiverBench(slack).send('api_url_file: /nowhere/url');
    const message = 'open /nowhere/url: no such file or directory';
    expect(outcome).toEqual({ kind: 'rejected', reason: 'other', message });
  });
});

it('a template that fails ends the notification, and nothing is sent', async () => {
  const { outcome, requests } = await new ReceiverBench(slack).send(`${WEBHOOK}text: '{{ .Nope }}'`);
  expect(outcome).toMatchObject({ kind: 'rejected', message: expect.stringMatching(/^templating error: template: /) });
  expect(requests).toEqual([]);
});
