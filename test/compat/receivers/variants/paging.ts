/** Who wakes people up and keeps tickets: PagerDuty, Opsgenie, VictorOps, Pushover, SNS, Jira, incident.io. */
import { type Variant, STATUSES, answersOf, variantsOf } from '../variant.js';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const json = (body: unknown, status = 200) => ({ status, headers: JSON_TYPE, body: JSON.stringify(body) });
const some = (...codes: readonly string[]): typeof STATUSES =>
  Object.fromEntries(codes.map((code) => [code, STATUSES[code] ?? {}]));
const USUAL = some('201', '302', '400', '401', '403', '404', '409', '422', '429', '500', '503');
const T = `'{{ .Status }} <{{ .CommonLabels.team }}> & {{ .CommonAnnotations.summary }} {{ len .Alerts.Firing }}'`;
const LONG = `'{{ range .Alerts }}{{ .Annotations.description }}{{ end }}'`;
const FAILS = `'{{ .Nope }}'`;
const TUNNEL = 'http_config: {proxy_url: PROXY, tls_config: {insecure_skip_verify: true}}\n';

const PD = 'url: FAKE/v2/enqueue\nrouting_key: key\n';
const PD1 = `service_key: old\n${TUNNEL}`;
const pagerduty = [
  ...variantsOf('pagerduty', {
    minimal: PD,
    odd: [PD, { story: 'odd' }],
    'not resolved': `${PD}send_resolved: false`,
    'every field': `url: FAKE/v2/enqueue\nrouting_key: 'k {{ .Status }}'\nclient: ${T}\nclient_url: ${T}\ndescription: ${T}\nseverity: '{{ .CommonLabels.severity }}'\nsource: ${T}\nclass: ${T}\ncomponent: ${T}\ngroup: ${T}\ndetails: {a: ${T}, n: '{{ len .Alerts }}', firing: '', deep: {x: ['{{ .Status }}', 1, ~], 'k {{ .Status }}': '{{ .CommonLabels | toJson }}'}, '{{ .Status }}': x}\nimages: [{src: ${T}, alt: ${T}, href: ${T}}, {src: '{{ .CommonLabels.nope }}', alt: gone}]\nlinks: [{href: ${T}, text: ${T}}, {href: '', text: gone}]`,
    'long description': [`${PD}description: ${LONG}`, { story: 'long' }],
    'too large': [PD, { story: 'huge' }],
    'key from a file': [
      'url: FAKE/v2/enqueue\nrouting_key_file: FILES/key',
      { files: { key: 'file-key {{ .Status }}\n' } },
    ],
    'key file missing': ['url: FAKE/v2/enqueue\nrouting_key_file: FILES/none', { story: 'failing' }],
    'key renders to nothing': [`url: FAKE/v2/enqueue\nrouting_key: '{{ .CommonLabels.nope }}'`, { story: 'failing' }],
    'severity empty': `${PD}severity: '{{ .CommonLabels.nope }}'`,
    'source empty': `${PD}source: '{{ .CommonLabels.nope }}'\nclient: me`,
    'details fail': [`${PD}details: {a: ${FAILS}}`, { story: 'failing' }],
    'description fails': [`${PD}description: ${FAILS}`, { story: 'failing' }],
    timeout: `${PD}timeout: 5s`,
    'version 1': PD1,
    'version 1, odd': [PD1, { story: 'odd' }],
    'version 1, every field': `${PD1}client: ${T}\nclient_url: ${T}\ndescription: ${T}\ndetails: {a: ${T}, n: 5}`,
    'version 1, too large': [PD1, { story: 'huge' }],
    'version 1, long': [`${PD1}description: ${LONG}`, { story: 'long' }],
    'version 1, no key': [`service_key: '{{ .CommonLabels.nope }}'\n${TUNNEL}`, { story: 'failing' }],
  }),
  ...answersOf('pagerduty', PD, {
    ...USUAL,
    202: json({ status: 'success', dedup_key: 'k' }, 202),
    reasons: json(
      {
        status: 'invalid event',
        message: 'Event object is invalid',
        errors: ["Length of 'routing_key' is incorrect", 'b'],
      },
      400,
    ),
    'reasons without a list': json({ message: 'm' }, 400),
    'reasons elsewhere': json({ message: 'm', errors: ['a'] }, 403),
  }),
  ...answersOf(
    'pagerduty',
    PD1,
    Object.fromEntries(Object.entries(USUAL).map(([name, reply]) => [`v1 ${name}`, reply])),
  ),
];

