/**
 * Keys from where we run: the agent of a container, or the metadata service of an instance. Asked only when nothing else is
 * configured, with little patience: on other machines nobody answers.
 */
import { readFile } from 'node:fs/promises';

import { instant } from '../../domain/time/index.js';
import type { CancelSignal } from '../../platform/cancel-signal.js';
import { describeFileError } from '../../platform/file-error.js';
import type { HttpClient, HttpRequest } from '../../platform/http-client/index.js';
import { SendFailed, messageOf, retryable } from '../kit/failures.js';
import { type AwsKeys, type Environment, keysOf } from './aws-keys.js';

const PATIENCE_MS = 1000;
const CONTAINER_HOST = 'http://169.254.170.2';
const INSTANCE_HOST = 'http://169.254.169.254';
const ROLES = 'latest/meta-data/iam/security-credentials/';
const TOKEN_SECONDS = '21600';
/** Keys are sent in clear: only to where the agents of ECS and EKS are. */
const AGENTS =
  /^http:\/\/(?:localhost|127(?:\.\d+){3}|\[::1\]|169\.254\.170\.2|169\.254\.170\.23|\[fd00:ec2::23\])(?:[:/]|$)/;

export const hasContainerAgent = (environment: Environment): boolean =>
  Boolean(environment['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'] || environment['AWS_CONTAINER_CREDENTIALS_FULL_URI']);

export async function containerKeys(
  client: HttpClient,
  environment: Environment,
  signal: CancelSignal,
): Promise<AwsKeys> {
  const relative = environment['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'];
  const url = relative ? CONTAINER_HOST + relative : (environment['AWS_CONTAINER_CREDENTIALS_FULL_URI'] ?? '');
  if (!url.startsWith('https://') && !AGENTS.test(url))
    throw none('invalid endpoint host, only loopback/ecs/eks hosts are allowed');
  const authorization = await containerToken(environment);
  const headers = authorization === undefined ? {} : { Authorization: authorization };
  return readKeys(await ask(client, { method: 'GET', url, headers, signal }));
}

async function containerToken(environment: Environment): Promise<string | undefined> {
  const path = environment['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'];
  if (!path) return environment['AWS_CONTAINER_AUTHORIZATION_TOKEN'] || undefined;
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    throw none(`failed to read authorization token file: ${describeFileError(error, path)}`);
  }
}

export async function instanceKeys(
  client: HttpClient,
  environment: Environment,
  signal: CancelSignal,
): Promise<AwsKeys> {
  if (environment['AWS_EC2_METADATA_DISABLED']?.toLowerCase() === 'true')
    throw none('no EC2 IMDS role found, access disabled to EC2 IMDS via the environment');
  const host = (environment['AWS_EC2_METADATA_SERVICE_ENDPOINT'] || INSTANCE_HOST).replace(/\/$/, '');
  const token = await ask(client, {
    method: 'PUT',
    url: `${host}/latest/api/token`,
    headers: { 'X-Aws-Ec2-Metadata-Token-Ttl-Seconds': TOKEN_SECONDS },
    signal,
  });
  const headers = { 'X-Aws-Ec2-Metadata-Token': token };
  const roles = await ask(client, { method: 'GET', url: `${host}/${ROLES}`, headers, signal });
  const role = roles.split('\n', 1)[0]?.trim() ?? '';
  return readKeys(await ask(client, { method: 'GET', url: `${host}/${ROLES}${role}`, headers, signal }));
}

async function ask(client: HttpClient, request: HttpRequest): Promise<string> {
  let status: number;
  let text: string;
  try {
    ({ status, text } = await client.request({ ...request, timeoutMs: PATIENCE_MS }));
  } catch (error) {
    throw none(messageOf(error));
  }
  if (status !== 200) throw none(`unexpected status code ${status}`);
  return text;
}

function readKeys(json: string): AwsKeys {
  let answer: Readonly<Record<string, string | undefined>>;
  try {
    answer = JSON.parse(json) as typeof answer;
  } catch {
    throw none('the answer is no JSON');
  }
  const keys = keysOf(answer['AccessKeyId'], answer['SecretAccessKey'], answer['Token']);
  if (!keys) throw none('the answer holds no keys');
  return { ...keys, expiresAt: expiryOf(answer['Expiration']) };
}

/** Undefined when there is none, or none that can be read. */
export function expiryOf(text: string | undefined): AwsKeys['expiresAt'] {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? undefined : instant(at);
}

const none = (why: string): SendFailed => new SendFailed(retryable(`no AWS credentials found: ${why}`));
