/**
 * Posts a group to Microsoft Teams as a message card, through an incoming webhook. Alertmanager: notify/msteams.
 *
 * We differ from Alertmanager: Teams may answer with a success whose text says that nothing was delivered, with the
 * status that counts. We take its word for it; a rate limit or an ill server there is tried again.
 */
import type { Outcome } from '../../domain/notify/index.js';
import type { HttpResponse } from '../../platform/http-client/index.js';
import { rejected, retryable } from '../kit/failures.js';
import { encodeBody } from '../kit/go-json.js';
import { groupStatus } from '../kit/group.js';
import { type HttpAttempt, httpChannel } from '../kit/http-channel.js';
import { answerOf, postJson } from '../kit/post.js';
import { secretOrFile } from '../kit/secret-file.js';
import { outcomeOf, reasonOf } from '../kit/status.js';
import { defineReceiver } from '../receiver.js';
import { type MsteamsSettings, msteamsConfig } from './msteams.config.js';

/** `Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 with ContextId …` */
const HIDDEN_FAILURE = /delivery failed with error: .*HTTP error (\d{3})/;
const COLORS = { firing: '8C1A1A', resolved: '2DC72D' } as const;

export const msteams = defineReceiver({
  type: 'msteams',
  yamlKey: 'msteams_configs',
  config: msteamsConfig,
  build: (settings, context) => httpChannel(settings, context, send),
  example: `send_resolved: true
http_config:
  follow_redirects: true
webhook_url: https://teams.example.com/webhookb2/msteams-url-secret
title: '{{ template "msteams.default.title" . }}'
summary: '{{ template "msteams.default.summary" . }}'
text: '{{ template "msteams.default.text" . }}'
`,
});

async function send(attempt: HttpAttempt<MsteamsSettings>): Promise<Outcome> {
  const { settings, renderer, notification, conceal, client, signal, now } = attempt;
  const title = renderer.text(settings.title ?? '');
  const text = renderer.text(settings.text ?? '');
  const summary = renderer.text(settings.summary ?? '');
  renderer.check('');
  const url = conceal(await secretOrFile(settings.webhookUrl, settings.webhookUrlFile, 'read webhook_url_file'));
  const body = encodeBody({
    '@context': 'http://schema.org/extensions',
    type: 'MessageCard',
    title,
    summary,
    text,
    themeColor: COLORS[groupStatus(notification)],
  });
  const response = answerOf(await postJson(client, { url, body, signal, statusSuffices: true }));
  const outcome = outcomeOf(response, {}, now());
  return outcome.kind === 'delivered' ? readSuccess(response) : outcome;
}

function readSuccess({ text }: HttpResponse): Outcome {
  const [found, code] = HIDDEN_FAILURE.exec(text) ?? [];
  if (found === undefined) return { kind: 'delivered' };
  const status = Number(code);
  const fail = status === 429 || status >= 500 ? retryable : rejected;
  return fail(`error response from Microsoft Teams: ${text}`, reasonOf(status));
}
