/**
 * Signature Version 4 of AWS, in the Authorization header. All headers that are handed in are signed, and the host.
 *
 * Format: AWS General Reference, "Signing AWS API requests".
 */
import { createHash, createHmac } from 'node:crypto';

import { compareBytes } from '../../domain/labels/index.js';
import type { Instant } from '../../domain/time/index.js';
import type { AwsKeys } from './aws-keys.js';

const ALGORITHM = 'AWS4-HMAC-SHA256';

export interface SignedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SigningScope {
  readonly region: string;
  readonly service: string;
}

/** The headers that have to be added. */
export function signRequest(
  request: SignedRequest,
  keys: AwsKeys,
  scope: SigningScope,
  now: Instant,
): Readonly<Record<string, string>> {
  const time = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const added = {
    'X-Amz-Date': time,
    ...(keys.sessionToken === undefined ? {} : { 'X-Amz-Security-Token': keys.sessionToken }),
  };
  const url = new URL(request.url);
  const headers = canonicalHeaders({ ...request.headers, ...added, host: url.host });
  const names = headers.map(([name]) => name).join(';');
  const canonical = [
    request.method,
    canonicalPath(url),
    canonicalQuery(url),
    ...headers.map(([name, value]) => `${name}:${value}`),
    '',
    names,
    sha256(request.body),
  ].join('\n');

  const { region, service } = scope;
  const parts = [time.slice(0, 8), region, service, 'aws4_request'];
  const toSign = [ALGORITHM, time, parts.join('/'), sha256(canonical)].join('\n');
  const key = parts.reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${keys.secretKey}`);
  const signature = hmac(key, toSign).toString('hex');
  const credential = `${keys.accessKey}/${parts.join('/')}`;
  return {
    ...added,
    Authorization: `${ALGORITHM} Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

const canonicalHeaders = (headers: Readonly<Record<string, string>>): [string, string][] =>
  Object.entries(headers)
    .map(([name, value]): [string, string] => [name.toLowerCase(), value.trim().replaceAll(/ +/g, ' ')])
    .sort(([a], [b]) => compareBytes(a, b));

/** The path as it is sent, each part escaped once more. */
const canonicalPath = (url: URL): string => url.pathname.split('/').map(escape).join('/');

const canonicalQuery = (url: URL): string =>
  [...url.searchParams]
    .map(([name, value]) => `${escape(name)}=${escape(value)}`)
    .sort(compareBytes)
    .join('&');

const escape = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