const OG = 'api_url: FAKE\napi_key: key\n';
const opsgenie = [
  ...variantsOf('opsgenie', {
    minimal: OG,
    odd: [OG, { story: 'odd' }],
    'not resolved': `${OG}send_resolved: false`,
    'every field': `api_url: FAKE/base/\napi_key: 'k {{ .Status }}'\nmessage: ${T}\ndescription: ${T}\nsource: ${T}\ndetails: {a: ${T}, team: over, empty: ''}\nresponders: [{name: 'a,b , c', type: teams}, {id: 'i {{ .Status }}', type: Team}, {username: ${T}, type: user}, {name: '{{ .CommonLabels.nope }}', type: escalation}, {name: s, type: schedule}, {name: '{{ .CommonLabels.team }}', type: '{{ "user" }}'}]\ntags: ' a, b ,{{ .Status }},,'\nactions: 'x,{{ .Status }}'\nnote: ${T}\npriority: 'P{{ len .Alerts }}'\nentity: ${T}`,
    updates: `${OG}update_alerts: true`,
    'updates of nothing': `${OG}update_alerts: true\nmessage: '{{ .CommonLabels.nope }}'\ndescription: ''`,
    'long message': [`${OG}message: ${LONG}\ndescription: ${LONG}`, { story: 'long' }],
    'key from a file': ['api_url: FAKE\napi_key_file: FILES/key', { files: { key: 'file-key\n' } }],
    'key file missing': ['api_url: FAKE\napi_key_file: FILES/none', { story: 'failing' }],
    'query in the url': `api_url: 'FAKE/?a=b'\napi_key: key`,
    'message fails': [`${OG}message: ${FAILS}`, { story: 'failing' }],
    'type of no kind': [`${OG}responders: [{name: n, type: '{{ "nobody" }}'}]`, { story: 'failing' }],
    'responder type fails': [`${OG}responders: [{name: n, type: '{{ .Nope }}'}]`, { story: 'failing' }],
  }),
  ...answersOf('opsgenie', OG, USUAL),
  ...answersOf('opsgenie', `${OG}update_alerts: true`, {
    'second refused': [json({ result: 'ok' }, 202), json({ message: 'no' }, 422)],
    'third ill': [json({}, 202), json({}, 202), json({ message: 'ill' }, 500)],
  }),
];

const VO = 'api_url: FAKE/alert\napi_key: key\nrouting_key: route\n';
const victorops = [
  ...variantsOf('victorops', {
    minimal: VO,
    odd: [VO, { story: 'odd' }],
    'not resolved': `${VO}send_resolved: false`,
    'every field': `api_url: FAKE/alert/\napi_key: 'k/e y'\nrouting_key: 'r/{{ .Status }} ?'\nmessage_type: '{{ if eq .Status "firing" }}WARNING{{ end }}'\nentity_display_name: ${T}\nstate_message: ${T}\nmonitoring_tool: ${T}\ncustom_fields: {b: ${T}, a: x, Z: y}`,
    'type of no kind': `${VO}message_type: '{{ .CommonLabels.severity }}'`,
    'type of info': `${VO}message_type: INFO`,
    long: [`${VO}state_message: ${LONG}`, { story: 'long' }],
    'key from a file': ['api_url: FAKE\napi_key_file: FILES/key\nrouting_key: r', { files: { key: 'file-key\n' } }],
    'key file missing': ['api_url: FAKE\napi_key_file: FILES/none\nrouting_key: r', { story: 'failing' }],
    'routing key fails': [`api_url: FAKE\napi_key: k\nrouting_key: ${FAILS}`, { story: 'failing' }],
    'state message fails': [
      `${VO}state_message: ${FAILS}`,
      { story: 'hopeless', differs: 'template errors of Slack, VictorOps, Webex, SNS' },
    ],
  }),
  ...answersOf('victorops', VO, USUAL),
];

const PO = `user_key: user\ntoken: tok\n${TUNNEL}`;
const pushover = [
  ...variantsOf('pushover', {
    minimal: PO,
    odd: [PO, { story: 'odd' }],
    'not resolved': `${PO}send_resolved: false`,
    'every field': `user_key: 'u {{ .Status }}'\ntoken: 't {{ .Status }}'\n${TUNNEL}title: ${T}\nmessage: ${T}\nurl: ${T}\nurl_title: ${T}\ndevice: ${T}\nsound: ${T}\npriority: '{{ len .Alerts }}'\nretry: 90s\nexpire: 2h30m\nttl: 1500ms\nmonospace: true`,
    html: [`${PO}html: true\nmessage: '<b>{{ .Status }}</b> {{ .CommonAnnotations.summary }}'`, { story: 'odd' }],
    long: [`${PO}title: ${LONG}\nmessage: ${LONG}\nurl: ${LONG}`, { story: 'long' }],
    'empty message': `${PO}message: ' {{ .CommonLabels.nope }} '`,
    'short ttl': `${PO}ttl: 500ms\nretry: 500ms`,
    'from files': [
      `user_key_file: FILES/user\ntoken_file: FILES/token\n${TUNNEL}`,
      { files: { user: 'u', token: 't' } },
    ],
    'file missing': [`user_key_file: FILES/none\ntoken: t\n${TUNNEL}`, { story: 'failing' }],
    'message fails': [`${PO}message: ${FAILS}`, { story: 'failing' }],
  }),
  ...answersOf('pushover', PO, USUAL),
];

