/** Settings of `msteamsv2_configs`. An http_config of its own still takes the global proxy_url when it names none. */
import { refuseSeveral, requireOne } from '../../config/exclusive.js';
import { httpConfig, ownHttpConfig, receiver, sendResolved } from '../../config/receiver-schema.js';
import { type Infer, path, secretUrl, template } from '../../config/schema/index.js';

const fields = {
  send_resolved: sendResolved(true),
  http_config: httpConfig(),
  webhook_url: secretUrl({ required: true, help: 'Workflow that posts to the channel.' }),
  webhook_url_file: path({ help: 'File with the URL, read for each notification; instead of webhook_url.' }),
  title: template({ default: '{{ template "msteamsv2.default.title" . }}', help: 'Title of the card.' }),
  text: template({ default: '{{ template "msteamsv2.default.text" . }}', help: 'Text of the card.' }),
};
export type Msteamsv2Settings = Infer<typeof fields>;

export const msteamsv2Config = receiver('msteamsv2.MSTeamsV2Config', fields, {
  order: { printed: 15, checked: 15 },
  check(settings, report) {
    const sources = [
      ['webhook_url', settings.webhookUrl],
      ['webhook_url_file', settings.webhookUrlFile],
    ] as const;
    requireOne(report, sources, 'one of webhook_url or webhook_url_file must be configured');
    refuseSeveral(report, sources, 'at most one of webhook_url & webhook_url_file must be configured');
  },
  inherit(settings, global) {
    const own = ownHttpConfig(settings);
    if (!own) return { ...settings, httpConfig: global.httpConfig };
    return { ...settings, httpConfig: { ...own, proxyUrl: own.proxyUrl ?? global.httpConfig.proxyUrl } };
  },
});
