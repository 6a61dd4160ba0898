/** Chats: Slack, Discord, Teams, Mattermost, Rocket.Chat, Telegram, Webex, WeChat. */
import { type Variant, STATUSES, answersOf, variantsOf } from '../variant.js';

const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };
const some = (...codes: readonly string[]): typeof STATUSES =>
  Object.fromEntries(codes.map((code) => [code, STATUSES[code] ?? {}]));
const USUAL = some('201', '302', '400', '401', '403', '404', '429', '500', '503');
/** A placeholder of every kind of data. */
const T = `'{{ .Status }} <{{ .CommonLabels.team }}> & {{ .CommonAnnotations.summary }} {{ len .Alerts.Firing }}'`;
const LONG = `'{{ range .Alerts }}{{ .Annotations.description }}{{ end }}'`;
const FAILS = `'{{ .Nope }}'`;

const SLACK_ALL = `api_url: FAKE/services/x
send_resolved: true
channel: '#a {{ .Status }}'
username: ${T}
color: '{{ if eq .Status "firing" }}#ff0000{{ end }}'
title: ${T}
title_link: ${T}
pretext: ${T}
text: ${T}
message_text: ${T}
fallback: ${T}
callback_id: ${T}
footer: ${T}
icon_emoji: ':fire: {{ .Status }}'
icon_url: 'http://i/{{ .Status }}'
image_url: 'http://i/{{ .Status }}'
thumb_url: 'http://t/{{ .Status }}'
link_names: true
short_fields: true
mrkdwn_in: [text, fields]
fields:
  - {title: ${T}, value: ${T}}
  - {title: two, value: '{{ .CommonLabels.nope }}', short: false}
actions:
  - {type: button, text: ${T}, url: 'http://u/{{ .Status }}', style: '{{ .Status }}'}
  - {type: button, text: t, name: ${T}, value: ${T}, confirm: {text: ${T}, title: ${T}, ok_text: 'ok {{ .Status }}', dismiss_text: 'no {{ .Status }}'}}
  - {type: button, text: t, name: n, confirm: {text: x}}
`;

const slack = variantsOf('slack', {
  minimal: 'api_url: FAKE/services/x\nsend_resolved: true',
  'not resolved': 'api_url: FAKE/services/x',
  odd: ['api_url: FAKE/services/x\nsend_resolved: true', { story: 'odd' }],
  'every field': SLACK_ALL,
  'every field, odd': [SLACK_ALL, { story: 'odd' }],
  'long title': [`api_url: FAKE/services/x\nsend_resolved: true\ntitle: ${LONG}\ntext: ${LONG}`, { story: 'long' }],
  'api url file': ['api_url_file: FILES/url\nsend_resolved: true', { files: { url: 'FAKE/services/y\n' } }],
  'api url file missing': ['api_url_file: FILES/none', { story: 'failing' }],
  'app token': 'app_token: xoxb-1\napp_url: FAKE/api/chat.postMessage\nsend_resolved: true\nchannel: C1',
  'app token file': [
    'app_token_file: FILES/token\napp_url: FAKE/api/chat.postMessage\nchannel: C1',
    { files: { token: 'xoxb-2\n' } },
  ],
  'update message': `api_url: https://slack.com/api/chat.postMessage
update_message: true
send_resolved: true
channel: "#a"
http_config: {authorization: {credentials: xoxb-1}, proxy_url: PROXY, tls_config: {insecure_skip_verify: true}}`,
  'title fails': [
    `api_url: FAKE/services/x\ntitle: ${FAILS}\ntext: x`,
    { story: 'failing', differs: 'template errors of Slack, VictorOps, Webex, SNS' },
  ],
  timeout: 'api_url: FAKE/services/x\ntimeout: 5s\nsend_resolved: true',
});
const slackAnswers = answersOf('slack', 'api_url: FAKE/services/x\nchannel: "#a {{ .Status }}"', {
  ...USUAL,
  'ok with a line': { body: 'ok\n' },
  text: { body: 'no_text' },
  nothing: { body: '' },
  'json ok': { headers: JSON_TYPE, body: '{"ok":true}' },
  'json not ok': { headers: JSON_TYPE, body: '{"ok":false,"error":"channel_not_found"}' },
  'json without a reason': { headers: JSON_TYPE, body: '{}' },
  'json that is none': { headers: JSON_TYPE, body: 'oops "x"' },
  'json that is a list': { headers: JSON_TYPE, body: '[]' },
  'json text': { headers: { 'Content-Type': 'text/html' }, body: '{"ok":true}' },
  'json ok as text': { headers: JSON_TYPE, body: '{"ok":"true"}' },
});

