import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type Infer, bool, object, secret, templatedUrl, uint } from './schema/index.js';
import { type LoadOptions, loadConfig } from './load-config.js';
import { httpConfig, receiver, sendResolved, withGlobalHttp } from './receiver-schema.js';
import type { Registry } from './root.js';
import { Secret } from './secret.js';
import { parseYaml } from './yaml/parse.js';

const hookFields = {
  send_resolved: sendResolved(true),
  http_config: httpConfig(),
  url: templatedUrl({ help: 'Where to.' }),
  token: secret({ help: 'Who.' }),
  max: uint({ help: 'How many.' }),
  nested: bool({ default: false, help: 'Anything.' }),
};
type HookSettings = Infer<typeof hookFields>;

/** One integration is enough here; the real ones have a test over all of them. */
const registry: Registry = [
  {
    type: 'hook',
    yamlKey: 'hook_configs',
    config: receiver('hook.HookConfig', hookFields, {
      order: { printed: 1, checked: 1 },
      check(settings, report) {
        if (!settings.url) report('missing-value', undefined, 'url must be configured', 'add url');
      },
      inherit: withGlobalHttp,
    }),
  },
];

const load = (text: string, options: Partial<LoadOptions> = {}) =>
  loadConfig(text, { registry, file: 'am.yml', ...options });
const complaints = (text: string, options: Partial<LoadOptions> = {}): readonly string[] => {
  const loaded = load(text, options);
  return loaded.ok ? [] : loaded.issues.map(({ message }) => message);
};

const END = 'receivers:\n- name: a\n- name: b\n';
const root = (body: string): string => `route:\n  receiver: a\n${body}\n${END}`;
const child = (body: string): string => root(`  routes:\n  - ${body}`);
const hook = (body: string, global = ''): string =>
  `${global}route: {receiver: a}\nreceivers:\n- name: a\n  hook_configs: [${body}]\n`;
const http = (body: string): string => hook('{url: "http://x/"}', `global: {http_config: ${body}}\n`);
const top = (body: string): string => `${root('')}${body}\n`;

describe('what is accepted', () => {
  it.each([
    ['the least there is', root('')],
    ['JSON', '{"route": {"receiver": "a"}, "receivers": [{"name": "a"}]}'],
    ['a receiver that sends nowhere', root('')],
    ['all labels', root("  group_by: ['...', '...']")],
    ['a group_wait of nothing', root('  group_wait: 0s')],
    ['empty matchers on the root', root('  matchers: []\n  match: {}')],
    ['matchers in every spelling', child('matchers: [a=b, \'c="d"\', "{e=~f}", "g!=h,i!~j", "k="]')],
    ['a rule that mutes everything', top('inhibit_rules: [{}]')],
    ['an interval without specs', top('time_intervals: [{name: x}]')],
    [
      'an interval',
      top('time_intervals: [{name: x, time_intervals: [{weekdays: [monday:friday], location: Europe/Berlin}]}]'),
    ],
    ['a mask where a secret was', hook('{url: <secret>, token: <secret>}')],
    ['a URL that is a template', hook('{url: "http://{{ .GroupLabels.host }}/"}')],
    ['templates that are not there', top('templates: [nowhere/*.tmpl]')],
    ['tracing switched off', top('tracing:')],
    ['a global section of nothing', `global:\n${root('')}`],
    ['http_config null', http('~')],
    ['a proxy', http('{proxy_url: "http://u:p@proxy", no_proxy: x}')],
    ['a later document, whatever it is', `${root('')}---\n: :\n`],
  ])('%s', (_name, text) => {
    expect(complaints(text)).toEqual([]);
  });
});

