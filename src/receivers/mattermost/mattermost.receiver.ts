/** Posts a group to a channel of Mattermost through an incoming webhook. Alertmanager: notify/mattermost. */
import { quoteGo } from '../../domain/matcher/index.js';
import type { Outcome } from '../../domain/notify/index.js';
import { deliverJson } from '../kit/deliver-json.js';
import { prefixed, rejected } from '../kit/failures.js';
import { type HttpAttempt, httpChannel } from '../kit/http-channel.js';
import { secretOrFile } from '../kit/secret-file.js';
import { defineReceiver } from '../receiver.js';
import { type MattermostSettings, mattermostConfig } from './mattermost.config.js';
import { renderMessage } from './mattermost.message.js';

export const mattermost = defineReceiver({
  type: 'mattermost',
  yamlKey: 'mattermost_configs',
  config: mattermostConfig,
  build: (settings, context) => httpChannel(settings, context, send),
  example: `send_resolved: true
http_config:
  follow_redirects: true
webhook_url: https://mattermost.example.com/hooks/mattermost-url-secret
channel: town-square
username: Alerts
text: '{{ template "mattermost.default.text" . }}'
fallback: '{{ template "mattermost.default.fallback" . }}'
color: '{{ template "mattermost.default.color" . }}'
pretext: '{{ .Status }}'
author_name: Tocsin
author_link: https://alerts.example.com/
author_icon: https://img.example.com/author.png
title: '{{ template "mattermost.default.title" . }}'
title_link: '{{ template "mattermost.default.titlelink" . }}'
fields:
  - title: Severity
    value: '{{ .CommonLabels.severity }}'
    short: true
thumb_url: https://img.example.com/small.png
footer: sent by Tocsin
footer_icon: https://img.example.com/footer.png
image_url: https://img.example.com/graph.png
icon_url: https://img.example.com/icon.png
icon_emoji: fire
attachments:
  - title: '{{ .GroupLabels.alertname }}'
    text: '{{ .CommonAnnotations.summary }}'
type: custom_alert
props:
  card: '{{ .CommonAnnotations.description }}'
priority:
  priority: '{{ if eq .CommonLabels.severity "critical" }}urgent{{ else }}important{{ end }}'
  requested_ack: true
  persistent_notifications: true
`,
});

async function send(attempt: HttpAttempt<MattermostSettings>): Promise<Outcome> {
  const { settings, renderer, log, client, signal, now, conceal } = attempt;
  const url = conceal(await secretOrFile(settings.webhookUrl, settings.webhookUrlFile, 'read webhook_url_file'));
  if (url === '') return rejected('webhook url missing');
  const message = renderMessage(settings, renderer, log);
  renderer.check('');
  const outcome = await deliverJson({ client, signal, now }, url, message);
  return outcome.kind === 'delivered' ? outcome : prefixed(`channel ${quoteGo(message.channel ?? '')}`, outcome);
}
