import { type ExclusiveSource, countSet, refuseSeveral } from './exclusive.js';
import type { GlobalConfig } from './global.js';
import type { Report } from './schema/index.js';

/** The pairs of the global section that exclude each other. */
export function checkGlobal(global: GlobalConfig, report: Report): void {
  const pair = (key: string, value: unknown, file: unknown): ExclusiveSource[] => [
    [key, value],
    [`${key}_file`, file],
  ];
  const refusePair = (key: string, value: unknown, file: unknown): void => {
    refuseSeveral(report, pair(key, value, file), `at most one of ${key} & ${key}_file must be configured`);
  };
  refusePair('slack_app_token', global.slackAppToken, global.slackAppTokenFile);
  refusePair('slack_api_url', global.slackApiUrl, global.slackApiUrlFile);
  checkSlack(global, report);
  refusePair('opsgenie_api_key', global.opsgenieApiKey, global.opsgenieApiKeyFile);
  refusePair('victorops_api_key', global.victoropsApiKey, global.victoropsApiKeyFile);
  refusePair('telegram_bot_token', global.telegramBotToken, global.telegramBotTokenFile);
  refusePair('smtp_auth_password', global.smtpAuthPassword, global.smtpAuthPasswordFile);
  refusePair('rocketchat_token', global.rocketchatToken, global.rocketchatTokenFile);
  refusePair('rocketchat_token_id', global.rocketchatTokenId, global.rocketchatTokenIdFile);
  refusePair('smtp_auth_secret', global.smtpAuthSecret, global.smtpAuthSecretFile);
  refusePair('wechat_api_secret', global.wechatApiSecret, global.wechatApiSecretFile);
  refusePair('mattermost_webhook_url', global.mattermostWebhookUrl, global.mattermostWebhookUrlFile);
}

/** A token and a webhook exclude each other, unless the webhook is the very API that tokens are for. */
function checkSlack(global: GlobalConfig, report: Report): void {
  const { slackAppToken, slackAppTokenFile, slackApiUrl, slackApiUrlFile, slackAppUrl } = global;
  const hasToken =
    countSet([
      ['', slackAppToken],
      ['', slackAppTokenFile],
    ]) > 0;
  const hasUrl =
    countSet([
      ['', slackApiUrl],
      ['', slackApiUrlFile],
    ]) > 0;
  if (!hasToken || !hasUrl || (slackApiUrl !== undefined && slackApiUrl.reveal() === slackAppUrl)) return;
  const message =
    'at most one of slack_app_token/slack_app_token_file & slack_api_url/slack_api_url_file must be configured';
  report('conflicting-values', slackApiUrl ? 'slack_api_url' : 'slack_api_url_file', message, 'keep one of them');
}