const SNS = `api_url: FAKE\nsigv4: {region: us-east-2, access_key: AKID, secret_key: key}\n`;
const xml = (status: number, code: string, message: string) => ({
  status,
  headers: { 'Content-Type': 'text/xml' },
  body: `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>req-1</RequestId></ErrorResponse>`,
});
const sns = [
  ...variantsOf('sns', {
    topic: `${SNS}topic_arn: 'arn:aws:sns:us-east-2:123:topic'`,
    odd: [`${SNS}topic_arn: 'arn:aws:sns:us-east-2:123:topic'`, { story: 'odd' }],
    'not resolved': `${SNS}topic_arn: 'arn:aws:sns:us-east-2:123:topic'\nsend_resolved: false`,
    fifo: `${SNS}topic_arn: 'arn:aws:sns:us-east-2:123:{{ .CommonLabels.team }}.fifo'`,
    target: `${SNS}target_arn: 'arn:{{ .Status }}'`,
    phone: [
      `${SNS}phone_number: '+1{{ len .Alerts }}'\nmessage: '{{ range .Alerts }}{{ .Annotations.plain }}{{ end }}'`,
      { story: 'long' },
    ],
    'every field': `${SNS}topic_arn: arn\nsubject: ${T}\nmessage: ${T}\nattributes: {'k {{ .Status }}': ${T}, a: b}`,
    'no subject': `${SNS}topic_arn: arn\nsubject: ''`,
    'too long': [
      `${SNS}topic_arn: arn\nmessage: '{{ range .Alerts }}{{ .Annotations.plain }}{{ end }}'\nattributes: {a: b}`,
      { story: 'huge' },
    ],
    'message fails': [
      `${SNS}topic_arn: arn\nmessage: ${FAILS}`,
      { story: 'hopeless', differs: 'template errors of Slack, VictorOps, Webex, SNS' },
    ],
    'a role': [
      `sigv4: {region: eu-west-1, access_key: AKID, secret_key: key, role_arn: 'arn:aws:iam::1:role/r', external_id: ext}\ntopic_arn: arn\n${TUNNEL}`,
      { differs: 'credentials of a role for SNS' },
    ],
  }),
  ...answersOf(
    'sns',
    `${SNS}topic_arn: arn`,
    {
      refused: xml(403, 'AuthorizationError', 'not allowed'),
      'not found': xml(404, 'NotFound', 'Topic does not exist'),
      invalid: xml(400, 'InvalidParameter', 'Invalid parameter: Message too long'),
      'slow down': xml(429, 'Throttled', 'Rate exceeded'),
      'no xml': { status: 400, body: 'oops' },
    },
    { 'slow down': 'rate limits in the body (Slack, Telegram, WeChat, SNS)' },
  ),
];

const JIRA = 'api_url: FAKE/rest/api/2\nproject: OPS\nissue_type: Bug\n';
const issue = (key: string) =>
  json({ issues: [{ key: 'OPS-7', fields: { status: { name: 'x', statusCategory: { key } } } }] });
const TRANSITIONS = json({
  transitions: [
    { id: '11', name: 'Close' },
    { id: '31', name: 'Reopen' },
  ],
});
const found =
  (key: string) =>
  ({ url, method }: { url: string; method: string }) =>
    url.includes('/search') ? issue(key) : method === 'GET' ? TRANSITIONS : { status: 204 };
