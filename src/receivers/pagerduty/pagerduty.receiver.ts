/**
 * Triggers and resolves a PagerDuty incident for a group. A service key selects version 1 of the events API, which has a
 * fixed address and says 403 where version 2 says 429 to those who send too much.
 * Alertmanager: notify/pagerduty.
 */
import type { Outcome } from '../../domain/notify/index.js';
import type { HttpResponse } from '../../platform/http-client/index.js';
import { groupStatus, hashGroupKey } from '../kit/group.js';
import { type HttpAttempt, httpChannel } from '../kit/http-channel.js';
import { answerOf, postJson } from '../kit/post.js';
import { secretOrFile } from '../kit/secret-file.js';
import { outcomeOf } from '../kit/status.js';
import { defineReceiver } from '../receiver.js';
import { type PagerdutySettings, pagerdutyConfig } from './pagerduty.config.js';
import { encodeEventV1, encodeEventV2 } from './pagerduty.event.js';

const V1_URL = 'https://events.pagerduty.com/generic/2010-04-15/create_event.json';

export const pagerduty = defineReceiver({
  type: 'pagerduty',
  yamlKey: 'pagerduty_configs',
  config: pagerdutyConfig,
  build: (settings, context) =>
    httpChannel(settings, context, settings.serviceKey || settings.serviceKeyFile ? sendV1 : sendV2),
  retries: [429],
  example: `send_resolved: true
http_config:
  follow_redirects: true
routing_key: pagerduty-routing-key-secret
url: https://events.example.com/v2/enqueue
client: Tocsin
client_url: '{{ .ExternalURL }}'
description: '{{ .GroupLabels.alertname }}: {{ len .Alerts.Firing }} firing'
details:
  runbook: '{{ .CommonAnnotations.runbook_url }}'
  counts:
    firing: '{{ .Alerts.Firing | len }}'
images:
  - src: https://img.example.com/graph.png
    alt: Load
    href: https://dashboards.example.com/load
links:
  - href: https://runbooks.example.com/
    text: Runbook
source: '{{ .CommonLabels.instance }}'
severity: '{{ if eq .CommonLabels.severity "critical" }}critical{{ else }}warning{{ end }}'
class: load
component: '{{ .CommonLabels.job }}'
group: '{{ .CommonLabels.cluster }}'
timeout: 10s
`,
});

type Attempt = HttpAttempt<PagerdutySettings>;

async function sendV2(attempt: Attempt): Promise<Outcome> {
  const { settings, now } = attempt;
  const key = await secretOrFile(settings.routingKey, settings.routingKeyFile, 'failed to read routing key from file');
  const body = encodeEventV2({ ...partsOf(attempt), key });
  const answer = await post(attempt, settings.url, body, 'failed to post message to PagerDuty');
  return outcomeOf(answer, { retryStatuses: [429], details: errorDetails }, now());
}

async function sendV1(attempt: Attempt): Promise<Outcome> {
  const { settings, now } = attempt;
  const key = await secretOrFile(settings.serviceKey, settings.serviceKeyFile, 'failed to read service key from file');
  const body = encodeEventV1({ ...partsOf(attempt), key });
  const answer = await post(attempt, V1_URL, body, 'failed to post message to PagerDuty v1');
  const outcome = outcomeOf(answer, { retryStatuses: [403], details: errorDetails }, now());
  // Its statuses mean something else, 403 above all, so that they have no class of their own.
  return outcome.kind === 'delivered' ? outcome : { ...outcome, reason: 'other' };
}

const partsOf = ({ settings, renderer, log, notification }: Attempt) => ({
  settings,
  renderer,
  log,
  incident: hashGroupKey(notification.groupKey),
  status: groupStatus(notification),
});

async function post(
  { client, signal, settings }: Attempt,
  url: string,
  body: string,
  what: string,
): Promise<HttpResponse> {
  const timeout = { after: settings.timeout, name: 'pagerduty' };
  return answerOf(await postJson(client, { url, body, signal, timeout, statusSuffices: true }), what);
}

/** Only a refused event is explained. */
function errorDetails({ status, text }: HttpResponse): string {
  if (status !== 400) return '';
  try {
    const { message = '', errors } = JSON.parse(text) as { message?: unknown; errors?: unknown };
    return `${String(message)}: ${Array.isArray(errors) ? errors.join(',') : ''}`;
  } catch {
    return '';
  }
}
