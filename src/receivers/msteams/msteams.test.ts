import { expect, it } from '@jest/globals';

import { ReceiverBench, describeGoldens } from '../../../test/support/receiver-bench.js';
import { describeUrlFile } from '../../../test/support/url-file.js';
import { msteams } from './msteams.receiver.js';

describeGoldens(msteams, new URL('./golden/', import.meta.url));
describeUrlFile(msteams);

it.each(['title', 'summary', 'text'])('a %s that cannot be rendered ends the notification', async (field) => {
  const yaml = `webhook_url: https://teams.example.com/key\n${field}: '{{ .Nope }}'`;
  const { outcome, requests } = await new ReceiverBench(msteams).send(yaml);
  expect(outcome).toMatchObject({ kind: 'rejected', reason: 'other', message: expect.stringMatching(/^template: /) });
  expect(requests).toEqual([]);
});

it.each([
  [429, { kind: 'retry', reason: 'rateLimited' }],
  [502, { kind: 'retry', reason: 'serverError' }],
  [413, { kind: 'rejected', reason: 'clientError' }],
])('a success that speaks of error %d is a failure', async (status, failure) => {
  const body = `Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error ${status} with ContextId a`;
  const sent = await new ReceiverBench(msteams).send('webhook_url: https://teams.example.com/key', {
    answer: () => ({ body }),
  });
  expect(sent.outcome).toEqual({ ...failure, message: `error response from Microsoft Teams: ${body}` });
});
