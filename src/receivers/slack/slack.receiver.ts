/**
 * Posts a group to Slack: through an incoming webhook, or through the API as an app, which can also change the message that
 * it posted for the group before.
 *
 * Where that message is stands in the notification log, so that a restart does not lose it. A message that can no longer
 * be changed is posted anew; Alertmanager would fail from then on.
 * Alertmanager: notify/slack.
 */
import type { Outcome, ReceiverData } from '../../domain/notify/index.js';
import { quoteGo } from '../../domain/matcher/index.js';
import { prefixed } from '../kit/failures.js';
import { encodeBody } from '../kit/go-json.js';
import { type HttpAttempt, httpChannel } from '../kit/http-channel.js';
import { answerOf, postJson } from '../kit/post.js';
import { secretOrFile } from '../kit/secret-file.js';
import { defineReceiver } from '../receiver.js';
import { type SlackAnswer, readAnswer } from './slack.answer.js';
import { type SlackSettings, slackConfig } from './slack.config.js';
import { type SlackMessage, renderMessage } from './slack.message.js';
import { postToWebhook } from './slack.webhook.js';

const UPDATE_URL = 'https://slack.com/api/chat.update';
/** Methods of the API have names like this one. */
const API_METHOD = /\/api\/chat\.[A-Za-z]+$/;
/** Slack's words for a message that is gone or may not be changed any more. */
const UNCHANGEABLE: readonly (string | undefined)[] = [
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'update_failed',
];

export const slack = defineReceiver({
  type: 'slack',
  yamlKey: 'slack_configs',
  config: slackConfig,
  build: (settings, context) => httpChannel(settings, context, send),
  example: `send_resolved: true
http_config:
  follow_redirects: true
api_url: https://hooks.example.com/services/T0/B0/slack-url-secret
app_url: https://slack.example.com/api/chat.postMessage
channel: '#alerts-{{ .CommonLabels.team }}'
username: Alerts
color: '{{ if eq .Status "firing" }}danger{{ else }}good{{ end }}'
title: '{{ template "slack.default.title" . }}'
title_link: '{{ template "slack.default.titlelink" . }}'
pretext: '{{ .CommonAnnotations.summary }}'
text: '{{ range .Alerts }}{{ .Annotations.description }} {{ end }}'
message_text: '{{ .Status }}: {{ len .Alerts }}'
fields:
  - title: Severity
    value: '{{ .CommonLabels.severity }}'
    short: true
short_fields: true
footer: sent by Tocsin
fallback: '{{ template "slack.default.fallback" . }}'
callback_id: alerts
icon_emoji: ':fire:'
icon_url: https://img.example.com/icon.png
image_url: https://img.example.com/graph.png
thumb_url: https://img.example.com/small.png
link_names: true
mrkdwn_in: [text]
actions:
  - type: button
    text: Acknowledge
    name: ack
    value: '{{ .GroupLabels.alertname }}'
    style: primary
    confirm:
      text: Sure?
      title: Acknowledge
      ok_text: 'Yes'
      dismiss_text: 'No'
  - type: button
    text: Runbook
    url: https://runbooks.example.com/
update_message: false
timeout: 10s
`,
});

type Attempt = HttpAttempt<SlackSettings>;

async function send(attempt: Attempt): Promise<Outcome> {
  const { settings, renderer, log, notification } = attempt;
  const message = renderMessage(settings, renderer, log);
  renderer.check();
  const url = await secretOrFile(settings.apiUrl, settings.apiUrlFile);
  const place = settings.updateMessage ? placeOf(notification.data) : undefined;
  if (!place) return outcomeFor(settings, message, await post(attempt, url, message));

  const change = { ...message, channel: place.channelId, ts: place.threadTs };
  const answer = await post(attempt, UPDATE_URL, change);
  if (!UNCHANGEABLE.includes(answer.error)) return outcomeFor(settings, change, answer);
  log.info('The message cannot be changed any more, posting another', { err: answer.error });
  return outcomeFor(settings, message, await post(attempt, url, message));
}

function placeOf({ threadTs, channelId }: ReceiverData): { threadTs: string; channelId: string } | undefined {
  if (typeof threadTs !== 'string' || typeof channelId !== 'string') return undefined;
  return threadTs !== '' && channelId !== '' ? { threadTs, channelId } : undefined;
}

async function post(
  { client, signal, settings, now }: Attempt,
  url: string,
  message: SlackMessage,
): Promise<SlackAnswer> {
  const target = { url, signal, timeout: { after: settings.timeout, name: 'slack' } };
  const posted = API_METHOD.test(url)
    ? await postJson(client, { ...target, body: encodeBody(message) })
    : await postToWebhook(client, message, target);
  return readAnswer(answerOf(posted), now());
}

function outcomeFor(settings: SlackSettings, message: SlackMessage, { failure, place }: SlackAnswer): Outcome {
  if (failure) return prefixed(`channel ${quoteGo(message.channel ?? '')}`, failure);
  return { kind: 'delivered', ...(settings.updateMessage && place ? { data: place } : {}) };
}
