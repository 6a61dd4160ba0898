import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';

import type { Reply } from '../../../test/support/loopback.js';
import { ReceiverBench, describeGoldens } from '../../../test/support/receiver-bench.js';
import { telegram } from './telegram.receiver.js';

describeGoldens(telegram, new URL('./golden/', import.meta.url));

const directory = mkdtempSync(join(tmpdir(), 'telegram-'));
afterAll(() => rmSync(directory, { recursive: true }));

const BOT = 'api_url: https://api.telegram.org\nbot_token: 12:token\nchat_id: -42\n';
const OK: Reply = { body: '{"ok":true,"result":{"message_id":1,"chat":{"id":1}}}' };

function fileWith(name: string, text: string): string {
  writeFileSync(join(directory, name), text);
  return join(directory, name);
}

describe('an answer', () => {
  const refusal = (error_code: number, description: string, more: object = {}): Reply => ({
    body: JSON.stringify({ ok: false, error_code, description, ...more }),
  });
  const flood = (more: object) => refusal(429, 'Too Many Requests: retry after 7', more);

  it.each<[string, Reply, object]>([
    ['ok', OK, { kind: 'delivered' }],
    ['ok, whatever the status', { ...OK, status: 500 }, { kind: 'delivered' }],
    [
      'a token that is wrong',
      refusal(401, 'Unauthorized'),
      { kind: 'retry', reason: 'authError', message: 'telegram: Unauthorized (401)' },
    ],
    ['a bot that is blocked', refusal(403, 'Forbidden: bot was blocked by the user'), { reason: 'authError' }],
    [
      'a chat that is not there',
      refusal(400, 'Bad Request: chat not found'),
      { kind: 'retry', reason: 'clientError', message: 'telegram: Bad Request: chat not found (400)' },
    ],
    ['an ill server', refusal(500, 'Internal Server Error'), { kind: 'retry', reason: 'serverError' }],
    ['a flood', flood({ parameters: { retry_after: 7 } }), { reason: 'rateLimited', retryAfterMs: 7000 }],
    ['a flood, with a header', { ...flood({}), headers: { 'Retry-After': '3' } }, { retryAfterMs: 3000 }],
    ['a flood without a word of when', flood({ parameters: null }), { kind: 'retry', reason: 'rateLimited' }],
    ['no JSON', { body: 'hello' }, { kind: 'retry', message: 'could not read the answer of Telegram: hello' }],
    ['an empty object', { body: '{}' }, { kind: 'retry', reason: 'other', message: 'telegram:  (0)' }],
  ])('%s', async (_name, reply, outcome) => {
    expect((await new ReceiverBench(telegram).send(BOT, { answer: () => reply })).outcome).toMatchObject(outcome);
  });

  it('that the chat has moved is followed', async () => {
    const parameters = { migrate_to_chat_id: -1009 };
    const answers = [refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', { parameters }), OK];
    const sent = await new ReceiverBench(telegram).send(BOT, { answer: () => answers.shift() });
    expect(sent.outcome).toEqual({ kind: 'delivered' });
    expect(sent.requests.map((request) => /"chat_id":"(.*?)"/.exec(request)?.[1])).toEqual(['-42', '-1009']);
    expect(sent.log).toContain('migrate_to_chat_id=-1009');
  });
});

describe('token and chat', () => {
  it('may stand in files', async () => {
    const yaml = `bot_token_file: ${fileWith('token', ' 34:filed-token\n')}
chat_id_file: ${fileWith('chat', '\t-1234567890123456789\n')}`;
    const { requests } = await new ReceiverBench(telegram).send(yaml, { answer: () => OK });
    expect(requests[0]).toMatch(/^POST https:\/\/api\.telegram\.org\/bot34:filed-token\/sendMessage\n/);
    expect(requests[0]).toContain('"chat_id":"-1234567890123456789"');
  });

  it.each([
    ['bot_token_file: /nowhere/token\nchat_id: 1', 'could not read /nowhere/token: open /nowhere/token: no such file'],
    ['bot_token: a\nchat_id_file: /nowhere/chat', 'could not read /nowhere/chat: open /nowhere/chat: no such file'],
    [
      `bot_token: a\nchat_id_file: ${fileWith('name', 'ops')}`,
      `chat_id from ${directory}/name: strconv.ParseInt: parsing "ops": invalid syntax`,
    ],
    [
      `bot_token: a\nchat_id_file: ${fileWith('big', '9'.repeat(19))}`,
      `parsing "${'9'.repeat(19)}": value out of range`,
    ],
  ])('that cannot be read may be there later (%#)', async (yaml, message) => {
    const { outcome } = await new ReceiverBench(telegram).send(yaml);
    expect(outcome).toMatchObject({ kind: 'retry', reason: 'other', message: expect.stringContaining(message) });
  });

  it('are not shown: not when the network fails, not when the server repeats them', async () => {
    const yaml = `bot_token_file: ${fileWith('hidden', '56:hidden-token')}\nchat_id: 1`;
    const bench = new ReceiverBench(telegram);
    const repeated = await bench.send(yaml, { answer: ({ url }) => ({ status: 404, body: `no ${url}` }) });
    expect(repeated.outcome).toMatchObject({ message: 'unexpected status code 404: no /bot<secret>/sendMessage' });
    const controller = new AbortController();
    const aborted = await bench.send(yaml, { signal: controller.signal, answer: () => void controller.abort() });
    expect(aborted.outcome).toMatchObject({ kind: 'retry', message: 'Post "<redacted>": context canceled' });
  });
});

it.each(['HTML', 'Markdown'])('a message that cannot be rendered ends the notification (%s)', async (mode) => {
  const yaml = `${BOT}parse_mode: ${mode}\nmessage: '{{ .Nope }}'`;
  const { outcome, requests } = await new ReceiverBench(telegram).send(yaml);
  expect(outcome).toMatchObject({ kind: 'rejected', reason: 'other', message: expect.stringMatching(/^template: /) });
  expect(requests).toEqual([]);
});
