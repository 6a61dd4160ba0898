/** Whatever comes over the wire or stands in a file: refused with a reason, and the router answers all the while. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Probe, startProbe } from '../support/probe.js';
import { exchange, getBytes, openMany, postBytes, statusOf } from '../support/raw-socket.js';
import { OURS, PROJECT, type Router, eventually, startRouter } from '../support/real-process.js';
import { type WebhookSink, openWebhookSink } from '../support/webhook-sink.js';

const ALERTS = '/api/v2/alerts';
const SILENCES = '/api/v2/silences';

let sink: WebhookSink;
let router: Router;
let probe: Probe;
let good: string;
/** Without a template of our own. */
let plain: string;

const config = (url: string, more = ''): string => `
route: {receiver: hook, group_by: [alertname], group_wait: 10ms, routes: [{receiver: odd, matchers: [odd="yes"]}]}
receivers:
  - {name: hook, webhook_configs: [{url: '${url}/hook'}]}
  - {name: odd, slack_configs: [{api_url: '${url}/odd', text: '{{ template "odd" . }}'}]}
templates: ['*.tmpl']
${more}`;

beforeAll(async () => {
  sink = await openWebhookSink();
  good = config(sink.url);
  plain = good.replace('{{ template "odd" . }}', 'x');
  router = await startRouter(OURS, { config: plain });
  probe = startProbe(router.url);
}, 30_000);

afterAll(async () => {
  await Promise.all([probe?.stop(), router?.stop(), sink?.close()]);
});

/** The names of the alerts that were notified. */
const told = (): unknown[] => sink.received.map(({ body }) => body.groupLabels?.['alertname']);

/** Asked for is a second; here other tests run beside, and what this is to find takes longer by far. */
const PATIENCE = 4_000;

afterEach(async () => {
  const { slowest, failed } = await probe.report();
  expect(failed).toBe(0);
  expect(slowest).toBeLessThan(PATIENCE);
});

const alertsOf = (count: number, labels: (n: number) => Record<string, string>): string =>
  JSON.stringify(Array.from({ length: count }, (_, n) => ({ labels: labels(n), endsAt: '2000-01-01T00:00:01Z' })));
const manyLabels = (count: number): string =>
  Array.from({ length: count }, (_, n) => `"l${n}":"${'v'.repeat(n % 7)}x"`).join(',');
const silence = (count: number, matcher: (n: number) => object): string =>
  JSON.stringify({
    matchers: Array.from({ length: count }, (_, n) => ({ isRegex: true, isEqual: true, ...matcher(n) })),
    startsAt: '2026-01-01T00:00:00Z',
    endsAt: '2099-01-01T00:00:00Z',
    createdBy: 'test',
    comment: 'test',
  });
const filter = (text: string): string => getBytes(`${ALERTS}?filter=${encodeURIComponent(text)}`);
const head = (lines: string, body = ''): string =>
  `POST ${ALERTS} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${lines}\r\n\r\n${body}`;

