import { discordConfig } from './discord/discord.config.js';
import { emailConfig } from './email/email.config.js';
import { incidentioConfig } from './incidentio/incidentio.config.js';
import { jiraConfig } from './jira/jira.config.js';
import { mattermostConfig } from './mattermost/mattermost.config.js';
import { msteamsConfig } from './msteams/msteams.config.js';
import { msteamsv2Config } from './msteamsv2/msteamsv2.config.js';
import { opsgenie } from './opsgenie/opsgenie.receiver.js';
import { pagerduty } from './pagerduty/pagerduty.receiver.js';
import { pushover } from './pushover/pushover.receiver.js';
import type { ReceiverKind } from './receiver.js';
import { rocketchatConfig } from './rocketchat/rocketchat.config.js';
import { slack } from './slack/slack.receiver.js';
import { snsConfig } from './sns/sns.config.js';
import { telegramConfig } from './telegram/telegram.config.js';
import { victorops } from './victorops/victorops.receiver.js';
import { webexConfig } from './webex/webex.config.js';
import { webhook } from './webhook/webhook.receiver.js';
import { wechatConfig } from './wechat/wechat.config.js';

/**
 * All kinds of integrations, in Alertmanager's order: in this order a receiver builds them and a configuration lists them.
 */
export const RECEIVERS: readonly ReceiverKind[] = [
  webhook,
  { type: 'email', yamlKey: 'email_configs', config: emailConfig },
  pagerduty,
  opsgenie,
  { type: 'wechat', yamlKey: 'wechat_configs', config: wechatConfig },
  slack,
  victorops,
  pushover,
  { type: 'sns', yamlKey: 'sns_configs', config: snsConfig },
  { type: 'telegram', yamlKey: 'telegram_configs', config: telegramConfig },
  { type: 'discord', yamlKey: 'discord_configs', config: discordConfig },
  { type: 'webex', yamlKey: 'webex_configs', config: webexConfig },
  { type: 'msteams', yamlKey: 'msteams_configs', config: msteamsConfig },
  { type: 'msteamsv2', yamlKey: 'msteamsv2_configs', config: msteamsv2Config },
  { type: 'jira', yamlKey: 'jira_configs', config: jiraConfig },
  { type: 'incidentio', yamlKey: 'incidentio_configs', config: incidentioConfig },
  { type: 'rocketchat', yamlKey: 'rocketchat_configs', config: rocketchatConfig },
  { type: 'mattermost', yamlKey: 'mattermost_configs', config: mattermostConfig },
];