const discord = [
  ...variantsOf('discord', {
    minimal: 'webhook_url: FAKE/api',
    odd: ['webhook_url: FAKE/api', { story: 'odd' }],
    'not resolved': 'webhook_url: FAKE/api\nsend_resolved: false',
    'every field': `webhook_url: FAKE/api\ntitle: ${T}\nmessage: ${T}\ncontent: ${T}\nusername: 'u {{ .Status }}'\navatar_url: 'http://a/{{ .Status }}.png'`,
    'avatar of no kind': `webhook_url: FAKE/api\navatar_url: '::nope %zz'`,
    'avatar relative': `webhook_url: FAKE/api\navatar_url: 'a/b.png'`,
    long: [`webhook_url: FAKE/api\ntitle: ${LONG}\nmessage: ${LONG}\ncontent: ${LONG}`, { story: 'long' }],
    'url file': ['webhook_url_file: FILES/url', { files: { url: 'FAKE/file\n' } }],
    'url file missing': ['webhook_url_file: FILES/none', { story: 'failing' }],
    'title fails': [`webhook_url: FAKE/api\ntitle: ${FAILS}`, { story: 'failing' }],
    'message fails': [`webhook_url: FAKE/api\nmessage: ${FAILS}`, { story: 'failing' }],
    'content fails': [`webhook_url: FAKE/api\ncontent: ${FAILS}`, { story: 'failing' }],
  }),
  ...answersOf('discord', 'webhook_url: FAKE/api', {
    ...USUAL,
    'json error': { status: 400, headers: JSON_TYPE, body: '{"message":"Invalid","code":50035}' },
  }),
];

const teams = (['msteams', 'msteamsv2'] as const).flatMap((kind) => [
  ...variantsOf(kind, {
    minimal: 'webhook_url: FAKE/w',
    odd: ['webhook_url: FAKE/w', { story: 'odd' }],
    'not resolved': 'webhook_url: FAKE/w\nsend_resolved: false',
    'every field': `webhook_url: FAKE/w\ntitle: ${T}\ntext: ${T}${kind === 'msteams' ? `\nsummary: ${T}` : ''}`,
    long: [`webhook_url: FAKE/w\ntitle: ${LONG}\ntext: ${LONG}`, { story: 'long' }],
    empty: `webhook_url: FAKE/w\ntitle: ''\ntext: ''`,
    'url file': ['webhook_url_file: FILES/url', { files: { url: 'FAKE/file\n' } }],
    'url file missing': ['webhook_url_file: FILES/none', { story: 'failing' }],
    'title fails': [`webhook_url: FAKE/w\ntitle: ${FAILS}`, { story: 'failing' }],
    'text fails': [`webhook_url: FAKE/w\ntext: ${FAILS}`, { story: 'failing' }],
  }),
  ...answersOf(
    kind,
    'webhook_url: FAKE/w',
    {
      ...USUAL,
      'an error that is a success': {
        body: 'Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429',
      },
    },
    kind === 'msteams' ? { 'an error that is a success': 'Teams answers 200 with "delivery failed"' } : {},
  ),
]);

