import { describe, expect, it } from '@jest/globals';

import type { Reply } from '../../../test/support/loopback.js';
import { ReceiverBench, describeGoldens } from '../../../test/support/receiver-bench.js';
import { pagerduty } from './pagerduty.receiver.js';

describeGoldens(pagerduty, new URL('./golden/', import.meta.url));

const V1 = 'service_key: key-of-service\n';
const V2 = 'routing_key: key-of-routing\n';
const send = (yaml: string, reply: Reply = {}) => new ReceiverBench(pagerduty).send(yaml, { answer: () => reply });

describe('an answer', () => {
  const explained = '{"status":"invalid event","message":"Event is invalid","errors":["no summary","no source"]}';
  it.each<[string, string, Reply, object]>([
    ['2: accepted', V2, { status: 202 }, { kind: 'delivered' }],
    [
      '2: explained',
      V2,
      { status: 400, body: explained },
      {
        kind: 'rejected',
        reason: 'clientError',
        message: 'unexpected status code 400: Event is invalid: no summary,no source',
      },
    ],
    ['2: not explained', V2, { status: 400, body: 'no' }, { message: 'unexpected status code 400' }],
    ['2: others are not explained', V2, { status: 404, body: explained }, { message: 'unexpected status code 404' }],
    ['2: too many', V2, { status: 429 }, { kind: 'retry', reason: 'rateLimited' }],
    [
      '2: too many for now',
      V2,
      { status: 429, headers: { 'Retry-After': '4' } },
      { kind: 'retry', reason: 'rateLimited', retryAfterMs: 4000 },
    ],
    ['2: forbidden', V2, { status: 403 }, { kind: 'rejected', reason: 'authError' }],
    ['1: forbidden is too many', V1, { status: 403 }, { kind: 'retry', reason: 'other' }],
    ['1: too many', V1, { status: 429 }, { kind: 'rejected', reason: 'other' }],
    ['1: ill', V1, { status: 500 }, { kind: 'retry', reason: 'other' }],
    ['1: explained', V1, { status: 400, body: explained }, { kind: 'rejected', reason: 'other' }],
  ])('to version %s', async (_name, yaml, reply, outcome) => {
    expect((await send(yaml, reply)).outcome).toMatchObject(outcome);
  });
});

it.each([
  [`${V2}details: { a: [{ b: '{{ .Nope }}' }] }`, 'failed to render details: template: '],
  [`${V2}class: '{{ .Nope }}'`, 'failed to template PagerDuty v2 message: template: '],
  [`${V1}client: '{{ .Nope }}'`, 'failed to template PagerDuty v1 message: template: '],
  [`${V2}details: { a: '.nan' }`, 'failed to encode PagerDuty message: json: unsupported value: NaN'],
  [`routing_key: '{{ "" }}'`, 'routing key cannot be empty'],
  [`service_key: '{{ "" }}'`, 'service key cannot be empty'],
  ['routing_key_file: /nowhere', 'failed to read routing key from file: open /nowhere: no such file or directory'],
  ['service_key_file: /nowhere', 'failed to read service key from file: open /nowhere: no such file or directory'],
])('%j is not sent', async (yaml, message) => {
  const { outcome, requests } = await send(yaml);
  expect(outcome).toMatchObject({ kind: 'rejected', reason: 'other', message: expect.stringContaining(message) });
  expect(requests).toEqual([]);
});