const jira = [
  ...variantsOf('jira', {
    minimal: JIRA,
    odd: [JIRA, { story: 'odd' }],
    'not resolved': `${JIRA}send_resolved: false`,
    'every field': `api_url: FAKE/x//rest/api/2/?a=b\napi_type: datacenter\nproject: 'P {{ .Status }}'\nissue_type: ${T}\nsummary: ${T}\ndescription: {template: ${T}}\nlabels: [z, ${T}, a]\npriority: ${T}\nresolve_transition: Close\nreopen_transition: Reopen\nwont_fix_resolution: "Won't \\"fix\\""\nreopen_duration: 90m\nfields: {customfield_1: '{{ len .Alerts }}', customfield_2: {value: ${T}}, labels: [mine], 'x {{ .Status }}': {'y {{ .Status }}': [1, ~, '{{ .Status }}']}}`,
    'found open': [`${JIRA}resolve_transition: Close\nreopen_transition: Reopen`, { answer: found('indeterminate') }],
    'found done': [
      `${JIRA}resolve_transition: Close\nreopen_transition: Reopen\nreopen_duration: 1h`,
      { answer: found('done') },
    ],
    'found, no updates': [
      `${JIRA}summary: {enable_update: false}\ndescription: {enable_update: false}`,
      { answer: found('new') },
    ],
    'found, only summary': [
      `${JIRA}summary: {template: s, enable_update: true}\ndescription: {enable_update: false}`,
      { answer: found('new') },
    ],
    'found, unknown transition': [`${JIRA}reopen_transition: Nope`, { answer: found('done'), story: 'failing' }],
    'found several': [
      JIRA,
      {
        answer: ({ url }) =>
          url.includes('/search') ? json({ issues: [{ key: 'OPS-1' }, { key: 'OPS-2' }] }) : { status: 204 },
      },
    ],
    cloud: `${JIRA}api_type: cloud`,
    'cloud by host': `api_url: http://x.atlassian.net/rest/api/2\nproject: OPS\nissue_type: Bug\nhttp_config: {proxy_url: PROXY}`,
    'cloud by host, version 3': `api_url: http://x.atlassian.net/rest/api/3/\nproject: OPS\nissue_type: Bug\ndescription: '{"type":"doc","version":1, "content":[{"text":"<{{ .Status }}>"}]}'\nhttp_config: {proxy_url: PROXY}`,
    'version 3 without adf': ['api_url: FAKE/rest/api/3\nproject: OPS\nissue_type: Bug', { story: 'failing' }],
    'version 3, empty': `api_url: FAKE/rest/api/3\nproject: OPS\nissue_type: Bug\ndescription: ' '`,
    'short reopen': `${JIRA}reopen_transition: Reopen\nreopen_duration: 30s`,
    'reopen without duration': `${JIRA}reopen_transition: Reopen`,
    'priority by default': [JIRA, { story: 'long' }],
    long: [`${JIRA}summary: ${LONG}\ndescription: ${LONG}`, { story: 'huge' }],
    'summary fails': [`${JIRA}summary: ${FAILS}`, { story: 'failing' }],
    'project fails': [`api_url: FAKE/rest/api/2\nproject: ${FAILS}\nissue_type: Bug`, { story: 'failing' }],
    'labels fail': [`${JIRA}labels: [a, ${FAILS}]`, { story: 'failing' }],
    'fields fail': [`${JIRA}fields: {a: ${FAILS}}`, { story: 'failing' }],
    'basic auth': `${JIRA}http_config: {basic_auth: {username: u, password: p}}`,
  }),
  ...answersOf(
    'jira',
    JIRA,
    {
      ...USUAL,
      'no json': { body: 'oops' },
      'hangs up': 'hang up',
      'create refused': [json({ issues: [] }), json({ errorMessages: [], errors: { priority: 'cannot be set' } }, 400)],
      'create ill': [json({ issues: [] }), { status: 503, body: 'ill' }],
    },
    { 'hangs up': 'network errors of Jira' },
  ),
];

const IO = 'url: FAKE/v2/alert_events\nalert_source_token: tok\n';
const incidentio = [
  ...variantsOf('incidentio', {
    minimal: IO,
    odd: [IO, { story: 'odd' }],
    'not resolved': `${IO}send_resolved: false`,
    'one alert': `${IO}max_alerts: 1`,
    'too large': [IO, { story: 'huge' }],
    'url file': ['url_file: FILES/url\nalert_source_token: tok', { files: { url: 'FAKE/file\n' } }],
    'token file': ['url: FAKE/x\nalert_source_token_file: FILES/token', { files: { token: 'file-token\n' } }],
    'own authorization': 'url: FAKE/x\nhttp_config: {authorization: {type: Api, credentials: c}}',
    timeout: `${IO}timeout: 5s`,
  }),
  ...answersOf('incidentio', IO, {
    ...USUAL,
    message: json({ message: 'bad', error: 'why', errors: ['a', 'b'] }, 422),
    'only errors': json({ errors: ['a', 'b'] }, 400),
    'other json': json({ x: 1 }, 400),
  }),
];

export const PAGING_VARIANTS: readonly Variant[] = [
  ...pagerduty,
  ...opsgenie,
  ...victorops,
  ...pushover,
  ...sns,
  ...jira,
  ...incidentio,
];
