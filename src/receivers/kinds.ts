import { discordConfig } from './discord/discord.config.js';
import { emailConfig } from './email/email.config.js';
import { incidentioConfig } from './incidentio/incidentio.config.js';
import { jiraConfig } from './jira/jira.config.js';
import { mattermostConfig } from './mattermost/mattermost.config.js';
import { msteamsConfig } from './msteams/msteams.config.js';
import { msteamsv2Config } from './msteamsv2/msteamsv2.config.js';
import { opsgenieConfig } from './opsgenie/opsgenie.config.js';
import { pagerdutyConfig } from './pagerduty/pagerduty.config.js';
import { pushoverConfig } from './pushover/pushover.config.js';
import type { ReceiverKind } from './receiver.js';
import { rocketchatConfig } from './rocketchat/rocketchat.config.js';
import { slackConfig } from './slack/slack.config.js';
import { snsConfig } from './sns/sns.config.js';
import { telegramConfig } from './telegram/telegram.config.js';
import { victoropsConfig } from './victorops/victorops.config.js';
import { webexConfig } from './webex/webex.config.js';
import { webhookConfig } from './webhook/webhook.config.js';
import { wechatConfig } from './wechat/wechat.config.js';

/**
 * All kinds of integrations as far as a configuration goes, without what sends: the tools read configurations and must not
 * load a mail client for it. In the order of registry.ts.
 */
export const KINDS: readonly ReceiverKind[] = [
  kindOf('webhook', webhookConfig),
  kindOf('email', emailConfig),
  kindOf('pagerduty', pagerdutyConfig),
  kindOf('opsgenie', opsgenieConfig),
  kindOf('wechat', wechatConfig),
  kindOf('slack', slackConfig),
  kindOf('victorops', victoropsConfig),
  kindOf('pushover', pushoverConfig),
  kindOf('sns', snsConfig),
  kindOf('telegram', telegramConfig),
  kindOf('discord', discordConfig),
  kindOf('webex', webexConfig),
  kindOf('msteams', msteamsConfig),
  kindOf('msteamsv2', msteamsv2Config),
  kindOf('jira', jiraConfig),
  kindOf('incidentio', incidentioConfig),
  kindOf('rocketchat', rocketchatConfig),
  kindOf('mattermost', mattermostConfig),
];

function kindOf(type: string, config: ReceiverKind['config']): ReceiverKind {
  return { type, yamlKey: `${type}_configs`, config };
}
