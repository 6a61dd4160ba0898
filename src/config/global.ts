/**
 * The `global` section: what integrations fall back to. Its keys belong to the format of the file; who takes which of them
 * is written in the integrations' own schemas.
 */
import { duration } from '../domain/time/index.js';
import { hostPort } from './host-port.js';
import { httpConfigSchema, tlsConfigSchema } from './http-config.js';
import {
  type Field,
  type NestedOptions,
  type ObjectSchema,
  type SettingsOf,
  bool,
  nested,
  object,
  path,
  promDuration,
  secret,
  secretUrl,
  template,
  text,
  url,
} from './schema/index.js';

/** An object that is there also when it is not given, or given as null. */
function withDefault<T>(schema: ObjectSchema<T>, options: NestedOptions): Field<T> {
  const field = nested(schema, options);
  // Both ways to leave it out are filled in right here, so undefined never gets through.
  return { ...field, initial: schema.initial, zero: schema.initial } as Field<T>;
}

const DAY_TO_DAY = duration(5 * 60_000);

export const globalFields = {
  resolve_timeout: promDuration({
    default: DAY_TO_DAY,
    alwaysPrinted: true,
    help: 'When an alert that was posted without an end counts as resolved.',
  }),
  http_config: withDefault(httpConfigSchema, { help: 'How integrations reach their servers.' }),
  jira_api_url: url({ help: 'Jira REST API.' }),
  smtp_from: template({ help: 'Sender of mail.' }),
  smtp_hello: text({ default: 'localhost', help: 'Name given in EHLO.' }),
  smtp_smarthost: hostPort({ help: 'Mail server, host:port.' }),
  smtp_auth_username: text({ help: 'User for the mail server.' }),
  smtp_auth_password: secret({ help: 'Password for PLAIN and LOGIN.' }),
  smtp_auth_password_file: path({ help: 'File with the password.' }),
  smtp_auth_secret: secret({ help: 'Secret for CRAM-MD5.' }),
  smtp_auth_secret_file: path({ help: 'File with the secret.' }),
  smtp_auth_identity: text({ help: 'Identity for PLAIN.' }),
  smtp_require_tls: bool({ default: true, alwaysPrinted: true, help: 'Refuse to send mail without STARTTLS.' }),
  smtp_tls_config: withDefault(tlsConfigSchema, { keepPaths: true, help: 'TLS towards the mail server.' }),
  smtp_force_implicit_tls: bool({ help: 'TLS from the first byte; unset decides by port (465).' }),
  slack_api_url: secretUrl({ help: 'Slack webhook.' }),
  slack_api_url_file: path({ help: 'File with the Slack webhook.' }),
  slack_app_token: secret({ help: 'Token of a Slack app.' }),
  slack_app_token_file: path({ help: 'File with the token of a Slack app.' }),
  slack_app_url: url({ default: 'https://slack.com/api/chat.postMessage', help: 'Slack API for app tokens.' }),
  pagerduty_url: url({ default: 'https://events.pagerduty.com/v2/enqueue', help: 'PagerDuty events API.' }),
  opsgenie_api_url: url({ default: 'https://api.opsgenie.com/', help: 'Opsgenie API.' }),
  opsgenie_api_key: secret({ help: 'Opsgenie key.' }),
  opsgenie_api_key_file: path({ help: 'File with the Opsgenie key.' }),
  wechat_api_url: url({ default: 'https://qyapi.weixin.qq.com/cgi-bin/', help: 'WeChat API.' }),
  wechat_api_secret: secret({ help: 'WeChat secret.' }),
  wechat_api_secret_file: path({ help: 'File with the WeChat secret.' }),
  wechat_api_corp_id: text({ help: 'WeChat corporation.' }),
  victorops_api_url: url({
    default: 'https://alert.victorops.com/integrations/generic/20131114/alert/',
    help: 'VictorOps REST endpoint.',
  }),
  victorops_api_key: secret({ help: 'VictorOps key.' }),
  victorops_api_key_file: path({ help: 'File with the VictorOps key.' }),
  telegram_api_url: url({ default: 'https://api.telegram.org', help: 'Telegram bot API.' }),
  telegram_bot_token: secret({ help: 'Token of the Telegram bot.' }),
  telegram_bot_token_file: path({ help: 'File with the token of the Telegram bot.' }),
  webex_api_url: url({ default: 'https://webexapis.com/v1/messages', help: 'Webex API.' }),
  rocketchat_api_url: url({ default: 'https://open.rocket.chat/', help: 'Rocket.Chat server.' }),
  rocketchat_token: secret({ emptyCounts: true, help: 'Rocket.Chat token.' }),
  rocketchat_token_file: path({ help: 'File with the Rocket.Chat token.' }),
  rocketchat_token_id: secret({ emptyCounts: true, help: 'Rocket.Chat user id.' }),
  rocketchat_token_id_file: path({ help: 'File with the Rocket.Chat user id.' }),
  mattermost_webhook_url: secretUrl({ help: 'Mattermost webhook.' }),
  mattermost_webhook_url_file: path({ help: 'File with the Mattermost webhook.' }),
};

export const globalSchema = object('config.plain', globalFields);
export type GlobalConfig = SettingsOf<typeof globalSchema>;
