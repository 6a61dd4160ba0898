import { discord } from './discord/discord.receiver.js';
import { email } from './email/email.receiver.js';
import { incidentioConfig } from './incidentio/incidentio.config.js';
import { jira } from './jira/jira.receiver.js';
import { mattermostConfig } from './mattermost/mattermost.config.js';
import { msteams } from './msteams/msteams.receiver.js';
import { msteamsv2 } from './msteamsv2/msteamsv2.receiver.js';
import { opsgenie } from './opsgenie/opsgenie.receiver.js';
import { pagerduty } from './pagerduty/pagerduty.receiver.js';
import { pushover } from './pushover/pushover.receiver.js';
import type { ReceiverKind } from './receiver.js';
import { rocketchatConfig } from './rocketchat/rocketchat.config.js';
import { slack } from './slack/slack.receiver.js';
import { snsConfig } from './sns/sns.config.js';
import { telegramConfig } from './telegram/telegram.config.js';
import { victorops } from './victorops/victorops.receiver.js';
import { webex } from './webex/webex.receiver.js';
import { webhook } from './webhook/webhook.receiver.js';
import { wechatConfig } from './wechat/wechat.config.js';

/**
 * All kinds of integrations, in Alertmanager's order: in this order a receiver builds them and a configuration lists them.
 */
export const RECEIVERS: readonly ReceiverKind[] = [
  webhook,
  email,
  pagerduty,
  opsgenie,
  { type: 'wechat', yamlKey: 'wechat_configs', config: wechatConfig },
  slack,
  victorops,
  pushover,
  { type: 'sns', yamlKey: 'sns_configs', config: snsConfig },
  { type: 'telegram', yamlKey: 'telegram_configs', config: telegramConfig },
  discord,
  webex,
  msteams,
  msteamsv2,
  jira,
  { type: 'incidentio', yamlKey: 'incidentio_configs', config: incidentioConfig },
  { type: 'rocketchat', yamlKey: 'rocketchat_configs', config: rocketchatConfig },
  { type: 'mattermost', yamlKey: 'mattermost_configs', config: mattermostConfig },
];
