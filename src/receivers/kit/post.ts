/** One POST for one notification: sent, or the reason why not. What its status means is for status.ts. */
import type { Failure } from '../../domain/notify/index.js';
import { type Duration, formatGoDuration } from '../../domain/time/index.js';
import type { HttpClient, HttpResponse } from '../../platform/http-client/index.js';
import { messageOf, retryable } from './failures.js';

export interface Post {
  readonly url: string;
  readonly body: string;
  readonly signal: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** From the settings; what it is called in the message. */
  readonly timeout?: { readonly after: Duration; readonly name: string };
}

export type Posted = { readonly response: HttpResponse } | { readonly failure: Failure };

export async function postJson(client: HttpClient, post: Post): Promise<Posted> {
  const { url, body, signal, headers, timeout } = post;
  try {
    const response = await client.post({
      url,
      body,
      signal,
      headers: { 'Content-Type': 'application/json', ...headers },
      ...(timeout ? timeLimit(timeout) : {}),
    });
    return { response };
  } catch (error) {
    return { failure: retryable(messageOf(error)) };
  }
}

const timeLimit = ({ after, name }: NonNullable<Post['timeout']>): { timeoutMs: number; timeoutMessage: string } => ({
  timeoutMs: after,
  timeoutMessage: `configured ${name} timeout reached (${formatGoDuration(after)})`,
});
