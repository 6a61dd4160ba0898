/**
 * Creates, updates and closes an Opsgenie alert for a group. Requests run one after another; the first that fails ends the
 * attempt, and another attempt repeats them all, which changes nothing where they had arrived.
 * Alertmanager: notify/opsgenie.
 */
import type { Outcome } from '../../domain/notify/index.js';
import { type HttpAttempt, httpChannel } from '../kit/http-channel.js';
import { answerOf, requestJson } from '../kit/post.js';
import { secretOrFile } from '../kit/secret-file.js';
import { outcomeOf } from '../kit/status.js';
import { defineReceiver } from '../receiver.js';
import { type OpsgenieSettings, opsgenieConfig } from './opsgenie.config.js';
import { renderRequests } from './opsgenie.requests.js';

export const opsgenie = defineReceiver({
  type: 'opsgenie',
  yamlKey: 'opsgenie_configs',
  config: opsgenieConfig,
  build: (settings, context) => httpChannel(settings, context, send),
  retries: [429],
  example: `send_resolved: true
http_config:
  follow_redirects: true
api_key: opsgenie-api-key-secret
api_url: https://api.example.com/
message: '{{ .GroupLabels.alertname }}'
description: '{{ .CommonAnnotations.description }}'
source: '{{ .ExternalURL }}'
details:
  firing: '{{ .Alerts.Firing | len }}'
entity: '{{ .CommonLabels.instance }}'
responders:
  - name: '{{ .CommonLabels.team }}'
    type: team
  - id: 8418d193-2dab-4490-b331-8c02cdd196b7
    type: schedule
  - username: trinity@example.com
    type: user
actions: restart,fix
tags: '{{ .CommonLabels.severity }},prod'
note: sent by Tocsin
priority: '{{ if eq .CommonLabels.severity "critical" }}P1{{ else }}P3{{ end }}'
update_alerts: true
`,
});

async function send(attempt: HttpAttempt<OpsgenieSettings>): Promise<Outcome> {
  const { settings, renderer, client, signal, now } = attempt;
  const requests = renderRequests(attempt);
  const apiKey = renderer.text(await secretOrFile(settings.apiKey, settings.apiKeyFile, 'read key_file error'));
  renderer.check();
  const headers = { Authorization: `GenieKey ${apiKey}` };
  for (const { method, url, body } of requests) {
    const answer = answerOf(await requestJson(client, method, { url, body, headers, signal, statusSuffices: true }));
    const outcome = outcomeOf(answer, { retryStatuses: [429] }, now());
    if (outcome.kind !== 'delivered') return outcome;
  }
  return { kind: 'delivered' };
}
