import { describe, expect, it } from '@jest/globals';

import type { Reply } from '../../../test/support/loopback.js';
import { ReceiverBench, describeGoldens, playGolden } from '../../../test/support/receiver-bench.js';
import { tlsFile } from '../../../test/support/loopback.js';
import { awsEndpoint } from './aws-endpoint.js';
import { snsWithin } from './sns.receiver.js';

const sns = snsWithin({});

/** Signatures hold the time; they have tests of their own. */
const withoutTimes = (text: string): string =>
  text.replaceAll(/Signature=\w+/g, 'Signature=<signature>').replaceAll(/aws-go-sdk-\d+/g, 'aws-go-sdk-<time>');

describeGoldens(sns, new URL('./golden/', import.meta.url), async (manifest, golden) =>
  withoutTimes(await playGolden(manifest, golden)),
);

const TOPIC = `sigv4: { region: eu-west-1, access_key: AKID, secret_key: k3y-secret }
topic_arn: arn:aws:sns:eu-west-1:1:alerts
`;
const SMS = TOPIC.replace(/topic_arn.*/, "phone_number: '+1555'");
const fault = (code: string, message: string): string =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
const formOf = (request = ''): URLSearchParams => new URLSearchParams(request.split('\n').at(-1));

describe('an answer', () => {
  it.each<[string, Reply, object]>([
    ['success', { body: '<PublishResponse/>' }, { kind: 'delivered' }],
    [
      'a refusal, in AWS’s words',
      { status: 403, body: fault('AuthorizationError', 'not authorized to &lt;perform&gt; &#34;it&#x22;') },
      {
        kind: 'rejected',
        reason: 'authError',
        message: 'unexpected status code 403: not authorized to <perform> "it"',
      },
    ],
    [
      'a refusal in others’ words',
      { status: 404, body: 'nope' },
      { kind: 'rejected', reason: 'clientError', message: 'unexpected status code 404: UnknownError' },
    ],
    [
      'a refusal',
      { status: 404, body: fault('NotFound', 'no topic') },
      { kind: 'rejected', reason: 'clientError', message: 'unexpected status code 404: no topic' },
    ],
    [
      'an ill server',
      { status: 503, body: fault('ServiceUnavailable', 'x') },
      { kind: 'retry', reason: 'serverError' },
    ],
    [
      'throttling',
      { status: 400, body: fault('Throttling', 'Rate exceeded') },
      { kind: 'retry', reason: 'rateLimited' },
    ],
    [
      'a time-out of theirs',
      { status: 400, body: fault('RequestTimeout', 'x') },
      { kind: 'retry', reason: 'clientError' },
    ],
    [
      'keys that have run out',
      { status: 403, body: fault('ExpiredToken', 'x') },
      { kind: 'retry', reason: 'authError' },
    ],
  ])('%s', async (_name, reply, outcome) => {
    expect((await new ReceiverBench(sns).send(TOPIC, { answer: () => reply })).outcome).toMatchObject(outcome);
  });

  it('that refuses the subject gets a plain one', async () => {
    const yaml = `${TOPIC}subject: "{{ .Status }}\\n🔥 {{ printf \\"%120s\\" \\"x\\" }}"`;
    const answers = [{ status: 400, body: fault('InvalidParameter', 'Invalid parameter: Subject') }, {}];
    const sent = await new ReceiverBench(sns).send(yaml, { answer: () => answers.shift() });
    expect(sent.outcome).toEqual({ kind: 'delivered' });
    expect(formOf(sent.requests[1]).get('Subject')).toBe(`firing${' '.repeat(90)}...`);
    expect(sent.log).toContain('SNS refused the subject');
  });

  it.each(['\'{{ "" }}\'', "'🔥'"])('that refuses the subject %s gets none', async (subject) => {
    const answers = [{ status: 400, body: fault('InvalidParameter', 'Invalid parameter: Subject') }, {}];
    const yaml = `${TOPIC}subject: ${subject}`;
    const { requests } = await new ReceiverBench(sns).send(yaml, { answer: () => answers.shift() });
    expect(formOf(requests[1]).has('Subject')).toBe(false);
  });
});

describe('a message', () => {
  it.each([
    ['a topic', TOPIC, 262_144],
    ['a phone', SMS, 1600],
  ])('for %s is cut, and says so', async (_name, yaml, limit) => {
    const change = (text: string) => `${yaml}message: '{{ printf "%${limit - 2}s" "x" }}${text}'`;
    const fits = formOf((await new ReceiverBench(sns).send(change('é'))).requests[0]);
    expect([Buffer.byteLength(fits.get('Message') ?? ''), fits.has('MessageAttributes.entry.1.Name')]).toEqual([
      limit,
      false,
    ]);
    const cut = formOf((await new ReceiverBench(sns).send(change('é!'))).requests[0]);
    expect(Buffer.byteLength(cut.get('Message') ?? '')).toBe(limit);
    expect(cut.get('MessageAttributes.entry.1.Name')).toBe('truncated');
    expect(cut.get('MessageAttributes.entry.1.Value.StringValue')).toBe('true');
  });

  // Alertmanager 0.34 sends half a character there, which SNS refuses.
  it('is never cut within a character', async () => {
    const { requests } = await new ReceiverBench(sns).send(`${SMS}message: '{{ printf "%1597s" "x" }}🔥'`);
    expect(formOf(requests[0]).get('Message')).toMatch(/^ {1596}x$/);
  });
});

