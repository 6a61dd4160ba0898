import { expect, it } from '@jest/globals';

import type { Reply } from '../../../test/support/loopback.js';
import { ReceiverBench, describeGoldens } from '../../../test/support/receiver-bench.js';
import { opsgenie } from './opsgenie.receiver.js';

describeGoldens(opsgenie, new URL('./golden/', import.meta.url));

const YAML = 'api_key: key-of-opsgenie\nupdate_alerts: true\n';

it.each<[string, Reply[], number, object]>([
  ['all is well', [{ status: 202 }, { status: 202 }, { status: 202 }], 3, { kind: 'delivered' }],
  [
    'the alert is refused',
    [{ status: 422, body: 'no' }],
    1,
    { kind: 'rejected', reason: 'clientError', message: 'unexpected status code 422: no' },
  ],
  ['the message is limited', [{}, { status: 429 }], 2, { kind: 'retry', reason: 'rateLimited' }],
  [
    'the description is limited for now',
    [{}, {}, { status: 429, headers: { 'Retry-After': '2' } }],
    3,
    { kind: 'retry', reason: 'rateLimited', retryAfterMs: 2000 },
  ],
  ['the server is ill', [{}, { status: 503 }], 2, { kind: 'retry', reason: 'serverError' }],
])('goes on until one fails: %s', async (_name, replies, count, outcome) => {
  const sent = await new ReceiverBench(opsgenie).send(YAML, { answer: () => replies.shift() });
  expect(sent.outcome).toMatchObject(outcome);
  expect(sent.requests).toHaveLength(count);
});

it.each([
  [`${YAML}tags: '{{ .Nope }}'`, 'templating error: template: '],
  [`api_key: '{{ .Nope }}'`, 'templating error: template: '],
  ['api_key_file: /nowhere', 'read key_file error: open /nowhere: no such file or directory'],
])('%j is not sent', async (yaml, message) => {
  const { outcome, requests } = await new ReceiverBench(opsgenie).send(yaml);
  expect(outcome).toMatchObject({ kind: 'rejected', reason: 'other', message: expect.stringContaining(message) });
  expect(requests).toEqual([]);
});
