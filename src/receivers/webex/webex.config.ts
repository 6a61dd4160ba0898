/** Settings of `webex_configs`. The token stands in an http_config of its own. */
import {
  httpConfig,
  inherited,
  ownHttpConfig,
  receiver,
  sendResolved,
  withGlobalHttp,
} from '../../config/receiver-schema.js';
import { type Infer, template, url } from '../../config/schema/index.js';

const fields = {
  send_resolved: sendResolved(true),
  http_config: httpConfig({ required: true }),
  api_url: inherited<string>(url({ help: 'Messages API; the global webex_api_url when unset.' })),
  message: template({ default: '{{ template "webex.default.message" . }}', help: 'Message, Markdown.' }),
  room_id: template({ default: '', alwaysPrinted: true, required: true, help: 'Room.' }),
};
export type WebexSettings = Infer<typeof fields>;

export const webexConfig = receiver('config.WebexConfig', fields, {
  order: { printed: 13, checked: 13 },
  check(settings, report) {
    if (settings.roomId === '') report('missing-value', undefined, 'missing room_id on webex_config', 'add room_id');
    if (!ownHttpConfig(settings)?.authorization) {
      const message = 'missing webex_configs.http_config.authorization';
      report('missing-value', undefined, message, 'add http_config with authorization: {credentials: <bot token>}');
    }
  },
  inherit(settings, global, report) {
    const apiUrl = (settings.apiUrl as string | undefined) ?? global.webexApiUrl;
    if (apiUrl === undefined) report('missing-value', 'api_url', 'no global Webex URL set', 'add api_url');
    return { ...withGlobalHttp(settings, global), apiUrl: apiUrl ?? '' };
  },
});
