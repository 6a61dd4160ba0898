/**
 * The templates that are there before any file is loaded: what integrations show unless a user says otherwise.
 *
 * Their names and outputs are Alertmanager's. A file may redefine any of them, and the others that call it then show the
 * new text, so who calls whom is part of the contract too.
 */
import { EMAIL_HTML } from './email-html.js';

const define = (name: string, body: string): string => `{{ define "${name}" }}${body}{{ end }}`;
const call = (name: string, data = '.'): string => `{{ template "${name}" ${data} }}`;
const all = (names: readonly string[], body: string): readonly string[] => names.map((name) => define(name, body));

const SUBJECT = [
  '[{{ .Status | toUpper }}{{ if eq .Status "firing" }}:{{ len .Alerts.Firing }}{{ end }}] ',
  '{{ join " " .GroupLabels.SortedPairs.Values }} ',
  '{{ if gt (len .CommonLabels) (len .GroupLabels) }}',
  '({{ with .CommonLabels.Remove .GroupLabels.Names }}{{ join " " .Values }}{{ end }})',
  '{{ end }}',
].join('');

/** One line for each label or annotation. */
const lines = (kv: string, indent: string): string =>
  `{{ range ${kv}.SortedPairs }}${indent}- {{ .Name }} = {{ .Value }}\n{{ end }}`;

const LIST = `{{ range . }}Labels:\n${lines('.Labels', ' ')}Annotations:\n${lines('.Annotations', ' ')}Source: {{ .GeneratorURL }}\n{{ end }}`;
const MARKDOWN_LIST = `{{ range . }}\nLabels:\n${lines('.Labels', '  ')}\nAnnotations:\n${lines('.Annotations', '  ')}\nSource: {{ .GeneratorURL }}\n{{ end }}\n`;

const ANNOTATIONS = '{{ join " " .CommonAnnotations.SortedPairs.Values }}';

/** A part that is there only if some alerts fire, and one that is there only if some are resolved. */
const both = (part: (state: string) => string): readonly [string, string] => [
  `{{ with .Alerts.Firing }}${part('Firing')}{{ end }}`,
  `{{ with .Alerts.Resolved }}${part('Resolved')}{{ end }}`,
];

const [compactFiring, compactResolved] = both((state) => `Alerts ${state}:\n${call('__text_alert_list')}`);
const COMPACT = `${ANNOTATIONS}\n${compactFiring}\n${compactResolved}`;

const [looseFiring, looseResolved] = both((state) => `\nAlerts ${state}:\n${call('__text_alert_list')}\n`);
const loose = (heading: string): string => `${heading}\n${looseFiring}\n${looseResolved}\n`;

const [markdownFiring, markdownResolved] = both(
  (state) => `\n# Alerts ${state}:\n${call('__text_alert_list_markdown')}\n`,
);
const MARKDOWN = `\n${markdownFiring}\n${markdownResolved}\n`;

const COLOR = '{{ if eq .Status "firing" }}danger{{ else }}good{{ end }}';

/** The highest severity among the alerts that fire, or else among those that are resolved. */
const PRIORITY = [
  '{{ $critical := false }}{{ $warning := false }}{{ $info := false }}',
  '{{ range or .Alerts.Firing .Alerts.Resolved }}',
  '{{ $severity := .Labels.severity }}',
  '{{ if eq $severity "critical" }}{{ $critical = true }}',
  '{{ else if eq $severity "warning" }}{{ $warning = true }}',
  '{{ else if eq $severity "info" }}{{ $info = true }}{{ end }}',
  '{{ end }}',
  '{{ if $critical }}High{{ else if $warning }}Medium{{ else if $info }}Low{{ end }}',
].join('');

const subject = call('__subject');
const url = call('__alertmanagerURL');
const product = call('__alertmanager');

export const DEFAULT_TEMPLATES: string = [
  define('__alertmanager', 'Alertmanager'),
  define('__alertmanagerURL', '{{ .ExternalURL }}/#/alerts?receiver={{ .Receiver | urlquery }}'),
  define('__subject', SUBJECT),
  define('__description', ''),
  define('__text_alert_list', LIST),
  define('__text_alert_list_markdown', MARKDOWN_LIST),

  define('slack.default.title', subject),
  define('slack.default.username', product),
  define('slack.default.fallback', `${call('slack.default.title')} | ${call('slack.default.titlelink')}`),
  define('slack.default.titlelink', url),
  define('slack.default.color', COLOR),
  ...all(
    ['callbackid', 'pretext', 'iconemoji', 'iconurl', 'text', 'footer'].map((part) => `slack.default.${part}`),
    '',
  ),

  define('pagerduty.default.description', subject),
  define('pagerduty.default.client', product),
  define('pagerduty.default.clientURL', url),
  define('pagerduty.default.instances', call('__text_alert_list')),

  define('opsgenie.default.message', subject),
  define('opsgenie.default.description', COMPACT),
  define('opsgenie.default.source', url),

  define('wechat.default.message', `${subject}\n${COMPACT}\nAlertmanagerUrl:\n${url}`),
  ...all(
    ['to_user', 'to_party', 'to_tag', 'agent_id'].map((part) => `wechat.default.${part}`),
    '',
  ),

  define('victorops.default.state_message', COMPACT),
  define('victorops.default.entity_display_name', subject),
  define('victorops.default.monitoring_tool', product),

  define('pushover.default.title', subject),
  define('pushover.default.message', loose(ANNOTATIONS)),
  define('pushover.default.url', url),

  define('sns.default.subject', subject),
  define('sns.default.message', loose(ANNOTATIONS)),

  define('telegram.default.message', loose('')),

  define('discord.default.content', ''),
  define('discord.default.title', subject),
  define('discord.default.message', loose('')),

  define('webex.default.message', loose(ANNOTATIONS)),

  ...all(['msteams.default.summary', 'msteams.default.title'], subject),
  define('msteams.default.text', MARKDOWN),
  define('msteamsv2.default.title', subject),
  define('msteamsv2.default.text', MARKDOWN),

  define('jira.default.summary', subject),
  define('jira.default.description', MARKDOWN),
  define('jira.default.priority', PRIORITY),

  define('rocketchat.default.title', subject),
  define('rocketchat.default.alias', product),
  define('rocketchat.default.titlelink', url),
  ...all(
    ['emoji', 'iconurl', 'text'].map((part) => `rocketchat.default.${part}`),
    '',
  ),

  define('mattermost.default.title', subject),
  define('mattermost.default.username', product),
  define('mattermost.default.titlelink', url),
  define(
    'mattermost.default.fallback',
    `${call('mattermost.default.title')} | ${call('mattermost.default.titlelink')}`,
  ),
  define('mattermost.default.color', COLOR),
  define('mattermost.default.text', MARKDOWN),

  define('email.default.subject', subject),
  define('email.default.html', EMAIL_HTML),
].join('\n');
