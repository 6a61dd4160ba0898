/** Posts a group to Microsoft Teams as an adaptive card, through a workflow. Alertmanager: notify/msteamsv2. */
import type { Outcome } from '../../domain/notify/index.js';
import { deliverJson } from '../kit/deliver-json.js';
import { groupStatus } from '../kit/group.js';
import { type HttpAttempt, httpChannel } from '../kit/http-channel.js';
import { secretOrFile } from '../kit/secret-file.js';
import { defineReceiver } from '../receiver.js';
import { type Msteamsv2Settings, msteamsv2Config } from './msteamsv2.config.js';

const COLORS = { firing: 'Attention', resolved: 'Good' } as const;

export const msteamsv2 = defineReceiver({
  type: 'msteamsv2',
  yamlKey: 'msteamsv2_configs',
  config: msteamsv2Config,
  build: (settings, context) => httpChannel(settings, context, send),
  example: `send_resolved: true
http_config:
  follow_redirects: true
webhook_url: https://workflows.example.com/invoke?sig=msteamsv2-url-secret
title: '{{ template "msteamsv2.default.title" . }}'
text: '{{ template "msteamsv2.default.text" . }}'
`,
});

async function send(attempt: HttpAttempt<Msteamsv2Settings>): Promise<Outcome> {
  const { settings, renderer, notification, conceal } = attempt;
  const title = renderer.text(settings.title ?? '');
  const text = renderer.text(settings.text ?? '');
  renderer.check('');
  const url = conceal(await secretOrFile(settings.webhookUrl, settings.webhookUrlFile, 'read webhook_url_file'));
  return deliverJson(attempt, url, message(title, text, COLORS[groupStatus(notification)]));
}

const message = (title: string, text: string, color: string): object => ({
  type: 'message',
  attachments: [
    { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: card(title, text, color) },
  ],
});

const card = (title: string, text: string, color: string): object => ({
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  type: 'AdaptiveCard',
  version: '1.2',
  body: [
    { type: 'TextBlock', text: title, weight: 'Bolder', size: 'Medium', wrap: true, style: 'heading', color },
    { type: 'TextBlock', text, wrap: true },
  ],
  msteams: { width: 'full' },
});