it.each([
  ['api_url', "api_url: '{{ .Nope }}'"],
  ['topic_arn', "topic_arn: '{{ .Nope }}'"],
  ['message', "message: '{{ .Nope }}'"],
  ['subject', "subject: '{{ .Nope }}'"],
  ['attributes', "attributes: { a: '{{ .Nope }}' }"],
  ['attributes', "attributes: { '{{ .Nope }}': a }"],
])('a %s that cannot be rendered ends the notification (%#)', async (field, line) => {
  const { outcome, requests } = await new ReceiverBench(sns).send(
    TOPIC.replace(/topic_arn.*\n/, '') + (field === 'topic_arn' ? line : `topic_arn: a\n${line}`),
  );
  const message = expect.stringContaining(`execute '${field}' template: template: `);
  expect(outcome).toMatchObject({ kind: 'rejected', reason: 'clientError', message });
  expect(requests).toEqual([]);
});

it('takes keys and region from the environment', async () => {
  const within = snsWithin({ AWS_ACCESS_KEY_ID: 'ENV', AWS_SECRET_ACCESS_KEY: 's', AWS_REGION: 'us-gov-west-1' });
  const { requests } = await new ReceiverBench(within).send('topic_arn: a');
  expect(requests[0]).toMatch(/^POST https:\/\/sns\.us-gov-west-1\.amazonaws\.com\/\nauthorization: .*=ENV\//);
});

it('takes new keys after the old ones were refused', async () => {
  const yaml = `${TOPIC.replace('k3y-secret', 'k3y-secret, role_arn: a')}api_url: https://sns.example.com`;
  const until = '2030-01-01T00:00:00Z';
  const keys = (name: string): Reply => ({
    body: `<AccessKeyId>${name}</AccessKeyId><SecretAccessKey>${name}-s3cret</SecretAccessKey><SessionToken>${name}-token</SessionToken><Expiration>${until}</Expiration>`,
  });
  const answers = [keys('ONE'), { status: 403, body: fault('ExpiredToken', 'ONE-s3cret ONE-token') }, keys('TWO'), {}];
  const bench = new ReceiverBench(sns);
  const first = await bench.send(yaml, { answer: () => answers.shift() });
  expect(first.outcome).toMatchObject({ message: 'unexpected status code 403: <secret> <secret>' });
  const second = await bench.send(yaml, { answer: () => answers.shift() });
  expect(second.requests[1]).toMatch(/^POST https:\/\/sns\.example\.com\/\nauthorization: .*=TWO\//);
});

it.each([
  ['sns', 'eu-west-1', {}, 'https://sns.eu-west-1.amazonaws.com/'],
  ['sts', 'us-gov-east-1', {}, 'https://sts.us-gov-east-1.amazonaws.com/'],
  ['sns', 'cn-north-1', {}, 'https://sns.cn-north-1.amazonaws.com.cn/'],
  ['sns', 'us-isob-east-1', {}, 'https://sns.us-isob-east-1.sc2s.sgov.gov/'],
  ['sns', 'eu-west-1', { AWS_ENDPOINT_URL: 'http://localhost:4566' }, 'http://localhost:4566'],
  ['sts', 'eu-west-1', { AWS_ENDPOINT_URL: 'http://a', AWS_ENDPOINT_URL_STS: 'http://b/' }, 'http://b/'],
] as const)('%s of %s is where AWS says (%#)', (service, region, environment, endpoint) => {
  expect(awsEndpoint(service, region, environment)).toBe(endpoint);
});

describe('with AWS’s own client', () => {
  it('other headers than AWS’s are not sent', async () => {
    const yaml = `${TOPIC}use_aws_http_client: true\nhttp_config: { http_headers: { X-Own: { values: [a] } } }`;
    let names: readonly string[] = [];
    await new ReceiverBench(sns).send(yaml, { answer: ({ rawHeaders }) => ((names = rawHeaders), {}) });
    expect(names).toContain('X-Amz-Date');
    expect(names).not.toContain('X-Own');
  });

  it('a bundle of authorities is one that must be there', () => {
    const build = (bundle: string) => () => new ReceiverBench(snsWithin({ AWS_CA_BUNDLE: bundle })).build(TOPIC, 1);
    expect(build(tlsFile('ca.pem'))).not.toThrow();
    expect(build('/nowhere/ca.pem')).toThrow('/nowhere/ca.pem');
  });
});