const MATTERMOST_ATTACHMENT = `fallback: ${T}, color: ${T}, pretext: ${T}, text: ${T}, author_name: ${T}, author_link: ${T}, author_icon: ${T}, title: ${T}, title_link: ${T}, thumb_url: ${T}, footer: ${T}, footer_icon: ${T}, image_url: ${T}, fields: [{title: ${T}, value: ${T}, short: true}, {title: a, value: b}, {title: a, value: b, short: false}]`;
const mattermost = [
  ...variantsOf('mattermost', {
    minimal: 'webhook_url: FAKE/hooks/x',
    odd: ['webhook_url: FAKE/hooks/x', { story: 'odd' }],
    'not resolved': 'webhook_url: FAKE/hooks/x\nsend_resolved: false',
    'every field':
      `webhook_url: FAKE/hooks/x\nchannel: ${T}\nusername: ${T}\nicon_url: ${T}\nicon_emoji: ${T}\ntype: 'custom_{{ .Status }}'\nprops: {card: ${T}}\npriority: {priority: urgent, requested_ack: true, persistent_notifications: true}\n${MATTERMOST_ATTACHMENT.split(/, (?=[a-z_]+: )/).join('\n')}`.replace(
        /fields:.*$/s,
        `fields: [{title: ${T}, value: ${T}, short: true}, {title: a, value: b}]`,
      ),
    attachments: `webhook_url: FAKE/hooks/x\ntext: ${T}\ntitle: unused\nattachments:\n  - {${MATTERMOST_ATTACHMENT}}\n  - {text: second}`,
    'empty attachments': 'webhook_url: FAKE/hooks/x\nattachments: []',
    'long text': [`webhook_url: FAKE/hooks/x\ntext: ${LONG}`, { story: 'long' }],
    'long text beside attachments': [
      `webhook_url: FAKE/hooks/x\ntext: ${LONG}\nattachments: [{text: x}]`,
      { story: 'long' },
    ],
    'priority of no kind':
      'webhook_url: FAKE/hooks/x\npriority: {priority: sometimes, requested_ack: true, persistent_notifications: true}',
    'priority important':
      'webhook_url: FAKE/hooks/x\npriority: {priority: IMPORTANT, requested_ack: true, persistent_notifications: true}',
    'priority templated': `webhook_url: FAKE/hooks/x\npriority: {priority: '{{ if eq .Status "firing" }}Urgent{{ else }}standard{{ end }}', requested_ack: true, persistent_notifications: true}`,
    'priority empty': `webhook_url: FAKE/hooks/x\npriority: {priority: '{{ .CommonLabels.nope }}', requested_ack: true}`,
    'url file': ['webhook_url_file: FILES/url', { files: { url: 'FAKE/file\n' } }],
    'url file empty': ['webhook_url_file: FILES/url', { files: { url: '\n' }, story: 'failing' }],
    'text fails': [`webhook_url: FAKE/hooks/x\ntext: ${FAILS}`, { story: 'failing' }],
  }),
  ...answersOf('mattermost', 'webhook_url: FAKE/hooks/x\nchannel: town', {
    ...USUAL,
    'text that is no ok': { body: 'no' },
  }),
];