describe('what is refused, in the words of Alertmanager', () => {
  it.each([
    ['', 'no route provided in config'],
    ['global: {}', 'no routes provided'],
    ['x', 'cannot unmarshal !!str `x` into config.plain'],
    [top('foo: bar'), 'field foo not found in type config.plain'],
    [top('route: {receiver: a}'), 'field route already set in type config.plain'],
    [root('  group_by: x'), 'cannot unmarshal !!str `x` into []string'],
    [root("  group_by: ['...', x]"), 'cannot have wildcard group_by (`...`) and other labels at the same time'],
    [root('  group_by: [x, x]'), 'duplicated label "x" in group_by'],
    [root("  group_by: ['']"), 'invalid label name "" in group_by list'],
    [root('  group_interval: 0s'), 'group_interval cannot be zero'],
    [root('  repeat_interval: 0s'), 'repeat_interval cannot be zero'],
    [root('  group_wait: 5'), 'not a valid duration string: "5"'],
    [root('  matchers: [a=b]'), 'root route must not have any matchers'],
    [root('  mute_time_intervals: [x]'), 'root route must not have any mute time intervals'],
    [root('  active_time_intervals: [x]'), 'root route must not have any active time intervals'],
    [root('  continue: true'), 'cannot have continue in root route'],
    [`route: {group_by: [x]}\n${END}`, 'root route must specify a default receiver'],
    [child('receiver: c'), 'undefined receiver "c" used in route'],
    [child('mute_time_intervals: [x]'), 'undefined time interval "x" used in route'],
    [child('matchers: [a]'), 'bad matcher format: a'],
    [child('match: {a-b: c}'), 'invalid label name "a-b"'],
    [child('match_re: {a: ~}'), 'invalid regexp value for "a"'],
    [child('match_re: {a: "("}'), 'error parsing regexp: missing closing ): `^(?:()$`'],
    [child('labels: {"": x}'), '"" is not a valid label name'],
    [root('  routes: [~]'), 'missing route in routes[0]'],
    [`route: {receiver: a}\nreceivers: [{name: a}, {name: a}]`, 'notification config name "a" is not unique'],
    ['route: {receiver: a}\nreceivers: [{}]', 'missing name in receiver'],
    [
      'route: {receiver: a}\nreceivers: [{name: a, labels: {name: b}}]',
      'receiver label "name" must match receiver name "a", got "b"',
    ],
    [hook('~'), 'missing hook config'],
    [hook('{}'), 'url must be configured'],
    [hook('{url: "ftp://x"}'), 'invalid URL: unsupported scheme "ftp" for URL'],
    [hook('{url: "{{"}'), 'invalid template syntax: template: :1: unclosed action'],
    [hook('{url: "http://x", max: "5"}'), 'cannot unmarshal !!str `5` into uint64'],
    [hook('{url: "http://x", max: -1}'), 'cannot unmarshal !!int `-1` into uint64'],
    [hook('{url: "http://x", send_resolved: "no"}'), 'cannot unmarshal !!str `no` into bool'],
    [
      http('{bearer_token: a, bearer_token_file: b}'),
      'at most one of bearer_token & bearer_token_file must be configured',
    ],
    [http('{authorization: {type: Basic}}'), 'authorization type cannot be set to "basic", use "basic_auth" instead'],
    [
      http('{basic_auth: {}, oauth2: {client_id: a, token_url: b}}'),
      'at most one of basic_auth, oauth2 & authorization must be configured',
    ],
    [http('{oauth2: {}}'), 'oauth2 client_id must be configured'],
    [
      http('{tls_config: {cert: x}}'),
      'exactly one of key or key_file must be configured when a client certificate is configured',
    ],
    [http('{tls_config: {min_version: TLS1.2}}'), 'unknown TLS version: TLS1.2'],
    [http('{http_headers: {content-type: {values: [x]}}}'), 'setting header "Content-Type" is not allowed'],
    [http('{no_proxy: x}'), 'if no_proxy is configured, proxy_url must also be configured'],
    [
      top('global: {slack_api_url: "http://x", slack_api_url_file: y}'),
      'at most one of slack_api_url & slack_api_url_file must be configured',
    ],
    [top('global: {smtp_smarthost: x}'), 'address x: missing port in address'],
    [top('time_intervals: [{}]'), 'missing name in time interval'],
    [top('time_intervals: [{name: x}]\nmute_time_intervals: [{name: x}]'), 'time interval "x" is not unique'],
    [top('time_intervals: [{name: x, time_intervals: [{weekdays: [mon]}]}]'), 'mon is not a valid weekday'],
    [
      top('time_intervals: [{name: x, time_intervals: [{times: [{start_time: "09:00"}]}]}]'),
      'both start and end times must be provided',
    ],
    [top('tracing: {}'), 'tracing endpoint must be set'],
    [top('event_recorder: {file_outputs: [{}]}'), 'event_recorder file output requires a path'],
    [top('templates: ["[a"]'), 'failed to parse templates: syntax error in pattern'],
  ])('%j', (text, message) => {
    expect(complaints(text)[0]).toBe(message);
  });

  it('classic mode knows classic label names only', () => {
    expect(complaints(root('  group_by: [é]'))).toEqual([]);
    expect(complaints(root('  group_by: [é]'), { mode: 'classic' })).toEqual([
      'invalid label name "é" in group_by list',
    ]);
  });
});

describe('issues', () => {
  it('are all told at once, the one that Alertmanager names first, each with its place and a hint', () => {
    const loaded = load(`route:
  receiver: c
  group_by: [x, x]
  foo: 1
receivers:
- name: a
  hook_configs:
  - url: ftp://x
    maxx: 5
`);
    expect(
      loaded.ok ? [] : loaded.issues.map(({ code, path, position }) => [code, path, position?.line, position?.column]),
    ).toEqual([
      ['invalid-url', 'receivers[0].hook_configs[0].url', 8, 10],
      ['unknown-key', 'route.foo', 4, 3],
      ['unknown-key', 'receivers[0].hook_configs[0].maxx', 9, 5],
      ['duplicate-name', 'route.group_by', 3, 13],
      ['undefined-name', 'route.receiver', 2, 13],
    ]);
    expect(loaded.ok ? '' : loaded.issues[2]?.hint).toBe('did you mean "max"?');
  });

  it('never throws, whatever the text', () => {
    const lines = fc.constantFrom(
      'route:',
      '  receiver: a',
      '- name: a',
      'receivers:',
      '  hook_configs: [{url: x}]',
      'global: ~',
      '  routes: [~]',
      '  matchers: ["{"]',
      'inhibit_rules: [~]',
      '<<: *a',
      'x: &a {b: c}',
      'templates: [~]',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(lines).map((chosen) => chosen.join('\n')),
    );
    fc.assert(
      fc.property(text, (source) => void load(source)),
      { numRuns: 300 },
    );
  });
});

