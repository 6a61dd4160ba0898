/** The last step of most integrations: one JSON body to one URL, judged by its status. */
import type { Outcome } from '../../domain/notify/index.js';
import { encodeBody } from './go-json.js';
import type { HttpAttempt } from './http-channel.js';
import { answerOf, postJson } from './post.js';
import { type StatusRule, outcomeOf } from './status.js';

export async function deliverJson(
  { client, signal, now }: Pick<HttpAttempt<unknown>, 'client' | 'signal' | 'now'>,
  url: string,
  body: unknown,
  rule: StatusRule = {},
): Promise<Outcome> {
  const post = { url, body: encodeBody(body), signal, statusSuffices: true };
  return outcomeOf(answerOf(await postJson(client, post)), rule, now());
}