const ROCKET = 'api_url: FAKE/\ntoken_id: id\ntoken: secret\nsend_resolved: true\n';
const rocketchat = [
  ...variantsOf('rocketchat', {
    minimal: ROCKET,
    odd: [ROCKET, { story: 'odd' }],
    'not resolved': ROCKET.replace('send_resolved: true', ''),
    'every field': `${ROCKET}channel: '#{{ .Status }}'\ncolor: ${T}\ntitle: ${T}\ntitle_link: ${T}\ntext: ${T}\nemoji: ${T}\nicon_url: ${T}\nimage_url: ${T}\nthumb_url: ${T}\nshort_fields: true\nlink_names: true\nfields: [{title: ${T}, value: ${T}}, {title: a, value: b, short: false}]\nactions: [{type: button, text: ${T}, url: ${T}, msg: ${T}}, {text: only}]`,
    'long title': [`${ROCKET}title: ${LONG}\ntext: ${LONG}`, { story: 'long' }],
    'tokens from files': [
      'api_url: FAKE/base\ntoken_id_file: FILES/id\ntoken_file: FILES/token\nsend_resolved: true',
      { files: { id: ' id\n', token: 'tok\n' } },
    ],
    'text fails': [`${ROCKET}text: ${FAILS}`, { story: 'failing' }],
  }),
  ...answersOf('rocketchat', `${ROCKET}channel: '#a'`, {
    ...USUAL,
    'not a success': { headers: JSON_TYPE, body: '{"success":false,"error":"[not-allowed]"}' },
    'no json': { body: 'ok' },
    nothing: { body: '' },
    'a list': { body: '[]' },
    'a text for a success': { body: '{"success":"true"}' },
  }),
];

const TELEGRAM = 'api_url: FAKE\nbot_token: 123:abc\nchat_id: -100123\n';
const telegram = [
  ...variantsOf('telegram', {
    minimal: TELEGRAM,
    odd: [TELEGRAM, { story: 'odd' }],
    'not resolved': `${TELEGRAM}send_resolved: false`,
    'every field': `${TELEGRAM}message_thread_id: 7\ndisable_notifications: true\nparse_mode: MarkdownV2\nmessage: ${T}`,
    markdown: [`${TELEGRAM}parse_mode: Markdown`, { story: 'odd' }],
    'no mode': [`${TELEGRAM}parse_mode: ''`, { story: 'odd' }],
    html: [
      `${TELEGRAM}message: '<b>{{ .Status }}</b> <a href="{{ .ExternalURL }}">x</a> {{ .CommonAnnotations.summary }} {{ .CommonAnnotations.summary | safeHtml }}'`,
      { story: 'odd' },
    ],
    'long html': [`${TELEGRAM}message: ${LONG}`, { story: 'long' }],
    'long text': [`${TELEGRAM}message: ${LONG}\nparse_mode: ''`, { story: 'long' }],
    'from files': [
      'api_url: FAKE\nbot_token_file: FILES/token\nchat_id_file: FILES/chat',
      { files: { token: '1:x\n', chat: '\n-42\n' } },
    ],
    'chat that is none': [
      'api_url: FAKE\nbot_token: 1:x\nchat_id_file: FILES/chat',
      { files: { chat: 'abc\n' }, story: 'hopeless' },
    ],
    'chat that is too large': [
      'api_url: FAKE\nbot_token: 1:x\nchat_id_file: FILES/chat',
      { files: { chat: '99999999999999999999\n' }, story: 'hopeless' },
    ],
    'token file missing': ['api_url: FAKE\nbot_token_file: FILES/none\nchat_id: 5', { story: 'hopeless' }],
    'message fails': [`${TELEGRAM}message: ${FAILS}`, { story: 'failing' }],
    'message fails as html': [`${TELEGRAM}message: '<a href="{{ .Status }}>'`, { story: 'failing' }],
  }),
  ...answersOf('telegram', TELEGRAM, {
    unauthorized: {
      status: 401,
      headers: JSON_TYPE,
      body: '{"ok":false,"error_code":401,"description":"Unauthorized"}',
    },
    'bad request': {
      status: 400,
      headers: JSON_TYPE,
      body: '{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}',
    },
    'unknown words': {
      status: 400,
      headers: JSON_TYPE,
      body: `{"ok":false,"error_code":400,"description":"Bad Request: can't parse entities"}`,
    },
    forbidden: {
      status: 403,
      headers: JSON_TYPE,
      body: '{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}',
    },
    ill: {
      status: 500,
      headers: JSON_TYPE,
      body: '{"ok":false,"error_code":500,"description":"Internal Server Error"}',
    },
    'ok whatever the status': {
      status: 500,
      headers: JSON_TYPE,
      body: '{"ok":true,"result":{"message_id":1,"chat":{"id":5}}}',
    },
    flood: {
      status: 429,
      headers: JSON_TYPE,
      body: '{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 1","parameters":{"retry_after":1}}',
    },
    'a page': { status: 502, body: '<html>Bad Gateway</html>' },
    nothing: { body: '' },
  }),
];

