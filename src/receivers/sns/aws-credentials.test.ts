import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';

import { Secret } from '../../config/secret.js';
import { instant } from '../../domain/time/index.js';
import type { HttpClient, HttpRequest } from '../../platform/http-client/index.js';
import { AwsCredentials, type AwsSettings } from './aws-credentials.js';
import type { Environment } from './aws-keys.js';

const directory = mkdtempSync(join(tmpdir(), 'aws-'));
afterAll(() => rmSync(directory, { recursive: true }));

function fileWith(name: string, text: string): string {
  writeFileSync(join(directory, name), text);
  return join(directory, name);
}

const NOW = instant(Date.parse('2026-01-02T05:00:00Z'));
const NOTHING: AwsSettings = {
  region: undefined,
  accessKey: undefined,
  secretKey: undefined,
  profile: undefined,
  roleArn: undefined,
  externalId: undefined,
};

type Answers = Readonly<Record<string, string | undefined>>;

/** Answers by method and URL; whoever is not there refuses. Notes what was asked. */
function clientOf(answers: Answers, asked: HttpRequest[]): HttpClient {
  const request = (one: HttpRequest) => {
    asked.push(one);
    const text = answers[`${one.method} ${one.url}`];
    if (text === undefined) return Promise.reject(new Error('connection refused'));
    return Promise.resolve({ status: 200, headers: new Map<string, string>(), bytes: Buffer.from(text), text });
  };
  return { request, post: (one) => request({ ...one, method: 'POST' }), close: () => Promise.resolve() };
}

