/**
 * Slack's own client for incoming webhooks, with our HTTP client underneath: proxy, TLS, credentials and time limits are
 * those of the settings, and what goes over the wire is byte for byte what Alertmanager sends.
 * The client throws away the headers of an answer, in which Slack says how long to wait; so the answer is kept on its way.
 */
import type { IncomingWebhookSendArguments } from '@slack/webhook';

import type { HttpClient } from '../../platform/http-client/index.js';
import { retryable } from '../kit/failures.js';
import { escapeMarkup } from '../kit/go-json.js';
import { type Post, type Posted, postJson } from '../kit/post.js';
import type { SlackMessage } from './slack.message.js';

export async function postToWebhook(
  client: HttpClient,
  message: SlackMessage,
  post: Omit<Post, 'body'>,
): Promise<Posted> {
  const { IncomingWebhook } = await import('@slack/webhook');
  let posted: Posted = { failure: retryable('nothing was sent') };
  const webhook = new IncomingWebhook(post.url, {
    fetch: async (_url, init) => {
      posted = await postJson(client, { ...post, body: `${escapeMarkup(String(init?.body))}\n` });
      return new Response();
    },
  });
  // Its type knows fewer members than Slack does; what is handed in goes out as it is.
  await webhook.send(message as IncomingWebhookSendArguments);
  return posted;
}
