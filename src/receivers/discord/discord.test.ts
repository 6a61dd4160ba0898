import { expect, it } from '@jest/globals';

import { ReceiverBench, describeGoldens } from '../../../test/support/receiver-bench.js';
import { describeUrlFile } from '../../../test/support/url-file.js';
import { discord } from './discord.receiver.js';

const URL_SETTING = 'webhook_url: https://discord.com/api/webhooks/1/key\n';

describeGoldens(discord, new URL('./golden/', import.meta.url));
describeUrlFile(discord);

it.each(['title', 'message', 'content'])('a %s that cannot be rendered ends the notification', async (field) => {
  const { outcome, requests } = await new ReceiverBench(discord).send(`${URL_SETTING}${field}: '{{ .Nope }}'`);
  expect(outcome).toMatchObject({ kind: 'rejected', reason: 'other', message: expect.stringMatching(/^template: /) });
  expect(requests).toEqual([]);
});

it('says in the log what it cut and which picture it left out', async () => {
  const yaml = `${URL_SETTING}title: '{{ printf "%257s" "x" }}'\navatar_url: '%zz'`;
  const { log } = await new ReceiverBench(discord).send(yaml);
  expect(log).toContain('level=WARN msg="Truncated title" group_key="{}:{alertname=\\"HighCPU\\"}" max_runes=256');
  expect(log).toContain('msg="Bad avatar url"');
});
