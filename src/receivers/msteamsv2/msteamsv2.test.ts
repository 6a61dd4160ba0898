import { expect, it } from '@jest/globals';

import { ReceiverBench, describeGoldens } from '../../../test/support/receiver-bench.js';
import { describeUrlFile } from '../../../test/support/url-file.js';
import { msteamsv2 } from './msteamsv2.receiver.js';

describeGoldens(msteamsv2, new URL('./golden/', import.meta.url));
describeUrlFile(msteamsv2);

it.each(['title', 'text'])('a %s that cannot be rendered ends the notification', async (field) => {
  const yaml = `webhook_url: https://teams.example.com/key\n${field}: '{{ .Nope }}'`;
  const { outcome, requests } = await new ReceiverBench(msteamsv2).send(yaml);
  expect(outcome).toMatchObject({ kind: 'rejected', reason: 'other', message: expect.stringMatching(/^template: /) });
  expect(requests).toEqual([]);
});
