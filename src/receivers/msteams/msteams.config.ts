/** Settings of `msteams_configs`. */
import { refuseSeveral, requireOne } from '../../config/exclusive.js';
import { httpConfig, receiver, sendResolved, withGlobalHttp } from '../../config/receiver-schema.js';
import { type Infer, path, secretUrl, template } from '../../config/schema/index.js';

const fields = {
  send_resolved: sendResolved(true),
  http_config: httpConfig(),
  webhook_url: secretUrl({ required: true, help: 'Incoming webhook of the channel.' }),
  webhook_url_file: path({ help: 'File with the webhook, read for each notification; instead of webhook_url.' }),
  title: template({ default: '{{ template "msteams.default.title" . }}', help: 'Title of the card.' }),
  summary: template({ default: '{{ template "msteams.default.summary" . }}', help: 'Summary of the card.' }),
  text: template({ default: '{{ template "msteams.default.text" . }}', help: 'Text of the card.' }),
};
export type MsteamsSettings = Infer<typeof fields>;

export const msteamsConfig = receiver('msteams.MSTeamsConfig', fields, {
  order: { printed: 14, checked: 14 },
  check(settings, report) {
    const sources = [
      ['webhook_url', settings.webhookUrl],
      ['webhook_url_file', settings.webhookUrlFile],
    ] as const;
    requireOne(report, sources, 'one of webhook_url or webhook_url_file must be configured');
    refuseSeveral(report, sources, 'at most one of webhook_url & webhook_url_file must be configured');
  },
  inherit: withGlobalHttp,
});
