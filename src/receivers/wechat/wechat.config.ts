/** Settings of `wechat_configs`. */
import { refuseSeveral } from '../../config/exclusive.js';
import { httpConfig, inherited, receiver, sendResolved, withGlobalHttp } from '../../config/receiver-schema.js';
import { type Infer, path, secret, template, text, url } from '../../config/schema/index.js';
import { withTrailingSlash } from '../../config/trailing-slash.js';
import { quoteGo } from '../../domain/matcher/index.js';

const fields = {
  send_resolved: sendResolved(false),
  http_config: httpConfig(),
  api_secret: secret({ help: 'Secret, a template; the global wechat_api_secret when unset.' }),
  api_secret_file: path({ help: 'File with the secret, read for each notification.' }),
  corp_id: inherited<string>(template({ help: 'Corporation; the global wechat_api_corp_id when unset.' })),
  message: template({ default: '{{ template "wechat.default.message" . }}', help: 'Message.' }),
  api_url: inherited<string>(url({ help: 'API; the global wechat_api_url when unset.' })),
  to_user: template({ default: '{{ template "wechat.default.to_user" . }}', help: 'Users.' }),
  to_party: template({ default: '{{ template "wechat.default.to_party" . }}', help: 'Departments.' }),
  to_tag: template({ default: '{{ template "wechat.default.to_tag" . }}', help: 'Tags.' }),
  agent_id: template({ default: '{{ template "wechat.default.agent_id" . }}', help: 'Agent.' }),
  message_type: text({ default: '', choices: ['text', 'markdown'], help: 'text (the default) or markdown.' }),
};
export type WechatSettings = Infer<typeof fields>;

export const wechatConfig = receiver('config.WechatConfig', fields, {
  order: { printed: 8, checked: 8 },
  nullIsEmpty: true,
  check(settings, report) {
    const messageType = settings.messageType || 'text';
    if (messageType !== 'text' && messageType !== 'markdown') {
      const message = `weChat message type ${quoteGo(messageType)} does not match valid options ^(text|markdown)$`;
      report('invalid-value', 'message_type', message, 'text or markdown');
    }
    const secrets = [
      ['api_secret', settings.apiSecret],
      ['api_secret_file', settings.apiSecretFile],
    ] as const;
    refuseSeveral(report, secrets, 'at most one of api_secret & api_secret_file must be configured');
    return { ...settings, messageType };
  },
  inherit(settings, global, report) {
    const apiUrl = (settings.apiUrl as string | undefined) ?? global.wechatApiUrl;
    if (apiUrl === undefined) report('missing-value', 'api_url', 'no global Wechat URL set', 'add api_url');
    const own = settings.apiSecret ?? settings.apiSecretFile;
    const apiSecret = own ? settings.apiSecret : global.wechatApiSecret;
    const apiSecretFile = own ? settings.apiSecretFile : global.wechatApiSecretFile;
    if (!(apiSecret ?? apiSecretFile)) {
      const message = 'no global Wechat Api Secret set either inline or in a file';
      report('missing-value', 'api_secret', message, 'add api_secret');
    }
    const corpId = (settings.corpId as string | undefined) ?? global.wechatApiCorpId;
    if (!corpId) report('missing-value', 'corp_id', 'no global Wechat CorpID set', 'add corp_id');
    return {
      ...withGlobalHttp(settings, global),
      apiUrl: withTrailingSlash(apiUrl ?? ''),
      apiSecret,
      apiSecretFile,
      corpId: corpId ?? '',
    };
  },
  globalAfter: ({ apiUrl }, global) =>
    (apiUrl as string | undefined) || global.wechatApiUrl === undefined
      ? global
      : { ...global, wechatApiUrl: withTrailingSlash(global.wechatApiUrl) },
});