const BODIES: readonly (readonly [string, () => string | Buffer, number, string])[] = [
  ['a body that breaks off', () => postBytes(ALERTS, '[{"labels":'), 400, 'unexpected EOF'],
  ['bytes', () => postBytes(ALERTS, Buffer.from([0, 1, 2, 255])), 400, 'invalid character'],
  ['a NUL byte', () => postBytes(ALERTS, '[{"labels":{"a":"b\0"}}]'), 400, 'in string literal'],
  ['null in the list', () => postBytes(ALERTS, '[null]'), 422, '0 in body is required'],
  ['a number for a label', () => postBytes(ALERTS, '[{"labels":{"a":1}}]'), 400, 'cannot unmarshal number'],
  ['an object for the list', () => postBytes(ALERTS, '{}'), 400, 'cannot unmarshal object'],
  [
    'labels of no text',
    () => postBytes(ALERTS, '[{"labels":{"__proto__":{"a":"b"}}}]'),
    400,
    'cannot unmarshal object',
  ],
  ['lists in lists', () => postBytes(ALERTS, '['.repeat(1_000_000)), 400, 'exceeded max depth'],
  ['objects in objects', () => postBytes(ALERTS, `[${'{"a":'.repeat(300_000)}`), 400, 'exceeded max depth'],
  ['a text without an end', () => postBytes(ALERTS, `[{"labels":{"a":"${'x'.repeat(2e6)}`), 400, 'unexpected EOF'],
  [
    'a text of 20 MB',
    () => postBytes(ALERTS, `[{"labels":{"a":"${'x'.repeat(20e6)}"}}]`),
    400,
    'larger than the limit',
  ],
  ['300,000 labels', () => postBytes(ALERTS, `[{"labels":{${manyLabels(300_000)}}}]`), 400, 'larger than the limit'],
  ['300,000 alerts', () => postBytes(ALERTS, `[${'{"labels":{"a":"b"}},'.repeat(3e5)}{}]`), 413, 'more than the limit'],
  ['two million nulls', () => postBytes(ALERTS, `[${'null,'.repeat(2e6)}null]`), 413, 'more than the limit'],
  ['200 MB announced', () => head('Content-Length: 200000000'), 413, 'larger than the limit'],
  ['a silence of 10 MB', () => postBytes(SILENCES, `{"comment":"${'x'.repeat(10e6)}"}`), 413, 'larger than the limit'],
  [
    'a null matcher',
    () => postBytes(SILENCES, '{"comment":"","createdBy":"","endsAt":"2099-01-01T00:00:00Z","matchers":[null]}'),
    422,
    'matchers.0',
  ],
  [
    'states without number',
    () =>
      postBytes(
        SILENCES,
        silence(1, () => ({ name: 'a', value: '((a{1000}){1000}){1000}' })),
      ),
    400,
    'too large',
  ],
  [
    '40,000 expressions',
    () =>
      postBytes(
        SILENCES,
        silence(40_000, (n) => ({ name: `l${n}`, value: `.+a${n}.+(x|y)` })),
      ),
    400,
    'too large',
  ],
  [
    'parentheses',
    () =>
      postBytes(
        SILENCES,
        silence(1, () => ({ name: 'a', value: '('.repeat(20_000) })),
      ),
    400,
    'missing closing',
  ],
  ['a filter of states', () => filter('a=~"(x{1000}){1000}"'), 400, 'error parsing regexp'],
  [
    'filters of states',
    () => getBytes(`${ALERTS}?${Array(5_000).fill('filter=a%3D~%22x%7B1000%7Dy%3F%22').join('&')}`),
    400,
    'too large',
  ],
  ['a NUL filter', () => getBytes(`${ALERTS}?filter=%00`), 400, 'bad matcher format'],
  ['a query of 300 kB', () => filter(`a="${'x'.repeat(300_000)}"`), 431, ''],
  ['a header of 300 kB', () => `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'x'.repeat(300_000)}\r\n\r\n`, 431, ''],
  ['HTTP/2 without asking', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, ''],
  ['TLS on a plain port', () => Buffer.from('16030100c8010000c403030000', 'hex'), 400, ''],
  ['a chunk of no length', () => head('Transfer-Encoding: chunked', 'ZZ\r\n'), 400, ''],
  ['a chunk beyond numbers', () => head('Transfer-Encoding: chunked', 'FFFFFFFFFFFFFFFFF\r\n[]'), 400, ''],
  ['an extension of a chunk', () => head('Transfer-Encoding: chunked', `2;${'x'.repeat(1e6)}\r\n[]`), 400, ''],
  [
    'two ways to tell the length',
    () => head('Content-Length: 2\r\nTransfer-Encoding: chunked', '2\r\n[]\r\n0\r\n\r\n'),
    400,
    '',
  ],
  ['two lengths', () => head('Content-Length: 2\r\nContent-Length: 3', '[]'), 400, ''],
  ['less than no length', () => head('Content-Length: -2', '[]'), 400, ''],
  ['a tunnel', () => 'CONNECT somewhere:80 HTTP/1.1\r\nHost: x\r\n\r\n', 404, 'not found'],
];

