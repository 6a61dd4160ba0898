/**
 * Posts a group to VictorOps (Splunk On-Call): one flat object of texts, addressed by API key and routing key.
 *
 * A template that fails ends the notification; Alertmanager tries some of them again, in vain.
 * Alertmanager: notify/victorops.
 */
import type { Outcome } from '../../domain/notify/index.js';
import { encodeBody } from '../kit/go-json.js';
import { groupStatus, hashGroupKey } from '../kit/group.js';
import { type HttpAttempt, httpChannel } from '../kit/http-channel.js';
import { answerOf, postJson } from '../kit/post.js';
import { secretOrFile } from '../kit/secret-file.js';
import { outcomeOf } from '../kit/status.js';
import { fitRunes } from '../kit/truncate.js';
import { withPath } from '../kit/url.js';
import { defineReceiver } from '../receiver.js';
import { type VictoropsSettings, victoropsConfig } from './victorops.config.js';

const STATE_MESSAGE_RUNES = 20_480;
const FIRING_TYPES: readonly string[] = ['INFO', 'WARNING', 'CRITICAL'];

export const victorops = defineReceiver({
  type: 'victorops',
  yamlKey: 'victorops_configs',
  config: victoropsConfig,
  build: (settings, context) => httpChannel(settings, context, send),
  example: `send_resolved: true
http_config:
  follow_redirects: true
api_key: victorops-api-key-secret
api_url: https://alert.example.com/integrations/generic/20131114/alert/
routing_key: '{{ .GroupLabels.team }}'
message_type: '{{ if eq .CommonLabels.severity "warning" }}WARNING{{ else }}CRITICAL{{ end }}'
state_message: '{{ .CommonAnnotations.description }}'
entity_display_name: '{{ .GroupLabels.alertname }}'
monitoring_tool: Tocsin
custom_fields:
  runbook: '{{ .CommonAnnotations.runbook_url }}'
`,
});

type Attempt = HttpAttempt<VictoropsSettings>;

async function send(attempt: Attempt): Promise<Outcome> {
  const { settings, renderer, client, signal, now } = attempt;
  const apiKey = await secretOrFile(settings.apiKey, settings.apiKeyFile, 'failed to read API key from file');
  const url = withPath(settings.apiUrl, `${apiKey}/${renderer.text(settings.routingKey)}`);
  const body = encodeBody(renderMessage(attempt));
  renderer.check();
  return outcomeOf(answerOf(await postJson(client, { url, body, signal, statusSuffices: true })), {}, now());
}

function renderMessage({ settings, renderer, log, notification }: Attempt): ReadonlyMap<string, string> {
  const type = renderer.text(settings.messageType);
  const fires = groupStatus(notification) === 'firing';
  const message = new Map([
    ['message_type', fires ? (FIRING_TYPES.includes(type) ? type : 'CRITICAL') : 'RECOVERY'],
    ['entity_id', hashGroupKey(notification.groupKey)],
    ['entity_display_name', renderer.text(settings.entityDisplayName)],
    ['state_message', fitRunes(renderer.text(settings.stateMessage), STATE_MESSAGE_RUNES, 'state_message', log)],
    ['monitoring_tool', renderer.text(settings.monitoringTool)],
  ]);
  for (const [name, value] of settings.customFields) message.set(name, renderer.text(value));
  return message;
}