describe('what comes out', () => {
  const loaded = load(
    `global: {http_config: {tls_config: {ca_file: ca.pem}}}
route:
  receiver: a
  group_by: [x]
  routes:
  - match: {z: w}
    match_re: {y: "a|b"}
    matchers: [c=d, a=b]
    group_wait: 90s
receivers:
- name: a
  hook_configs: [{url: "http://x/secret", token: t}]
templates: [one.tmpl]
`,
    { file: '/etc/am/am.yml', glob: (pattern) => ({ ok: true, value: [pattern] }) },
  );
  if (!loaded.ok) throw new Error(loaded.issues[0]?.message);
  const { config } = loaded.value;
  const text = loaded.value.original();
  // The schema above made it.
  const settings = config.receivers[0]?.integrations[0]?.settings as HookSettings;

  it('has matchers sorted, those of match_re anchored', () => {
    expect(config.route.routes[0]?.matchers.map(({ name, operator, value }) => name + operator + value)).toEqual([
      'a=b',
      'c=d',
      'y=~^(?:a|b)$',
      'z=w',
    ]);
  });

  it('has file paths joined, global values filled in, secrets hidden', () => {
    expect(config.templateFiles).toEqual(['/etc/am/one.tmpl']);
    expect(settings.httpConfig.tlsConfig.caFile).toBe('/etc/am/ca.pem');
    expect(settings.url).toBeInstanceOf(Secret);
    expect(settings.url?.reveal()).toBe('http://x/secret');
    expect(JSON.stringify(settings)).not.toContain('http://x/secret');
  });

  it('is printed with defaults, in a fixed order, masked', () => {
    expect(text.slice(text.indexOf('route:'))).toBe(`route:
  receiver: a
  group_by:
  - x
  continue: false
  routes:
  - match:
      z: w
    match_re:
      "y": a|b
    matchers:
    - a="b"
    - c="d"
    continue: false
    group_wait: 1m30s
receivers:
- name: a
  labels:
    name: a
  hook_configs:
  - send_resolved: true
    http_config:
      tls_config:
        ca_file: /etc/am/ca.pem
        insecure_skip_verify: false
      follow_redirects: true
      enable_http2: true
    url: <secret>
    token: <secret>
templates:
- /etc/am/one.tmpl
`);
  });

  it('can be read back', () => {
    const again = load(text, { file: '/etc/am/am.yml', glob: () => ({ ok: true, value: [] }) });
    expect(again.ok && again.value.original()).toBe(text);
  });

  it('counts its bytes as Alertmanager does', () => {
    const empty = load('route: {receiver: a}\nreceivers: [{name: a}]\n');
    expect(empty.ok && empty.value.hash).toBe(184_816_797_860_636);
  });
});

describe('what another thread has read', () => {
  const ALIASES = `x: &who {severity: critical}
route: {receiver: a, routes: [{receiver: a, match: &m {team: x}}, {receiver: a, match: *m}]}
receivers: [{name: a}]
`;
  const CYCLE = 'route: &r {receiver: a, routes: [*r]}\nreceivers: [{name: a}]\n';

  it.each([
    ['aliases', ALIASES.slice(ALIASES.indexOf('route'))],
    ['an unknown key', ALIASES],
    ['a value that contains itself', CYCLE],
    ['a wrong type', root('  group_wait: [1]')],
  ])('means the same: %s', (_, text) => {
    const parsed = parseYaml(text, 'am.yml');
    if (!parsed.ok) throw new Error(parsed.issues[0]?.message);
    const here = load(text);
    const there = load(text, { parsed: structuredClone(parsed.value) });
    expect(there.ok ? there.value.original() : there.issues).toEqual(here.ok ? here.value.original() : here.issues);
  });

  it('is not what it would read by itself', () => {
    const parsed = parseYaml(root('  group_wait: 7s'));
    const loaded = load(root('  group_wait: 1s'), parsed.ok ? { parsed: parsed.value } : {});
    expect(loaded.ok && loaded.value.config.route.groupWait).toBe(7_000);
  });
});

it('a schema describes itself', () => {
  const schema = object('x.plain', { token: secret({ help: 'Who.', required: true }) });
  expect(schema.fields.get('token')).toMatchObject({ kind: 'secret', help: 'Who.', required: true });
});