describe('refused with a reason', () => {
  it.each(BODIES)('%s', async (_name, bytes, status, reason) => {
    const answer = await exchange(router.url, bytes(), 3_000);
    expect([statusOf(answer), answer]).toEqual([status, expect.stringContaining(reason)]);
  });
});

const LARGE: readonly (readonly [string, () => string | Buffer])[] = [
  ['keys of objects', () => postBytes(ALERTS, '[{"labels":{"__proto__":"x","constructor":"y"},"__proto__":1}]')],
  ['the same key twice', () => postBytes(ALERTS, '[{"labels":{"a":"1"},"labels":{"a":"2"}}]')],
  ['bytes that are not UTF-8', () => postBytes(ALERTS, Buffer.from('[{"labels":{"a":"\xff"}}]', 'latin1'))],
  ['half a character', () => postBytes(ALERTS, '[{"labels":{"a":"\\ud800"}}]')],
  ['ten thousand labels', () => postBytes(ALERTS, `[{"labels":{${manyLabels(10_000)}}}]`)],
  ['a value of a megabyte', () => postBytes(ALERTS, `[{"labels":{"a":"${'x'.repeat(1e6)}"}}]`)],
  [
    '300 alerts of a thousand labels',
    () =>
      postBytes(
        ALERTS,
        `[${Array.from({ length: 300 }, (_, n) => `{"labels":{"n":"${n}",${manyLabels(1_000)}}}`).join(',')}]`,
      ),
  ],
  [
    '50,000 alerts',
    () =>
      postBytes(
        ALERTS,
        alertsOf(50_000, (n) => ({ n: String(n) })),
      ),
  ],
  [
    'ten thousand matchers',
    () =>
      postBytes(
        SILENCES,
        silence(10_000, (n) => ({ name: `l${n}`, value: 'v', isRegex: false })),
      ),
  ],
  ['a filter that would go back and forth', () => filter('a=~"(x+x+)+y"')],
  ['states times a megabyte', () => filter(`a=~"${'x?'.repeat(20_000)}z"`)],
  [
    'ten thousand filters',
    () => getBytes(`${ALERTS}?${Array.from({ length: 10_000 }, (_, n) => `filter=a%3D%22${n}%22`).join('&')}`),
  ],
];

describe('taken without harm', () => {
  it.each(LARGE)('%s', async (_name, bytes) => {
    const answer = await exchange(router.url, bytes());
    expect([statusOf(answer), answer.slice(0, 500)]).toEqual([200, expect.anything()]);
  });
});

