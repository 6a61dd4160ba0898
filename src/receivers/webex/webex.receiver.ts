/** Posts a group to a Webex room as Markdown. The bot's token stands in `http_config`. Alertmanager: notify/webex. */
import type { Outcome } from '../../domain/notify/index.js';
import { deliverJson } from '../kit/deliver-json.js';
import { type HttpAttempt, httpChannel } from '../kit/http-channel.js';
import { fitBytes } from '../kit/truncate.js';
import { defineReceiver } from '../receiver.js';
import { type WebexSettings, webexConfig } from './webex.config.js';

const MESSAGE_BYTES = 7439;

export const webex = defineReceiver({
  type: 'webex',
  yamlKey: 'webex_configs',
  config: webexConfig,
  build: (settings, context) => httpChannel(settings, context, send),
  example: `send_resolved: true
http_config:
  authorization:
    type: Bearer
    credentials: webex-bot-token-secret
api_url: https://webexapis.example.com/v1/messages
message: '{{ template "webex.default.message" . }}'
room_id: '{{ .CommonLabels.team }}-room'
`,
});

/** We differ from Alertmanager: a room that cannot be rendered ends the notification, which would reach nobody. */
function send(attempt: HttpAttempt<WebexSettings>): Promise<Outcome> {
  const { settings, renderer, log } = attempt;
  const markdown = fitBytes(renderer.text(settings.message ?? ''), MESSAGE_BYTES, 'message', log);
  const roomId = renderer.text(settings.roomId) || undefined;
  renderer.check('');
  return deliverJson(attempt, settings.apiUrl, { markdown, roomId });
}