const WEBEX = 'api_url: FAKE/v1/messages\nroom_id: room\nhttp_config: {authorization: {credentials: tok}}\n';
const webex = [
  ...variantsOf('webex', {
    minimal: WEBEX,
    odd: [WEBEX, { story: 'odd' }],
    'not resolved': `${WEBEX}send_resolved: false`,
    'every field': `api_url: FAKE/v1/messages\nroom_id: ${T}\nmessage: ${T}\nhttp_config: {authorization: {type: Bearer, credentials: tok}}`,
    'long, plain': [`${WEBEX}message: '{{ range .Alerts }}{{ .Annotations.plain }}{{ end }}'`, { story: 'long' }],
    'message fails': [`${WEBEX}message: ${FAILS}`, { story: 'failing' }],
    'room fails': [
      `api_url: FAKE/v1/messages\nroom_id: ${FAILS}\nhttp_config: {authorization: {credentials: tok}}`,
      { story: 'failing', differs: 'template errors of Slack, VictorOps, Webex, SNS' },
    ],
  }),
  ...answersOf('webex', WEBEX, USUAL),
];

const WECHAT = 'api_url: FAKE/cgi\napi_secret: sec\ncorp_id: corp\nsend_resolved: true\n';
const wechat = [
  ...variantsOf('wechat', {
    minimal: WECHAT,
    odd: [WECHAT, { story: 'odd' }],
    'not resolved': WECHAT.replace('send_resolved: true', ''),
    'every field': `api_url: FAKE/cgi/\napi_secret: 'se&c {{ .Status }}'\ncorp_id: 'co rp {{ .Status }}'\nsend_resolved: true\nmessage: ${T}\nto_user: ${T}\nto_party: ${T}\nto_tag: ${T}\nagent_id: ${T}`,
    markdown: `${WECHAT}message_type: markdown\nmessage: ${T}`,
    'secret from a file': [
      'api_url: FAKE/cgi/\napi_secret_file: FILES/secret\ncorp_id: corp\nsend_resolved: true',
      { files: { secret: 'sec\n' } },
    ],
    long: [WECHAT, { story: 'long' }],
    'message fails': [`${WECHAT}message: ${FAILS}`, { story: 'failing', differs: 'rendering of WeChat' }],
  }),
  ...answersOf('wechat', WECHAT, {
    'no token': { headers: JSON_TYPE, body: '{"errcode":40001}' },
    'token that is no json': { body: 'oops' },
    'token with a status': { status: 500, headers: JSON_TYPE, body: '{"access_token":"t"}' },
    'hangs up on the token': 'hang up',
    ...Object.fromEntries(
      Object.entries({
        ...USUAL,
        '42001': { headers: JSON_TYPE, body: '{"errcode":42001,"errmsg":"access_token expired"}' },
        'an error': { headers: JSON_TYPE, body: '{"errcode":60020,"errmsg":"not allow to access from your ip"}' },
        'no json': { body: 'oops' },
      }).map(([name, reply]) => [name, [{ headers: JSON_TYPE, body: '{"access_token":"tok en"}' }, reply]]),
    ),
  }),
];

export const CHAT_VARIANTS: readonly Variant[] = [
  ...slack,
  ...slackAnswers,
  ...discord,
  ...teams,
  ...mattermost,
  ...rocketchat,
  ...telegram,
  ...webex,
  ...wechat,
];