describe('connections', () => {
  it('has an answer for each of a thousand requests that came at once', async () => {
    const requests =
      `GET ${ALERTS}?filter=a%3D%22none%22 HTTP/1.1\r\nHost: x\r\n\r\n`.repeat(999) + getBytes('/metrics');
    const answers = await exchange(router.url, requests);
    expect(answers.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(1_000);
  });

  it.each([
    ['nothing', ''],
    ['half a request', 'GET / HT'],
    ['half a body', head('Content-Length: 100000', '[')],
  ])('bears a thousand that send %s', async (_name, bytes) => {
    const sockets = await openMany(router.url, 1_000, bytes);
    expect((await fetch(`${router.url}${ALERTS}?filter=a="none"`)).status).toBe(200);
    for (const socket of sockets) socket.destroy();
  });

  it('leaves sockets for notifications where the process may open few files', async () => {
    const few = await startRouter(['bash', '-c', 'ulimit -n 128; exec "$0" "$@"', ...OURS], { config: plain });
    try {
      const idle = await openMany(few.url, 300, '');
      const request = postBytes(ALERTS, '[{"labels":{"alertname":"AmongIdle"}}]');
      // The first one may be closed: those that are idle make room for the next.
      await eventually(async () => expect(statusOf(await exchange(few.url, request))).toBe(200));
      await eventually(async () => expect(told()).toContain('AmongIdle'));
      for (const socket of idle) socket.destroy();
    } finally {
      await few.stop();
    }
  });

  it('tells all of a body that is too large before it closes', async () => {
    const large = Buffer.alloc(9 * 1024 * 1024, ' ');
    const { status } = await fetch(`${router.url}${SILENCES}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: large,
    });
    expect(status).toBe(413);
  });
});

const nested = (times: number): string => Array.from({ length: times }, (_, n) => `b${n}: &b${n} [*a,*a]`).join('\n');
const FILES: readonly (readonly [string, () => string | Buffer, string])[] = [
  ['nothing', () => '', 'no route provided'],
  ['bytes', () => Buffer.from([0, 159, 146, 150]), 'control characters'],
  ['what is no UTF-8 either', () => Buffer.from('\ufeffroute: {}', 'utf16le'), 'control characters'],
  ['tags of programs', () => 'route: !!js/function "function(){}"', 'cannot unmarshal !!js/function'],
  ['keys of objects', () => `${good}\n__proto__: {a: b}`, 'field __proto__ not found'],
  ['the same key twice', () => `${good}\nroute: {}`, 'already set'],
  ['lists in lists', () => '['.repeat(100_000), 'exceeded max depth'],
  ['maps in maps', () => '{a: '.repeat(20_000), 'exceeded max depth'],
  ['an alias of itself', () => 'route: &r {receiver: x, routes: [*r]}\nreceivers: [{name: x}]', 'contains itself'],
  ['aliases of aliases', () => `a: &a [x]\n${nested(5_000)}`, 'field a not found'],
  [
    'routes by aliases',
    () =>
      `route: {receiver: x, routes: [&r0 {receiver: x}, ${Array.from({ length: 25 }, (_, n) => `&r${n + 1} {receiver: x, routes: [*r${n}, *r${n}, *r${n}]}`).join(', ')}]}\nreceivers: [{name: x}]`,
    'excessive aliasing',
  ],
  ['a megabyte of unknown keys', () => 'a: b\n'.repeat(200_000), 'field a not found'],
  ['more than the reader takes', () => '# x\n'.repeat(2_500_000), 'larger than'],
  ['expressions of states', () => good.replace('odd="yes"', '\'a=~"(x{1000}){1000}"\''), 'error parsing regexp'],
  ['a pattern for everything', () => good.replace('*.tmpl', join(PROJECT, 'node_modules/*/*/*')), 'finds more than'],
  ['a device for a template', () => good.replace('*.tmpl', '/dev/zero'), 'not a regular file'],
];

describe('a configuration that cannot be', () => {
  it.each(FILES)(
    '%s',
    async (_name, text, reason) => {
      writeFileSync(join(router.directory, 'alertmanager.yml'), text());
      const answer = await router.reload();
      expect([answer.status, await answer.text()]).toEqual([500, expect.stringContaining(reason)]);
    },
    20_000,
  );

  it('leaves what ran before', async () => {
    const metrics = await (await fetch(`${router.url}/metrics`)).text();
    expect(metrics).toContain('alertmanager_config_last_reload_successful 0\n');
    await exchange(router.url, postBytes(ALERTS, '[{"labels":{"alertname":"Still"}}]'));
    await eventually(async () => expect(told()).toContain('Still'));
  });
});

/** Each wants more work, text or time than there is; what it costs is counted in many ways. */
const HOSTILE: readonly [name: string, text: string][] = [
  ['forks', '{{ define "r" }}{{ template "r" . }}{{ template "r" . }}{{ end }}{{ template "r" . }}'],
  ['writes ten gigabytes', '{{ range 100000000 }}'.concat('a'.repeat(100), '{{ end }}')],
  ['ranges in ranges', '{{ range 10000 }}{{ range 10000 }}{{ range 10000 }}{{ end }}{{ end }}{{ end }}'],
  ['pads', '{{ range 100000 }}{{ printf "%999999d" 1 }}{{ end }}'],
  ['doubles', '{{ $x := "aaaaaaaa" }}{{ range 100 }}{{ $x = print $x $x }}{{ end }}{{ $x }}'],
  ['compiles expressions', '{{ range $i := 1000000 }}{{ match (printf "(x%d[a-z]{1,50}){1,10}" $i) "a" }}{{ end }}'],
  [
    'cuts',
    '{{ $x := "ä" }}{{ range 21 }}{{ $x = print $x $x }}{{ end }}{{ range 9999 }}{{ $y := slice $x 1 }}{{ end }}',
  ],
  ['escapes', `{{ $x := "'" }}{{ range 20 }}{{ $x = print $x $x }}{{ end }}{{ range 99 }}{{ $x = js $x }}{{ end }}`],
  ['encodes', '{{ $x := "a" }}{{ range 200 }}{{ $x = base64encode $x }}{{ end }}'],
  ['repeats a list', '{{ $l := list 1 }}{{ range 100000 }}{{ $l = append $l $l }}{{ end }}{{ $l }}'],
  ['changes zones', '{{ range $i := 1000000 }}{{ $y := now.AddDate $i 0 0 | tz "America/New_York" }}{{ end }}'],
  ['prints all', '{{ range 1000000 }}{{ $y := printf "%#v %v" . $ }}{{ end }}'],
];

describe('a receiver with a hostile template', () => {
  it.each(HOSTILE)('that %s ends when it is tried, and soon', async (_name, text) => {
    const hook = `{name: hostile, msteamsv2_configs: [{webhook_url: '${sink.url}/odd', text: ${JSON.stringify(text)}}]}`;
    const chat = `{name: chat, telegram_configs: [{bot_token: a, chat_id: 5, message: ${JSON.stringify(text)}}]}`;
    router.writeConfig(good.replace('receivers:', `receivers:\n  - ${hook}\n  - ${chat}`));
    expect((await router.reload()).status).toBe(200);
    for (const name of ['hostile', 'chat']) {
      const begin = performance.now();
      const answer = await fetch(`${router.url}/api/ext/v1/receivers/${name}/test`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ dryRun: true }),
      });
      expect(await answer.text()).toMatch(/exceed|too many steps|too long/);
      expect(performance.now() - begin).toBeLessThan(PATIENCE);
    }
  });
});

describe('a template that never ends', () => {
  it.each([
    ['calls itself', '{{define "odd"}}{{template "odd" .}}{{end}}'],
    ['calls itself twice', '{{define "odd"}}{{template "odd" .}}{{template "odd" .}}{{end}}'],
    ['grows', `{{define "odd"}}{{$s := "xx"}}${'{{$s = printf "%s%s" $s $s}}'.repeat(40)}{{$s}}{{end}}`],
    ['writes on', `{{define "odd"}}${'{{printf "%900000d" 1}}'.repeat(1_000)}{{end}}`],
  ])('%s', async (name, text) => {
    writeFileSync(join(router.directory, 'odd.tmpl'), text);
    router.writeConfig(good);
    expect((await router.reload()).status).toBe(200);
    await exchange(router.url, postBytes(ALERTS, JSON.stringify([{ labels: { alertname: name, odd: 'yes' } }])));
    await exchange(router.url, postBytes(ALERTS, JSON.stringify([{ labels: { alertname: `after ${name}` } }])));
    await eventually(async () => {
      const metrics = await (await fetch(`${router.url}/metrics`)).text();
      expect(metrics).toMatch(/alertmanager_notifications_failed_total\{integration="slack"[^}]*\} [1-9]/);
      expect(told()).toContain(`after ${name}`);
    });
    expect(sink.received.filter(({ path }) => path === '/odd')).toEqual([]);
  });
});
