import { type Variant, variantsOf } from '../variant.js';

const payload = (yaml: string): string => `url: FAKE/hook\npayload: ${yaml}`;

export const WEBHOOK_VARIANTS: readonly Variant[] = [
  ...variantsOf('webhook', {
    minimal: 'url: FAKE/hook',
    odd: ['url: FAKE/hook', { story: 'odd' }],
    long: ['url: FAKE/hook', { story: 'long' }],
    huge: ['url: FAKE/hook', { story: 'huge' }],
    'not resolved': 'url: FAKE/hook\nsend_resolved: false',
    'one alert': 'url: FAKE/hook\nmax_alerts: 1',
    'five of many': ['url: FAKE/hook\nmax_alerts: 5', { story: 'huge' }],
    timeout: 'url: FAKE/hook\ntimeout: 5s',
    'templated url': `url: 'FAKE/{{ .GroupLabels.alertname }}/{{ .Status }}?a={{ .CommonLabels.team | urlquery }}'`,
    'url file': ['url_file: FILES/url', { files: { url: ' FAKE/{{ .Status }}\n' } }],
    'url file missing': ['url_file: FILES/none', { story: 'failing' }],
    'url file empty': ['url_file: FILES/url', { files: { url: '\n' }, story: 'failing' }],
    'url renders to nothing': [`url: '{{ "" }}'`, { story: 'failing' }],
    'url renders to nonsense': [`url: '{{ "::" }}x'`, { story: 'hopeless' }],
    'url of another scheme': [`url: '{{ "ftp" }}://x/y'`, { story: 'hopeless' }],
    'url template fails': [`url: 'FAKE/{{ .Nope }}'`, { story: 'failing' }],
    'payload map': payload(
      `{a: '{{ .Status }}', n: '{{ len .Alerts }}', b: yes, c: ~, l: [1, 2.5, '{{ .Receiver }}'], '{{ .Status }}': k}`,
    ),
    'payload list': payload(`['{{ .Status }}', 1, {x: '{{ .GroupLabels | toJson }}'}]`),
    'payload text': payload(`'{{ . | toJson }}'`),
    'payload text, plain': payload(`'hello {{ .Status }}'`),
    'payload alerts': payload(
      `{alerts: '{{ .Alerts | toJson }}', firing: '{{ .Alerts.Firing | toJson }}', at: '{{ (index .Alerts 0).StartsAt }}'}`,
    ),
    'payload scalars': payload(
      `{a: '{{ "0x10" }}', b: '{{ "1_000" }}', c: '{{ "1.10" }}', d: '{{ "on" }}', e: '{{ "~" }}', f: '{{ "# c" }}', g: '{{ "- x" }}', h: '{{ "a: b" }}', i: '{{ "a #b" }}', j: '{{ "2026-01-02" }}', k: '{{ "12:30:45" }}', l: '{{ "a: b: c" }}', m: '{{ "1e3" }}', n: '{{ "0o17" }}', o: '{{ "017" }}', p: '{{ "+5" }}', q: '{{ "-.inf" }}'}`,
    ).replace(`, q: '{{ "-.inf" }}'`, ''),
    'payload scalars as written': payload(
      `{a: 0x10, b: 1_000, c: 1.10, d: on, e: ~, j: 2026-01-02, k: 12:30:45, m: 1e3, n: 0o17, o: 017, p: +5, q: 1.0, r: 123456789012345678901, 5: x, true: y, ~: z, s: !!str 5, t: "5", u: "yes"}`,
    ),
    'payload anchors': payload(`{a: &x {b: '{{ .Status }}'}, c: *x, d: {<<: *x, e: 1}}`),
    'payload infinite': [payload(`{a: '{{ ".inf" }}'}`), { story: 'failing' }],
    'payload not a number': [payload(`{a: '{{ ".nan" }}'}`), { story: 'failing' }],
    'payload fails': [payload(`{a: '{{ .Nope }}'}`), { story: 'failing' }],
    'payload does not parse': [payload(`{a: '{{ if }}'}`), { story: 'failing' }],
    'payload empty': payload('{}'),
    'payload null': payload('~'),
    'payload of numbers': payload('5'),
    'payload of html': payload(`{a: '<&> {{ .CommonAnnotations.summary }} {{ "\\u2028" }}'}`),
  }),
];
