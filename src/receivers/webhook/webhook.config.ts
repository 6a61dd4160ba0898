import { refuseSeveral, requireOne } from '../../config/exclusive.js';
import { httpConfig, receiver, sendResolved, withGlobalHttp } from '../../config/receiver-schema.js';
import { type SettingsOf, any, goDuration, path, templatedUrl, uint } from '../../config/schema/index.js';
import { duration } from '../../domain/time/index.js';

/** Settings of `webhook_configs`. The URL is a secret and a template. */
export const webhookConfig = receiver(
  'webhook.WebhookConfig',
  {
    send_resolved: sendResolved(true),
    http_config: httpConfig(),
    url: templatedUrl({ required: true, help: 'Where to POST; may be a template.' }),
    url_file: path({ alwaysPrinted: true, help: 'File with the URL, read for each notification; instead of url.' }),
    max_alerts: uint({ default: 0, alwaysPrinted: true, help: 'Send at most this many alerts; 0 sends all.' }),
    timeout: goDuration({
      default: duration(0),
      bareNumbers: true,
      alwaysPrinted: true,
      help: 'Limit for one attempt; 0 sets none.',
    }),
    payload: any({ help: 'The body to send instead of the standard one: any structure, its texts are templates.' }),
  },
  {
    order: { printed: 6, checked: 1 },
    check(settings, report) {
      const sources = [
        ['url', settings.url],
        ['url_file', settings.urlFile],
      ] as const;
      requireOne(report, sources, 'one of url or url_file must be configured');
      refuseSeveral(report, sources, 'at most one of url & url_file must be configured');
    },
    inherit: withGlobalHttp,
  },
);
export type WebhookSettings = SettingsOf<typeof webhookConfig>;
