/** One request for one notification: answered, or the reason why not. What its status means is for status.ts. */
import type { Failure } from '../../domain/notify/index.js';
import { type Duration, formatGoDuration } from '../../domain/time/index.js';
import type { CancelSignal } from '../../platform/cancel-signal.js';
import type { HttpClient, HttpRequest, HttpResponse } from '../../platform/http-client/index.js';
import { SendFailed, messageOf, prefixed, retryable } from './failures.js';

export interface Post {
  readonly url: string;
  readonly body?: string | Uint8Array;
  readonly signal: CancelSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** From the settings; what it is called in the message. Zero is no limit. */
  readonly timeout?: { readonly after: Duration; readonly name: string } | undefined;
  /** Nothing is read of an answer that says yes: then it need not come to its end. */
  readonly statusSuffices?: boolean;
}

export type Posted = { readonly response: HttpResponse } | { readonly failure: Failure };

export const postJson = (client: HttpClient, post: Post): Promise<Posted> => requestJson(client, 'POST', post);

export async function requestJson(client: HttpClient, method: string, post: Post): Promise<Posted> {
  try {
    return { response: await client.request(jsonRequest(method, post)) };
  } catch (error) {
    return { failure: retryable(messageOf(error)) };
  }
}

/** The same object each time, so that a client can tell that nothing has changed. */
const JSON_HEADERS = { 'Content-Type': 'application/json' };

export function jsonRequest(method: string, post: Post): HttpRequest {
  const { url, body, signal, headers, timeout, statusSuffices = false } = post;
  const limit = timeout && timeout.after > 0 ? timeout : undefined;
  return {
    method,
    url,
    headers: headers ? { ...JSON_HEADERS, ...headers } : JSON_HEADERS,
    body,
    signal,
    timeoutMs: limit?.after,
    timeoutMessage: limit && `configured ${limit.name} timeout reached (${formatGoDuration(limit.after)})`,
    statusSuffices,
  };
}

/** The answer, or the end of the attempt. */
export function answerOf(posted: Posted, prefix?: string): HttpResponse {
  if ('response' in posted) return posted.response;
  throw new SendFailed(prefix === undefined ? posted.failure : prefixed(prefix, posted.failure));
}
