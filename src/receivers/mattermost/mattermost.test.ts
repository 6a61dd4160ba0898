import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, it } from '@jest/globals';

import { ReceiverBench, describeGoldens } from '../../../test/support/receiver-bench.js';
import { describeUrlFile } from '../../../test/support/url-file.js';
import { mattermost } from './mattermost.receiver.js';

const HOOK = 'webhook_url: https://mm.example.org/hooks/key\nchannel: town-square\n';

describeGoldens(mattermost, new URL('./golden/', import.meta.url));
describeUrlFile(mattermost);

const directory = mkdtempSync(join(tmpdir(), 'mattermost-'));
afterAll(() => rmSync(directory, { recursive: true }));

it('without a URL in its file ends the notification', async () => {
  writeFileSync(join(directory, 'url'), ' \n');
  const { outcome } = await new ReceiverBench(mattermost).send(`webhook_url_file: ${directory}/url`);
  expect(outcome).toEqual({ kind: 'rejected', reason: 'other', message: 'webhook url missing' });
});

it('names the channel in what went wrong', async () => {
  const { outcome } = await new ReceiverBench(mattermost).send(HOOK, { answer: () => ({ status: 400, body: 'no' }) });
  const message = 'channel "town-square": unexpected status code 400: no';
  expect(outcome).toEqual({ kind: 'rejected', reason: 'clientError', message });
});

it.each([
  ['urgent', { priority: 'urgent', requested_ack: true, persistent_notifications: true }, []],
  ['Important', { priority: 'important', requested_ack: true }, ['PersistentNotifications is set to false']],
  ['standard', { priority: 'standard' }, ['RequestedAck is set to false', 'PersistentNotifications is set to false']],
  ['huge', { priority: 'standard' }, ['Priority is set to standard due to invalid value', 'RequestedAck is set']],
])('a priority %s is sent as far as it may be', async (name, priority, warnings) => {
  const yaml = `${HOOK}priority: { priority: ${name}, requested_ack: true, persistent_notifications: true }`;
  const { requests, log } = await new ReceiverBench(mattermost).send(yaml);
  expect((JSON.parse(requests[0]?.split('\n').at(-2) ?? '') as { priority: unknown }).priority).toEqual(priority);
  for (const warning of warnings) expect(log).toContain(warning);
});

it.each(['text', 'channel', 'props: { card'])('a %s that cannot be rendered ends the notification', async (field) => {
  const end = field.includes('{') ? ' }' : '';
  const yaml = `webhook_url: https://mm.example.org/hooks/key\n${field}: '{{ .Nope }}'${end}`;
  const { outcome, requests } = await new ReceiverBench(mattermost).send(yaml);
  expect(outcome).toMatchObject({ kind: 'rejected', reason: 'other', message: expect.stringMatching(/^template: /) });
  expect(requests).toEqual([]);
});
