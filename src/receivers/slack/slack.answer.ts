/**
 * What Slack says to a message. A success status is not enough: JSON must say `ok`, and text must be it.
 *
 * We differ from Alertmanager where Slack asks for patience: its rate limits are kept and the message is tried again.
 */
import type { Failure, ReceiverData } from '../../domain/notify/index.js';
import type { Instant } from '../../domain/time/index.js';
import type { HttpResponse } from '../../platform/http-client/index.js';
import { rejected, retryable } from '../kit/failures.js';
import { isRecordOf } from '../kit/record.js';
import { parseRetryAfter } from '../kit/retry-after.js';
import { outcomeOf } from '../kit/status.js';

export interface SlackAnswer {
  readonly failure?: Failure;
  /** Slack's own word for what is wrong: `channel_not_found`. */
  readonly error?: string;
  /** Where the message is, to change it later. */
  readonly place?: ReceiverData;
}

const RATE_LIMITS: readonly unknown[] = ['ratelimited', 'rate_limited'];

export function readAnswer(response: HttpResponse, now: Instant): SlackAnswer {
  const { text, headers } = response;
  const isJson = headers.get('content-type')?.startsWith('application/json') ?? false;
  const judged = outcomeOf(response, {}, now);
  const body = isJson || judged.kind !== 'delivered' ? parseBody(text) : undefined;
  if (judged.kind !== 'delivered') return { failure: withPause(judged, body) };
  if (!isJson)
    return text === 'ok' ? {} : { failure: refusal(`received an error response from Slack: ${text}`, text.trim()) };
  if (!body) return { failure: retryable(`could not unmarshal JSON response ${JSON.stringify(text)}`, 'clientError') };
  const { ok, error, ts, channel } = body;
  if (ok === true) return isText(ts) && isText(channel) ? { place: { threadTs: ts, channelId: channel } } : {};
  const word = isText(error) ? error : '';
  const failure = withPause(refusal(`error response from Slack: ${word}`, word), body);
  const wait = parseRetryAfter(headers.get('retry-after'), now);
  return {
    error: word,
    failure: wait === undefined || failure.kind !== 'retry' ? failure : { ...failure, retryAfterMs: wait },
  };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const refusal = (message: string, word: string): Failure =>
  RATE_LIMITS.includes(word) ? retryable(message, 'rateLimited') : rejected(message, 'clientError');

/** Some answers name the pause in their body. */
function withPause(failure: Failure, body: Record<string, unknown> | undefined): Failure {
  const seconds = body?.['retry_after'];
  if (failure.reason !== 'rateLimited' || failure.retryAfterMs !== undefined) return failure;
  if (typeof seconds !== 'number' || !(seconds >= 0)) return failure;
  return { ...failure, kind: 'retry', retryAfterMs: seconds * 1000 };
}

function parseBody(text: string): Record<string, unknown> | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return isRecordOf({ ok: 'boolean', error: 'string', ts: 'string', channel: 'string' }, body) ? body : undefined;
  } catch {
    return undefined;
  }
}
