/**
 * What integrations over HTTP have in common: a client that lives as long as they do, templates that are rendered for one
 * notification, and a way out from anywhere by `SendFailed`.
 */
import type { Notification, Outcome } from '../../domain/notify/index.js';
import { templateData } from '../../domain/template/index.js';
import type { Instant } from '../../domain/time/index.js';
import type { CancelSignal } from '../../platform/cancel-signal.js';
import type { HttpClient, HttpClientOptions, HttpSettings } from '../../platform/http-client/index.js';
import type { Logger } from '../../platform/log.js';
import type { BuildContext, Channel } from '../receiver.js';
import { Concealed } from './conceal.js';
import { SendFailed } from './failures.js';
import { type Renderer, createRenderer } from './renderer.js';

/** One attempt. */
export interface HttpAttempt<Settings> {
  readonly settings: Settings;
  readonly notification: Notification;
  readonly renderer: Renderer;
  readonly client: HttpClient;
  readonly signal: CancelSignal;
  readonly log: Logger;
  now(): Instant;
  /** Returns the text; nothing that this attempt reports will show it. */
  conceal(text: string): string;
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
      const concealed = new Concealed();
      const conceal = (text: string): string => {
        context.witness?.conceal(text);
        return concealed.add(text);
      };
      const now = (): Instant => clock.now();
      try {
        const outcome = await send({ settings, notification, renderer, client, signal, log, now, conceal });
        return outcome.kind === 'delivered' ? outcome : concealed.mask(outcome);
      } catch (error) {
        if (error instanceof SendFailed) return concealed.mask(error.failure);
        throw error;
      }
    },
    close: () => client.close(),
  };
}
