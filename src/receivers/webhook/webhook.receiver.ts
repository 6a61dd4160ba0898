/**
 * POSTs a group as JSON to a URL of the user's: Alertmanager's standard payload, or one that the user has designed.
 *
 * The URL is a template and a secret. 2xx is success; network errors and 5xx are tried again.
 * Alertmanager: notify/webhook.
 */
import type { Failure, Notification, Outcome } from '../../domain/notify/index.js';
import { copyWithTemplate, templateData } from '../../domain/template/index.js';
import type { CancelSignal } from '../../platform/cancel-signal.js';
import type { HttpClient } from '../../platform/http-client/index.js';
import { messageOf, rejected, retryable } from '../kit/failures.js';
import { encodeBody } from '../kit/go-json.js';
import { jsonRequest } from '../kit/post.js';
import { type Renderer, createRenderer } from '../kit/renderer.js';
import { readTrimmed } from '../kit/secret-file.js';
import { type StatusRule, outcomeOf } from '../kit/status.js';
import { parseYamlValue } from '../kit/yaml-value.js';
import { type BuildContext, type Channel, defineReceiver } from '../receiver.js';
import { type WebhookSettings, webhookConfig } from './webhook.config.js';
import { encodeLargePayload, encodePayload, isLargeGroup, keepFirst } from '../kit/payload.js';

export const webhook = defineReceiver({
  type: 'webhook',
  yamlKey: 'webhook_configs',
  config: webhookConfig,
  build: (settings, context) => new WebhookChannel(settings, context),
  example: `send_resolved: true
url: https://hooks.example.com/alerts?team={{ .GroupLabels.team }}&key=webhook-url-secret
http_config:
  authorization:
    type: Bearer
    credentials: webhook-credentials-secret
  follow_redirects: true
  http_headers:
    X-Team:
      values: [a]
      secrets: [webhook-header-secret]
max_alerts: 100
timeout: 10s
payload:
  text: '{{ .Status }}: {{ len .Alerts }}'
  labels: '{{ .CommonLabels | toJson }}'
`,
});

/** None is an exception. */
const EVERY_STATUS: StatusRule = {};

class WebhookChannel implements Channel {
  readonly #client: HttpClient;

  constructor(
    private readonly settings: WebhookSettings,
    private readonly context: BuildContext,
  ) {
    this.#client = context.http.client(settings.httpConfig, { url: settings.url?.reveal() });
  }

  async send(whole: Notification, signal: CancelSignal): Promise<Outcome> {
    const { settings, context } = this;
    const { notification, truncatedAlerts } = keepFirst(whole, settings.maxAlerts);
    let body: string | Uint8Array;
    let renderer: Renderer;
    try {
      renderer = createRenderer(context.templates, templateData(notification), context.clock.now());
      if (settings.payload != null) body = this.#customBody(renderer);
      else if (isLargeGroup(notification)) body = await encodeLargePayload(notification, truncatedAlerts);
      else body = encodePayload(notification, truncatedAlerts);
    } catch (error) {
      return rejected(`failed to render custom payload: ${messageOf(error)}`);
    }
    const source = settings.url ? settings.url.reveal() : await this.#urlInFile();
    if (typeof source !== 'string') return source;
    const url = urlOf(source, renderer);
    if (typeof url !== 'string') return url;
    context.witness?.conceal(url);

    const timeout = settings.timeout > 0 ? { after: settings.timeout, name: 'webhook' } : undefined;
    const request = jsonRequest('POST', { url, body, signal, timeout, statusSuffices: true });
    // Not by `postJson`, which waits once more: ten thousand groups may be told at once.
    try {
      return outcomeOf(await this.#client.request(request), EVERY_STATUS, context.clock.now());
    } catch (error) {
      return retryable(messageOf(error));
    }
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  #customBody(renderer: Renderer): string {
    const render = (source: string): string => {
      const text = renderer.text(source);
      if (renderer.failure !== undefined) throw new Error(renderer.failure);
      return text;
    };
    return encodeBody(copyWithTemplate(this.settings.payload, render, parseYamlValue));
  }

  async #urlInFile(): Promise<string | Failure> {
    try {
      return await readTrimmed(this.settings.urlFile ?? '');
    } catch (error) {
      return rejected(`read url_file: ${messageOf(error)}`);
    }
  }
}

function urlOf(source: string, renderer: Renderer): string | Failure {
  const rendered = renderer.text(source);
  if (renderer.failure !== undefined) return rejected(`failed to template webhook URL: ${renderer.failure}`);
  return rendered === '' ? rejected('webhook URL is empty after templating') : rendered;
}
