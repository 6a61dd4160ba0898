/** Settings of `slack_configs`: by webhook, or by the token of an app. */
import type { HttpConfig } from '../../config/http-config.js';
import { refuseSeveral } from '../../config/exclusive.js';
import { httpConfig, inherited, ownHttpConfig, receiver, sendResolved } from '../../config/receiver-schema.js';
import {
  type Infer,
  type Report,
  bool,
  entry,
  goDuration,
  list,
  path,
  secret,
  secretUrl,
  template,
  text,
  url,
} from '../../config/schema/index.js';
import { Secret } from '../../config/secret.js';
import { duration } from '../../domain/time/index.js';
import { actionSchema, fieldSchema } from './slack.attachment.js';

const fields = {
  send_resolved: sendResolved(false),
  http_config: httpConfig(),
  api_url: secretUrl({ help: 'Webhook; the global slack_api_url when unset. With an app token, where it is used.' }),
  api_url_file: path({ help: 'File with the webhook, read for each notification.' }),
  app_token: secret({ help: 'Token of an app; the global slack_app_token when unset.' }),
  app_token_file: path({ help: 'File with the token, read for each notification.' }),
  app_url: inherited<string>(url({ help: 'API for app tokens; the global slack_app_url when unset.' })),
  channel: template({ help: 'Channel or user.' }),
  username: template({ default: '{{ template "slack.default.username" . }}', help: 'Name to show.' }),
  color: template({ default: '{{ template "slack.default.color" . }}', help: 'Colour of the border.' }),
  title: template({ default: '{{ template "slack.default.title" . }}', help: 'Title, 1024 characters.' }),
  title_link: template({ default: '{{ template "slack.default.titlelink" . }}', help: 'Link of the title.' }),
  pretext: template({ default: '{{ template "slack.default.pretext" . }}', help: 'Text above the attachment.' }),
  text: template({ default: '{{ template "slack.default.text" . }}', help: 'Text of the attachment.' }),
  message_text: template({ help: 'Text of the message itself.' }),
  fields: list(entry(fieldSchema), { goType: '[]*config.SlackField', help: 'Table of fields.' }),
  short_fields: bool({ default: false, alwaysPrinted: true, help: 'Fields are short unless they say otherwise.' }),
  footer: template({ default: '{{ template "slack.default.footer" . }}', help: 'Footer.' }),
  fallback: template({ default: '{{ template "slack.default.fallback" . }}', help: 'Plain text for notifications.' }),
  callback_id: template({ default: '{{ template "slack.default.callbackid" . }}', help: 'Identifier for callbacks.' }),
  icon_emoji: template({ default: '{{ template "slack.default.iconemoji" . }}', help: 'Emoji to show.' }),
  icon_url: template({ default: '{{ template "slack.default.iconurl" . }}', help: 'Picture to show.' }),
  image_url: template({ help: 'Picture.' }),
  thumb_url: template({ help: 'Small picture.' }),
  link_names: bool({ default: false, alwaysPrinted: true, help: 'Make names of users and channels links.' }),
  mrkdwn_in: list(text({ default: '' }), { help: 'Which parts are formatted; fallback, pretext and text when empty.' }),
  actions: list(entry(actionSchema), { goType: '[]*config.SlackAction', help: 'Buttons.' }),
  update_message: bool({ default: false, alwaysPrinted: true, help: 'Change the message instead of sending another.' }),
  timeout: goDuration({
    default: duration(0),
    bareNumbers: true,
    alwaysPrinted: true,
    help: 'Limit for one attempt; 0 sets none.',
  }),
};
export type SlackSettings = Infer<typeof fields>;

const BOT_API = 'https://slack.com/api/chat.postMessage';

export const slackConfig = receiver('config.SlackConfig', fields, {
  order: { printed: 5, checked: 3 },
  nullIsEmpty: true,
  check(settings, report) {
    const urls = [
      ['api_url', settings.apiUrl],
      ['api_url_file', settings.apiUrlFile],
    ] as const;
    const tokens = [
      ['app_token', settings.appToken],
      ['app_token_file', settings.appTokenFile],
    ] as const;
    refuseSeveral(report, urls, 'at most one of api_url & api_url_file must be configured');
    refuseSeveral(report, tokens, 'at most one of app_token & app_token_file must be configured');
    const either = [
      ['api_url', settings.apiUrl ?? settings.apiUrlFile],
      ['app_token', settings.appToken ?? settings.appTokenFile],
    ] as const;
    refuseSeveral(report, either, 'at most one of api_url/api_url_file & app_token/app_token_file must be configured');
  },
  inherit(settings, global, report, join) {
    const completed = withGlobalTarget(settings, global, report);
    const own = ownHttpConfig(settings) ?? global.httpConfig;
    checkUpdates(settings, completed, report);
    if (!(completed.appToken ?? completed.appTokenFile)) return { ...completed, httpConfig: own };
    if (own.authorization) {
      const message = "http authorization can't be set when using Slack App tokens";
      report('conflicting-values', ownHttpConfig(settings) ? 'http_config' : undefined, message, 'keep one of them');
    }
    return { ...completed, httpConfig: withToken(own, completed, join), apiUrl: new Secret(completed.appUrl) };
  },
});

type Completed = SlackSettings;

/** A webhook or a token of its own counts; only without both are the global ones taken. */
function withGlobalTarget(
  settings: SlackSettings,
  global: Parameters<typeof slackConfig.inherit>[1],
  report: Report,
): Completed {
  const appUrl = (settings.appUrl as string | undefined) ?? global.slackAppUrl;
  if (appUrl === undefined) report('missing-value', 'app_url', 'no global Slack App URL set', 'add app_url');
  const hasToken = settings.appToken !== undefined || settings.appTokenFile !== undefined;
  const hasUrl = settings.apiUrl !== undefined || settings.apiUrlFile !== undefined;
  const takesToken = !hasToken && !hasUrl && !ownHttpConfig(settings)?.authorization;
  const completed = {
    ...settings,
    appUrl: appUrl ?? '',
    appToken: takesToken ? global.slackAppToken : settings.appToken,
    appTokenFile: takesToken ? global.slackAppTokenFile : settings.appTokenFile,
    apiUrl: hasUrl ? settings.apiUrl : global.slackApiUrl,
    apiUrlFile: hasUrl ? settings.apiUrlFile : global.slackApiUrlFile,
  };
  const { apiUrl, apiUrlFile, appToken, appTokenFile } = completed;
  if (!(apiUrl ?? apiUrlFile ?? appToken ?? appTokenFile)) {
    report('missing-value', 'api_url', 'no Slack API URL nor App token set either inline or in a file', 'add api_url');
  }
  return completed;
}

/** Webhooks cannot change what they sent. Alertmanager crashes where the API comes from an app token or from global. */
function checkUpdates(own: SlackSettings, completed: Completed, report: Report): void {
  if (!own.updateMessage || (completed.appToken ?? completed.appTokenFile)) return;
  if (completed.apiUrl?.reveal() === BOT_API) return;
  const message = `update_message can only be used with bot tokens. api_url must be set to ${BOT_API}`;
  report('conflicting-values', 'update_message', message, 'or use app_token');
}

/** The token becomes an Authorization header; its file is one of http_config then, relative to the configuration file. */
const withToken = (http: HttpConfig, completed: Completed, join: (file: string) => string): HttpConfig => ({
  ...http,
  authorization: {
    type: 'Bearer',
    credentials: completed.appToken,
    credentialsFile: completed.appTokenFile === undefined ? undefined : join(completed.appTokenFile),
    credentialsRef: undefined,
  },
});