function chain(settings: Partial<AwsSettings>, environment: Environment, answers: Answers = {}) {
  const asked: HttpRequest[] = [];
  const client = clientOf(answers, asked);
  const files = { AWS_CONFIG_FILE: '/nowhere/config', AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials' };
  const access = { environment: { ...files, ...environment }, client, local: client };
  return { credentials: new AwsCredentials({ ...NOTHING, ...settings }, access), asked };
}

const keysFrom = async (...[settings, environment, answers]: Parameters<typeof chain>) => {
  const { credentials, asked } = chain(settings, environment, answers);
  const { accessKey, secretKey, sessionToken } = await credentials.keys('eu-west-1', new AbortController().signal, NOW);
  return { keys: [accessKey, secretKey, sessionToken], asked };
};

const taken = (name: string, until = '2026-01-02T05:15:00Z'): string =>
  `<R><Credentials><AccessKeyId>${name}</AccessKeyId><SecretAccessKey>${name}&amp;secret</SecretAccessKey>` +
  `<SessionToken>${name}-session</SessionToken><Expiration>${until}</Expiration></Credentials></R>`;
const STS = 'POST https://sts.eu-west-1.amazonaws.com/';
const CONFIG = fileWith(
  'config',
  `[default]
region = eu-west-2
aws_access_key_id = DEFAULT
aws_secret_access_key = default-secret ; comment
[profile ops]
region=eu-west-3
role_arn = arn:aws:iam::1:role/ops
source_profile = default
external_id = ext
role_session_name = ops-session
[profile circle]
role_arn = a
source_profile = ring
[profile ring]
role_arn = b
source_profile = circle
[profile sso]
sso_session = x
[profile container]
credential_source = EcsContainer
[profile irsa]
role_arn = arn:aws:iam::1:role/irsa
web_identity_token_file = ${fileWith('jwt', 'e.y.J')}
`,
);
const CREDENTIALS = fileWith(
  'credentials',
  '# keys\n[default]\naws_access_key_id = SHARED\naws_session_token = token\n',
);
const FILES = { AWS_CONFIG_FILE: CONFIG, AWS_SHARED_CREDENTIALS_FILE: CREDENTIALS };
const ENVIRONMENT = { AWS_ACCESS_KEY_ID: 'ENV', AWS_SECRET_ACCESS_KEY: 'env-secret', AWS_SESSION_TOKEN: 'env-token' };

describe('keys', () => {
  it.each<[string, Partial<AwsSettings>, Environment, (string | undefined)[]]>([
    [
      'of the settings',
      { accessKey: 'OWN', secretKey: new Secret('own-secret') },
      { ...ENVIRONMENT, ...FILES },
      ['OWN', 'own-secret', undefined],
    ],
    ['of the environment', {}, { ...ENVIRONMENT, ...FILES }, ['ENV', 'env-secret', 'env-token']],
    ['of files, both in one', {}, FILES, ['SHARED', 'default-secret', 'token']],
    [
      'of a profile, before the environment',
      { profile: 'default' },
      { ...ENVIRONMENT, ...FILES },
      ['SHARED', 'default-secret', 'token'],
    ],
    ['of the home directory', {}, { ...ENVIRONMENT, HOME: directory }, ['ENV', 'env-secret', 'env-token']],
  ])('%s', async (_name, settings, environment, keys) => {
    expect((await keysFrom(settings, environment)).keys).toEqual(keys);
  });

  it('of a role', async () => {
    const settings = {
      accessKey: 'OWN',
      secretKey: new Secret('s'),
      roleArn: 'arn:aws:iam::1:role/alerts',
      externalId: 'ext/id',
    };
    const { keys, asked } = await keysFrom(settings, {}, { [STS]: taken('ROLE') });
    expect(keys).toEqual(['ROLE', 'ROLE&secret', 'ROLE-session']);
    expect(asked[0]?.body).toBe(
      'Action=AssumeRole&DurationSeconds=900&ExternalId=ext%2Fid&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Falerts' +
        '&RoleSessionName=aws-go-sdk-1767330000000000000&Version=2011-06-15',
    );
  });

  it('of a profile’s role', async () => {
    const { keys, asked } = await keysFrom({ profile: 'ops' }, FILES, { [STS]: taken('OPS') });
    expect(keys[0]).toBe('OPS');
    expect(asked[0]?.body).toContain('ExternalId=ext&');
    expect(asked[0]?.body).toContain('RoleSessionName=ops-session&');
    expect(asked[0]?.headers?.['Authorization']).toContain('Credential=SHARED/');
  });

  it.each<[string, Partial<AwsSettings>, Environment]>([
    [
      'the environment',
      {},
      { AWS_WEB_IDENTITY_TOKEN_FILE: join(directory, 'jwt'), AWS_ROLE_ARN: 'arn:aws:iam::1:role/irsa' },
    ],
    ['a profile', { profile: 'irsa' }, FILES],
  ])('of a service account, named by %s: not signed', async (_name, settings, environment) => {
    const { keys, asked } = await keysFrom(settings, environment, { [STS]: taken('IRSA') });
    expect(keys[0]).toBe('IRSA');
    expect(asked[0]?.body).toMatch(
      /^Action=AssumeRoleWithWebIdentity&RoleArn=.*&RoleSessionName=1767330000000000000&Version=2011-06-15&WebIdentityToken=e\.y\.J$/,
    );
    expect(asked[0]?.headers).not.toHaveProperty('Authorization');
  });

  const JSON_KEYS = '{"AccessKeyId":"HERE","SecretAccessKey":"s","Token":"t","Expiration":"2026-01-02T11:00:00Z"}';

  it.each<[string, Environment, Answers, string | undefined]>([
    [
      'ECS',
      { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/a' },
      { 'GET http://169.254.170.2/v2/a': JSON_KEYS },
      undefined,
    ],
    [
      'EKS',
      {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials',
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: join(directory, 'jwt'),
      },
      { 'GET http://169.254.170.23/v1/credentials': JSON_KEYS },
      'e.y.J',
    ],
  ])('of the container’s agent in %s', async (_name, environment, answers, authorization) => {
    const { keys, asked } = await keysFrom({}, environment, answers);
    expect(keys).toEqual(['HERE', 's', 't']);
    expect(asked[0]).toMatchObject({ timeoutMs: 1000 });
    expect(asked[0]?.headers?.['Authorization']).toBe(authorization);
  });

  it('of the instance, asked for with a token', async () => {
    const host = 'http://169.254.169.254/latest';
    const roles = `${host}/meta-data/iam/security-credentials/`;
    const { keys, asked } = await keysFrom(
      {},
      {},
      {
        [`PUT ${host}/api/token`]: 'metadata-token',
        [`GET ${roles}`]: 'machine\n',
        [`GET ${roles}machine`]: JSON_KEYS,
      },
    );
    expect(keys).toEqual(['HERE', 's', 't']);
    expect(asked[2]?.headers).toEqual({ 'X-Aws-Ec2-Metadata-Token': 'metadata-token' });
  });
});

describe('no keys', () => {
  it.each<[string, Partial<AwsSettings>, Environment, string]>([
    ['nobody there', {}, {}, 'no AWS credentials found: connection refused'],
    ['told not to ask', {}, { AWS_EC2_METADATA_DISABLED: 'true' }, 'no AWS credentials found: no EC2 IMDS role found'],
    [
      'somebody else’s agent',
      {},
      { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://agent.example.com/' },
      'no AWS credentials found: invalid endpoint host',
    ],
    ['no such profile', { profile: 'nope' }, FILES, 'failed to get shared config profile, nope'],
    ['a circle', { profile: 'circle' }, FILES, 'profile circle takes its keys from itself'],
    ['single sign-on', { profile: 'sso' }, FILES, 'profile sso gets its keys from a program or by single sign-on'],
    ['a container without an agent', { profile: 'container' }, FILES, 'no AWS credentials found: invalid endpoint'],
    [
      'no token file',
      {},
      { AWS_WEB_IDENTITY_TOKEN_FILE: '/nowhere/jwt', AWS_ROLE_ARN: 'a' },
      'failed to retrieve jwt from provider source: open /nowhere/jwt: no such file',
    ],
    ['a file that is none', {}, { AWS_CONFIG_FILE: directory }, 'failed to load shared config file, read '],
  ])('%s', async (_name, settings, environment, message) => {
    await expect(keysFrom(settings, environment)).rejects.toMatchObject({
      failure: { kind: 'retry', reason: 'other', message: expect.stringContaining(message) },
    });
  });
});

it('keeps keys of a role until a minute before their end, or until they are refused', async () => {
  const settings = { accessKey: 'OWN', secretKey: new Secret('s'), roleArn: 'arn' };
  const { credentials, asked } = chain(settings, {}, { [STS]: taken('ROLE') });
  const after = async (seconds: number): Promise<number> => {
    await credentials.keys('eu-west-1', new AbortController().signal, instant(NOW + seconds * 1000));
    return asked.length;
  };
  expect(await after(0)).toBe(1);
  expect(await after(839)).toBe(1);
  expect(await after(840)).toBe(2);
  credentials.forget();
  expect(await after(0)).toBe(3);
});

it.each<[Partial<AwsSettings>, Environment, string]>([
  [{ region: 'own' }, { AWS_REGION: 'env', ...FILES }, 'own'],
  [{}, { AWS_REGION: 'env', AWS_DEFAULT_REGION: 'default', ...FILES }, 'env'],
  [{}, { AWS_DEFAULT_REGION: 'default', ...FILES }, 'default'],
  [{}, FILES, 'eu-west-2'],
  [{ profile: 'ops' }, FILES, 'eu-west-3'],
  [{}, { ...FILES, AWS_PROFILE: 'ops' }, 'eu-west-3'],
])('the region (%#)', async (settings, environment, region) => {
  expect(await chain(settings, environment).credentials.region()).toBe(region);
});

it('without a region nothing can be sent', async () => {
  await expect(chain({}, {}).credentials.region()).rejects.toMatchObject({
    message: 'region not configured in sns.sigv4.region or in default credentials chain',
  });
});
