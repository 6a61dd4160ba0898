/**
 * Posts a group to an alert source of incident.io: the webhook's payload in its version 1.
 *
 * The service takes 512 KiB. A group that is larger is sent with its first alert alone, which is what an incident is made
 * from. Alertmanager: notify/incidentio.
 */
import { Secret } from '../../config/secret.js';
import type { Notification, Outcome } from '../../domain/notify/index.js';
import type { HttpResponse } from '../../platform/http-client/index.js';
import type { Logger } from '../../platform/log.js';
import { type HttpAttempt, httpChannel } from '../kit/http-channel.js';
import { encodePayload, keepFirst } from '../kit/payload.js';
import { answerOf, postJson } from '../kit/post.js';
import { secretOrFile, secretOrFileNow } from '../kit/secret-file.js';
import { outcomeOf } from '../kit/status.js';
import { type BuildContext, type Channel, defineReceiver } from '../receiver.js';
import { type IncidentioSettings, incidentioConfig } from './incidentio.config.js';

const PAYLOAD_BYTES = 512 * 1024;
const VERSION = '1';

export const incidentio = defineReceiver({
  type: 'incidentio',
  yamlKey: 'incidentio_configs',
  config: incidentioConfig,
  build,
  retries: [429],
  example: `send_resolved: true
http_config:
  follow_redirects: true
url: https://api.incident.example.com/v2/alert_events/alertmanager/01HXYZ
alert_source_token: incidentio-source-token-secret
max_alerts: 100
timeout: 10s
`,
});

/** The token of the alert source takes the place of any other authorization. */
function build(settings: IncidentioSettings, context: BuildContext): Channel {
  const { alertSourceToken, alertSourceTokenFile } = settings;
  const token = secretOrFileNow(alertSourceToken, alertSourceTokenFile, 'failed to read alert_source_token_file');
  if (token === '') return httpChannel(settings, context, send);
  const httpConfig = { ...settings.httpConfig, authorization: { type: 'Bearer', credentials: new Secret(token) } };
  return httpChannel({ ...settings, httpConfig }, context, (attempt) => {
    attempt.conceal(token);
    return send(attempt);
  });
}

type Attempt = HttpAttempt<Omit<IncidentioSettings, 'httpConfig'>>;

async function send({ settings, notification, client, signal, now, log, conceal }: Attempt): Promise<Outcome> {
  const body = encodeWithin(notification, settings.maxAlerts, log);
  const url = settings.url ?? conceal(await secretOrFile(undefined, settings.urlFile, 'read url_file'));
  const timeout = { after: settings.timeout, name: 'incident.io' };
  const response = answerOf(await postJson(client, { url, body, signal, timeout, statusSuffices: true }));
  return outcomeOf(response, { retryStatuses: [429], details: detailsOf }, now());
}

function encodeWithin(whole: Notification, maxAlerts: number, log: Logger): string {
  const { notification, truncatedAlerts } = keepFirst(whole, maxAlerts);
  const full = encodePayload(notification, truncatedAlerts, { version: VERSION });
  const size = Buffer.byteLength(full);
  if (size <= PAYLOAD_BYTES) return full;
  const short = encodePayload(notification, truncatedAlerts, { version: VERSION, shownAlerts: 1 });
  const sizes = { original_size: size, final_size: Buffer.byteLength(short), max_size: PAYLOAD_BYTES };
  const what = 'Truncated alert content due to incident.io payload size limit';
  if (sizes.final_size <= PAYLOAD_BYTES) log.warn(what, sizes);
  else log.error(`${what}, but still exceeds limit`, sizes);
  return short;
}

/** What went wrong in the service's words, if it says so. */
function detailsOf({ text }: HttpResponse): string {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return '';
  }
  if (typeof answer !== 'object' || answer === null) return '';
  const { message, error, errors } = answer as Readonly<Record<string, unknown>>;
  const all = Array.isArray(errors) ? errors.join(', ') : '';
  return [message, error, all].filter((part) => typeof part === 'string' && part !== '').join(': ');
}
