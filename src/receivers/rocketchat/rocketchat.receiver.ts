/**
 * Posts a group to a channel of Rocket.Chat with a personal access token.
 *
 * A success status is not enough: the answer must say so too. Alertmanager: notify/rocketchat.
 */
import { quoteGo } from '../../domain/matcher/index.js';
import type { Outcome } from '../../domain/notify/index.js';
import type { HttpResponse } from '../../platform/http-client/index.js';
import { prefixed, rejected, retryable } from '../kit/failures.js';
import { encodeBody } from '../kit/go-json.js';
import { type HttpAttempt, httpChannel } from '../kit/http-channel.js';
import { answerOf, postJson } from '../kit/post.js';
import { isRecordOf } from '../kit/record.js';
import { secretOrFileNow } from '../kit/secret-file.js';
import { outcomeOf } from '../kit/status.js';
import { joinPath } from '../kit/url.js';
import { type BuildContext, type Channel, defineReceiver } from '../receiver.js';
import { type RocketchatSettings, rocketchatConfig } from './rocketchat.config.js';
import { renderMessage } from './rocketchat.message.js';

export const rocketchat = defineReceiver({
  type: 'rocketchat',
  yamlKey: 'rocketchat_configs',
  config: rocketchatConfig,
  build,
  example: `send_resolved: true
http_config:
  follow_redirects: true
api_url: https://chat.example.com/
token_id: rocketchat-user-id-secret
token: rocketchat-token-secret
channel: '#alerts'
color: '{{ if eq .Status "firing" }}red{{ else }}green{{ end }}'
title: '{{ template "rocketchat.default.title" . }}'
title_link: '{{ template "rocketchat.default.titlelink" . }}'
text: '{{ .CommonAnnotations.summary }}'
fields:
  - title: Severity
    value: '{{ .CommonLabels.severity }}'
    short: true
short_fields: true
emoji: ':fire:'
icon_url: https://img.example.com/icon.png
image_url: https://img.example.com/graph.png
thumb_url: https://img.example.com/small.png
link_names: true
actions:
  - type: button
    text: Runbook
    url: https://runbooks.example.com/
    msg: '/runbook {{ .GroupLabels.alertname }}'
`,
});

function build(settings: RocketchatSettings, context: BuildContext): Channel {
  const read = (secret: typeof settings.token, file: string | undefined): string =>
    secretOrFileNow(secret, file, `could not read ${file}`);
  const token = read(settings.token, settings.tokenFile);
  const userId = read(settings.tokenId, settings.tokenIdFile);
  return httpChannel(settings, context, (attempt) =>
    send(attempt, { 'X-Auth-Token': attempt.conceal(token), 'X-User-Id': attempt.conceal(userId) }),
  );
}

async function send(
  { settings, renderer, log, client, signal, now }: HttpAttempt<RocketchatSettings>,
  headers: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const message = renderMessage(settings, renderer, log);
  renderer.check('');
  const url = joinPath(settings.apiUrl, 'api/v1/chat.postMessage');
  const response = answerOf(await postJson(client, { url, body: encodeBody(message), headers, signal }));
  const judged = outcomeOf(response, {}, now());
  const outcome = judged.kind === 'delivered' ? readSuccess(response) : judged;
  return outcome.kind === 'delivered' ? outcome : prefixed(`channel ${quoteGo(message.channel ?? '')}`, outcome);
}

function readSuccess({ text }: HttpResponse): Outcome {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    // Said below, like anything else that is not its answer.
  }
  if (!isRecordOf({ success: 'boolean', error: 'string' }, answer))
    return retryable(`could not unmarshal JSON response ${quoteGo(text)}`, 'clientError');
  const { success, error } = answer;
  if (success === true) return { kind: 'delivered' };
  return rejected(`error response from Rocketchat: ${typeof error === 'string' ? error : ''}`, 'clientError');
}
