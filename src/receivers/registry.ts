import { discord } from './discord/discord.receiver.js';
import { email } from './email/email.receiver.js';
import { incidentio } from './incidentio/incidentio.receiver.js';
import { jira } from './jira/jira.receiver.js';
import { mattermost } from './mattermost/mattermost.receiver.js';
import { msteams } from './msteams/msteams.receiver.js';
import { msteamsv2 } from './msteamsv2/msteamsv2.receiver.js';
import { opsgenie } from './opsgenie/opsgenie.receiver.js';
import { pagerduty } from './pagerduty/pagerduty.receiver.js';
import { pushover } from './pushover/pushover.receiver.js';
import type { ReceiverKind } from './receiver.js';
import { rocketchat } from './rocketchat/rocketchat.receiver.js';
import { slack } from './slack/slack.receiver.js';
import { sns } from './sns/sns.receiver.js';
import { telegram } from './telegram/telegram.receiver.js';
import { victorops } from './victorops/victorops.receiver.js';
import { webex } from './webex/webex.receiver.js';
import { webhook } from './webhook/webhook.receiver.js';
import { wechat } from './wechat/wechat.receiver.js';

/**
 * All kinds of integrations, in Alertmanager's order: in this order a receiver builds them and a configuration lists them.
 */
export const RECEIVERS: readonly ReceiverKind[] = [
  webhook,
  email,
  pagerduty,
  opsgenie,
  wechat,
  slack,
  victorops,
  pushover,
  sns,
  telegram,
  discord,
  webex,
  msteams,
  msteamsv2,
  jira,
  incidentio,
  rocketchat,
  mattermost,
];
