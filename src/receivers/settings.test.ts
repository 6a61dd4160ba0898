import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../config/index.js';
import { RECEIVERS } from './registry.js';

/** The first complaint about one entry of a kind; undefined when there is none. */
function complaint(kind: string, entry: string, global = '{}'): string | undefined {
  const text = `global: ${global}\nroute: {receiver: a}\nreceivers:\n- name: a\n  ${kind}_configs: [${entry}]\n`;
  const loaded = loadConfig(text, { registry: RECEIVERS });
  return loaded.ok ? undefined : loaded.issues[0]?.message;
}

const URL_OR_FILE = 'one of webhook_url or webhook_url_file must be configured';
const NOT_BOTH = 'at most one of webhook_url & webhook_url_file must be configured';
const UPDATES =
  'update_message can only be used with bot tokens. api_url must be set to https://slack.com/api/chat.postMessage';

describe('settings that are enough', () => {
  it.each<[string, string, string?]>([
    ['webhook', '{url: "http://x", max_alerts: 5, timeout: 10s, payload: {a: [1, yes]}}'],
    ['email', '{to: t}', '{smtp_smarthost: "m:25", smtp_from: f}'],
    ['pagerduty', '{routing_key: k}'],
    ['opsgenie', '{api_key: k, responders: [{name: n, type: Team}]}'],
    ['wechat', '{api_secret: s, corp_id: c}'],
    ['slack', '{api_url: "http://x"}'],
    ['slack', '{app_token: t, update_message: true}'],
    ['victorops', '{api_key: k, routing_key: r}'],
    ['pushover', '{user_key: u, token: t}'],
    ['sns', '{topic_arn: t}'],
    ['telegram', '{bot_token: t, chat_id: -100123}'],
    ['discord', '{webhook_url: "http://x"}'],
    ['webex', '{room_id: r, http_config: {authorization: {credentials: c}}}'],
    ['msteams', '{webhook_url: "http://x"}'],
    ['msteamsv2', '{webhook_url_file: x}'],
    ['jira', '{project: p, issue_type: t, summary: {enable_update: false}}', '{jira_api_url: "http://j/"}'],
    ['incidentio', '{url: "http://x"}'],
    ['rocketchat', '{}', '{rocketchat_token: "", rocketchat_token_id: i}'],
    ['mattermost', '{}', '{mattermost_webhook_url: "http://m/"}'],
  ])('%s %s', (...[kind, entry, global]) => {
    expect(complaint(kind, entry, global)).toBeUndefined();
  });
});

describe('settings that are not', () => {
  it.each<[kind: string, entry: string, message: string, global?: string]>([
    ['webhook', '~', 'missing webhook config'],
    ['webhook', '{}', 'one of url or url_file must be configured'],
    ['webhook', '{url: "http://x", url_file: y}', 'at most one of url & url_file must be configured'],
    ['email', '{}', 'missing to address in email config'],
    ['email', '{to: t}', 'no global SMTP smarthost set'],
    ['email', '{to: t, smarthost: "m:25"}', 'no global SMTP from set'],
    ['email', '{to: t, headers: {Subject: x, subject: y}}', 'duplicate header "Subject" in email config'],
    ['email', '{to: t, threading: {enabled: true}}', "threading.thread_by_date must be either 'none' or 'daily'"],
    ['slack', '{}', 'no Slack API URL nor App token set either inline or in a file'],
    ['slack', '~', 'missing slack config', '{slack_api_url: "http://x"}'],
    ['slack', '{api_url: "http://x", update_message: true}', UPDATES],
    [
      'slack',
      '{app_token: t, http_config: {bearer_token: b}}',
      "http authorization can't be set when using Slack App tokens",
    ],
    ['slack', '{api_url: "http://x", actions: [{text: t}]}', 'missing type in Slack action configuration'],
    ['slack', '{api_url: "http://x", fields: [{title: t}]}', 'missing value in Slack field configuration'],
    ['pagerduty', '{}', 'missing service or routing key in PagerDuty config'],
    ['pagerduty', '{routing_key: k}', 'no global PagerDuty URL set', '{pagerduty_url: ~}'],
    ['opsgenie', '{}', 'no global OpsGenie API Key set either inline or in a file'],
    [
      'opsgenie',
      '{api_key: k, responders: [{type: team}]}',
      'opsGenieConfig responder {   team} has to have at least one of id, username or name specified',
    ],
    ['wechat', '{message_type: x}', 'weChat message type "x" does not match valid options ^(text|markdown)$'],
    ['wechat', '{api_secret: s}', 'no global Wechat CorpID set'],
    ['victorops', '{api_key: k}', 'missing Routing key in VictorOps config'],
    ['pushover', '{token: t}', 'one of user_key or user_key_file must be configured'],
    [
      'pushover',
      '{user_key: u, token: t, html: true, monospace: true}',
      'at most one of monospace & html must be configured',
    ],
    ['pushover', '{user_key: u, token: t, retry: 60}', 'time: missing unit in duration "60"'],
    ['sns', '{}', 'must provide either a Target ARN, Topic ARN, or Phone Number for SNS config'],
    ['sns', '{topic_arn: t, sigv4: {external_id: e}}', 'external_id can only be used with role_arn'],
    ['telegram', '{bot_token: t}', 'missing chat_id or chat_id_file on telegram_config'],
    ['telegram', '{chat_id: 5}', 'missing bot_token or bot_token_file on telegram_config'],
    ['discord', '{}', URL_OR_FILE],
    ['msteams', '{webhook_url: "http://x", webhook_url_file: y}', NOT_BOTH],
    ['msteamsv2', '{}', URL_OR_FILE],
    ['webex', '{http_config: {authorization: {}}}', 'missing room_id on webex_config'],
    ['webex', '{room_id: r}', 'missing webex_configs.http_config.authorization'],
    ['jira', '{project: p}', 'missing issue_type in jira_config'],
    ['jira', '{project: p, issue_type: t}', 'no global Jira Cloud URL set'],
    ['rocketchat', '{}', 'no global Rocketchat TokenID set either inline or in a file'],
    ['mattermost', '{}', 'missing webhook_url or webhook_url_file on mattermost_config'],
    [
      'incidentio',
      '{url: "http://x", http_config: {}}',
      'at least one of alert_source_token, alert_source_token_file or http_config.authorization must be configured',
    ],
  ])('%s %s: %s', (...[kind, entry, message, global]) => {
    expect(complaint(kind, entry, global)).toBe(message);
  });
});

it('every kind is known by its own key, in places of its own', () => {
  const unique = (values: readonly unknown[]): number => new Set(values).size;
  expect(RECEIVERS).toHaveLength(18);
  const picks: ((kind: (typeof RECEIVERS)[number]) => unknown)[] = [
    ({ type }) => type,
    ({ yamlKey }) => yamlKey,
    ({ config }) => config.order.printed,
    ({ config }) => config.order.checked,
  ];
  for (const pick of picks) expect(unique(RECEIVERS.map(pick))).toBe(18);
});
