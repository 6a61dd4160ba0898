/** Roles of AWS, taken with keys or with the token of an identity provider (service accounts of EKS). */
import { readFile } from 'node:fs/promises';

import type { Instant } from '../../domain/time/index.js';
import type { CancelSignal } from '../../platform/cancel-signal.js';
import { describeFileError } from '../../platform/file-error.js';
import type { HttpClient } from '../../platform/http-client/index.js';
import { SendFailed, retryable } from '../kit/failures.js';
import { awsEndpoint } from './aws-endpoint.js';
import { type AwsKeys, type Environment, keysOf } from './aws-keys.js';
import { expiryOf } from './aws-metadata.js';
import { awsOutcome, callAws, elementOf } from './aws-query.js';

const VERSION = '2011-06-15';
/** The shortest there is: the role is taken again when its keys run out. */
const LIFETIME_SECONDS = '900';

export interface Sts {
  readonly client: HttpClient;
  readonly region: string;
  readonly environment: Environment;
  readonly signal: CancelSignal;
}

export interface Role {
  readonly arn: string;
  readonly externalId?: string | undefined;
  readonly sessionName?: string | undefined;
}

export function assumeRole(sts: Sts, keys: AwsKeys, role: Role, now: Instant): Promise<AwsKeys> {
  const parameters: [string, string][] = [
    ['Action', 'AssumeRole'],
    ['DurationSeconds', LIFETIME_SECONDS],
    ...(role.externalId ? [['ExternalId', role.externalId] satisfies [string, string]] : []),
    ...identityOf(role, 'aws-go-sdk-', now),
  ];
  return exchange(sts, keys, parameters, now);
}

export async function assumeRoleWithToken(sts: Sts, tokenFile: string, role: Role, now: Instant): Promise<AwsKeys> {
  let token: string;
  try {
    token = await readFile(tokenFile, 'utf8');
  } catch (error) {
    throw new SendFailed(
      retryable(`failed to retrieve jwt from provider source: ${describeFileError(error, tokenFile)}`),
    );
  }
  const parameters: [string, string][] = [
    ['Action', 'AssumeRoleWithWebIdentity'],
    ...identityOf(role, '', now),
    ['WebIdentityToken', token],
  ];
  return exchange(sts, undefined, parameters, now);
}

/** Sessions without a name of their own are named by the time, as AWS's library does it: policies may know the form. */
const identityOf = ({ arn, sessionName }: Role, prefix: string, now: Instant): [string, string][] => [
  ['RoleArn', arn],
  ['RoleSessionName', sessionName || `${prefix}${now}000000`],
  ['Version', VERSION],
];

async function exchange(
  { client, region, environment, signal }: Sts,
  keys: AwsKeys | undefined,
  parameters: readonly [string, string][],
  now: Instant,
): Promise<AwsKeys> {
  const endpoint = awsEndpoint('sts', region, environment);
  const response = await callAws({ endpoint, service: 'sts', region, parameters, keys, client, signal }, now);
  const outcome = awsOutcome(response, now);
  if (outcome.kind !== 'delivered') throw new SendFailed(outcome);
  const element = (name: string): string | undefined => elementOf(response.text, name);
  const taken = keysOf(element('AccessKeyId'), element('SecretAccessKey'), element('SessionToken'));
  if (!taken) throw new SendFailed(retryable('STS answered without keys'));
  return { ...taken, expiresAt: expiryOf(element('Expiration')) };
}
