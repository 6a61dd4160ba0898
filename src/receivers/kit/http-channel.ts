/**
 * What integrations over HTTP have in common: a client that lives as long as they do, templates that are rendered for one
 * notification, and a way out from anywhere by `SendFailed`.
 */
import type { Notification, Outcome } from '../../domain/notify/index.js';
import { templateData } from '../../domain/template/index.js';
import type { Instant } from '../../domain/time/index.js';
import type { HttpClient, HttpClientOptions, HttpSettings } from '../../platform/http-client/index.js';
import type { Logger } from '../../platform/log.js';
import type { BuildContext, Channel } from '../receiver.js';
import { SendFailed } from './failures.js';
import { type Renderer, createRenderer } from './renderer.js';

/** One attempt. */
export interface HttpAttempt<Settings> {
  readonly settings: Settings;
  readonly notification: Notification;
  readonly renderer: Renderer;
  readonly client: HttpClient;
  readonly signal: AbortSignal;
  readonly log: Logger;
  now(): Instant;
}

export function httpChannel<Settings extends { readonly httpConfig: HttpSettings }>(
  settings: Settings,
  context: BuildContext,
  send: (attempt: HttpAttempt<Settings>) => Promise<Outcome>,
  options?: HttpClientOptions,
): Channel {
  const { templates, clock, http } = context;
  const client = http.client(settings.httpConfig, options);
  return {
    async send(notification, signal) {
      const log = context.log.with({ group_key: notification.groupKey });
      const renderer = createRenderer(templates, templateData(notification), clock.now());
      try {
        return await send({ settings, notification, renderer, client, signal, log, now: () => clock.now() });
      } catch (error) {
        if (error instanceof SendFailed) return error.failure;
        throw error;
      }
    },
    close: () => client.close(),
  };
}
