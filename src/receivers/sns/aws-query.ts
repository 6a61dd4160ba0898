/** Calls of AWS's Query API: a form that is POSTed, signed unless the call itself carries a proof, and answered in XML. */
import type { Outcome } from '../../domain/notify/index.js';
import type { Instant } from '../../domain/time/index.js';
import type { CancelSignal } from '../../platform/cancel-signal.js';
import type { HttpClient, HttpResponse } from '../../platform/http-client/index.js';
import { answerOf, postJson } from '../kit/post.js';
import { encodeQuery } from '../kit/query.js';
import { outcomeOf } from '../kit/status.js';
import type { AwsKeys } from './aws-keys.js';
import { type SigningScope, signRequest } from './aws-signature.js';

/** AWS says "slow down" with a 400 or a 403. */
const THROTTLED: readonly (string | undefined)[] = [
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'Throttled',
  'RequestThrottled',
  'RequestThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'PriorRequestNotComplete',
  'SlowDown',
];
const UNTIMELY: readonly (string | undefined)[] = ['RequestTimeout', 'RequestTimeoutException'];
const STALE_KEYS: readonly (string | undefined)[] = ['ExpiredToken', 'ExpiredTokenException', 'RequestExpired'];

export interface AwsCall extends SigningScope {
  readonly endpoint: string;
  readonly parameters: Iterable<readonly [string, string]>;
  readonly keys: AwsKeys | undefined;
  readonly client: HttpClient;
  readonly signal: CancelSignal;
}

export async function callAws(call: AwsCall, now: Instant): Promise<HttpResponse> {
  const { endpoint: url, parameters, keys, client, signal } = call;
  const body = encodeQuery(parameters);
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  // An address that is none fails in the client, with the words that others have for it.
  const signed = keys && URL.canParse(url) ? { method: 'POST', url, headers: form, body } : undefined;
  const headers = { ...form, ...(signed && keys ? signRequest(signed, keys, call, now) : {}) };
  return answerOf(await postJson(client, { url, body, headers, signal }));
}

/** The keys were good once: with new ones the same call may succeed. */
export const saysKeysAreStale = (response: HttpResponse): boolean => STALE_KEYS.includes(codeOf(response));

export function awsOutcome(response: HttpResponse, now: Instant): Outcome {
  const details = ({ text }: HttpResponse): string => elementOf(text, 'Message') ?? 'UnknownError';
  const outcome = outcomeOf(response, { details }, now);
  if (outcome.kind === 'delivered') return outcome;
  const code = codeOf(response);
  if (THROTTLED.includes(code)) return { ...outcome, kind: 'retry', reason: 'rateLimited' };
  return UNTIMELY.includes(code) || STALE_KEYS.includes(code) ? { ...outcome, kind: 'retry' } : outcome;
}

const codeOf = ({ status, text }: HttpResponse): string | undefined =>
  status >= 300 ? elementOf(text, 'Code') : undefined;

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The text of the first element of this name. AWS's answers are flat where we look. */
export function elementOf(xml: string, name: string): string | undefined {
  const start = xml.indexOf(`<${name}>`);
  const end = xml.indexOf(`</${name}>`, start);
  if (start < 0 || end < 0) return undefined;
  const text = xml.slice(start + name.length + 2, end);
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]+));/g, decodeEntity);
}

function decodeEntity(whole: string, decimal?: string, hexadecimal?: string, name?: string): string {
  if (name !== undefined) return ENTITIES[name] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
