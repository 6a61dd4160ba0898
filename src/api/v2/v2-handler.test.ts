import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { type CallOptions, startApiServer } from '../../../test/support/api-server.js';
import { FakeEngine } from '../../../test/support/fake-engine.js';
import { EPOCH, VirtualClock } from '../../../test/support/virtual-clock.js';
import { failed } from '../../domain/issue/index.js';
import { createMatcher } from '../../domain/matcher/index.js';
import { HOUR, MINUTE, minus, plus } from '../../domain/time/index.js';

const clock = new VirtualClock();
let server: Awaited<ReturnType<typeof startApiServer>>;
let engine: FakeEngine;

beforeAll(async () => {
  engine = new FakeEngine(() => clock.now(), {
    default: {},
    x: { owner: 'platform' },
    y: { owner: 'apps' },
  });
  server = await startApiServer({ engine, server: { clock }, api: { maxBodyBytes: 1_000_000 } });
});
afterAll(() => server.close());
beforeEach(() => engine.clear());

const call = (text: string, more?: CallOptions) => server.call(text, more);
const postAlerts = (body: string | Buffer) => call('POST /api/v2/alerts', { body });
const json = async (text: string): Promise<unknown> => JSON.parse((await call(text)).text);
const query = (values: Readonly<Record<string, string>>): string => new URLSearchParams(values).toString();
const fault = (code: number, message: string): string => JSON.stringify({ code, message });

describe('routing', () => {
  it.each([
    ['GET /api/v2/nope', 404, fault(404, 'path /api/v2/nope was not found')],
    ['GET /api/v2/', 404, fault(404, 'path /api/v2/ was not found')],
    ['GET /api/v2/silence/', 404, fault(404, 'path /api/v2/silence/ was not found')],
    ['GET /api/v2/silence/a/b', 404, fault(404, 'path /api/v2/silence/a/b was not found')],
    ['GET /api/v2/%61lerts', 404, fault(404, 'path /api/v2/%61lerts was not found')],
    ['GET /api/v2/swagger.json', 404, fault(404, 'path /api/v2/swagger.json was not found')],
    ['PUT /api/v2/alerts', 405, fault(405, 'method PUT is not allowed, but [GET,POST] are')],
    ['OPTIONS /api/v2/status', 405, fault(405, 'method OPTIONS is not allowed, but [GET] are')],
    ['HEAD /api/v2/alerts', 405, ''],
    ['GET /api/v2/alerts/', 200, '[]\n'],
    ['GET /api/v2/silence/%zz', 400, '400 Bad Request'],
    ['GET /api/v2/silence/abc', 422, fault(601, 'silenceID in path must be of type uuid: "abc"')],
    ['DELETE /api/v2/silence/a%22b', 422, fault(601, 'silenceID in path must be of type uuid: "a\\"b"')],
    ['GET /api/v2/silence/a6464e6e-5119-46e2-8005-ae3691448ea3', 404, ''],
    ['GET /api/v2/silence/A6464E6E511946E28005AE3691448EA3', 404, ''],
    ['GET /api/v2/silence/urn:uuid:a6464e6e-5119-46e2-8005-ae3691448ea3', 404, ''],
    ['DELETE /api/v2/silence/a6464e6e-5119-46e2-8005-ae3691448ea3', 404, ''],
  ])('%s → %d', async (text, status, body) => {
    expect(await call(text)).toMatchObject({ status, text: body });
  });

  it.each(['GET /api/v2/alerts', 'GET /api/v2/nope', 'PUT /api/v2/alerts'])('%s is not to be stored', async (text) => {
    const { headers } = await call(text);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', vary: 'Origin', 'content-type': 'application/json' });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('tells the methods', async () => {
    expect((await call('PUT /api/v2/silences')).headers['allow']).toBe('GET,POST');
  });
});

describe('CORS', () => {
  it.each(['GET', 'POST', 'OPTIONS'])('opens %s to other origins', async (method) => {
    const { headers } = await call(`${method} /api/v2/alerts`, { headers: { origin: 'http://a' } });
    expect(headers['access-control-allow-origin']).toBe('*');
  });

  it('does not open DELETE', async () => {
    const { headers } = await call('DELETE /api/v2/silence/x', { headers: { origin: 'http://a' } });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  const asked = (method: string, headers?: string) => ({
    origin: 'http://a',
    'access-control-request-method': method,
    ...(headers === undefined ? {} : { 'access-control-request-headers': headers }),
  });
  it.each([
    ['a read', asked('GET'), 'GET', undefined],
    ['a post of JSON', asked('POST', 'content-type'), 'POST', 'content-type'],
    [
      'all headers in order',
      asked('GET', 'accept,content-type,x-requested-with'),
      'GET',
      'accept,content-type,x-requested-with',
    ],
    ['DELETE', asked('DELETE'), undefined, undefined],
    ['another header', asked('GET', 'authorization'), undefined, undefined],
    ['headers out of order', asked('GET', 'content-type,accept'), undefined, undefined],
    ['no origin', { 'access-control-request-method': 'GET' }, undefined, undefined],
  ])('answers the question for %s', async (_name, headers, method, allowedHeaders) => {
    const answered = await call('OPTIONS /api/v2/silences', { headers });
    expect(answered).toMatchObject({ status: 204, text: '' });
    expect(answered.headers['vary']).toBe('Origin, Access-Control-Request-Method, Access-Control-Request-Headers');
    expect(answered.headers['cache-control']).toBeUndefined();
    expect(answered.headers['access-control-allow-methods']).toBe(method);
    expect(answered.headers['access-control-allow-headers']).toBe(allowedHeaders);
    expect(answered.headers['access-control-allow-origin']).toBe(method && '*');
  });
});

describe('negotiation', () => {
  const notAcceptable = fault(406, 'unsupported media type requested, only [application/json] are available');
  it.each([
    ['application/json', 200],
    ['*/*', 200],
    ['application/*', 200],
    ['APPLICATION/JSON', 200],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 200],
    ['application/json;q=0.5', 200],
    ['application/json;version=1', 200],
    ['application/json,*/*;q=0', 200],
    ['text/html', 406],
    ['application/json;q=0', 406],
    ['*/*;q=0', 406],
    ['text/*', 406],
    ['application/vnd.api+json', 406],
  ])('Accept: %s → %d', async (accept, status) => {
    const answered = await call('GET /api/v2/alerts', { headers: { accept } });
    expect(answered.status).toBe(status);
    expect(answered.text).toBe(status === 200 ? '[]\n' : notAcceptable);
  });

  it.each([
    ['application/json', 200, ''],
    ['application/json; charset=utf-8', 200, ''],
    ['APPLICATION/JSON;', 200, ''],
    ['text/plain', 415, fault(415, 'unsupported media type "text/plain", only [application/json] are allowed')],
    [
      'json',
      400,
      fault(400, 'parsing Content-Type header from "json" failed, because mediatype: malformed: "json" has no subtype'),
    ],
    [
      'a b',
      400,
      fault(400, 'parsing Content-Type header from "a b" failed, because mime: expected slash after first token'),
    ],
    [
      'application/json; charset',
      400,
      fault(
        400,
        'parsing Content-Type header from "application/json; charset" failed, because mime: invalid media parameter',
      ),
    ],
  ])('Content-Type: %s → %d', async (type, status, text) => {
    const answered = await call('POST /api/v2/alerts', { body: '[]', headers: { 'content-type': type } });
    expect(answered).toMatchObject({ status, text });
  });

  it('takes a missing content type for bytes', async () => {
    const answered = await call('POST /api/v2/alerts', { body: '[]', headers: { 'content-type': '' } });
    expect(answered.text).toBe(
      fault(415, 'unsupported media type "application/octet-stream", only [application/json] are allowed'),
    );
  });

  it('does not ask what the sender of JSON accepts', async () => {
    expect(await call('POST /api/v2/alerts', { body: '[]', headers: { accept: 'text/html' } })).toMatchObject({
      status: 200,
    });
  });

  it('looks at the route first, then at the type, then at the body', async () => {
    const headers = { 'content-type': 'text/plain' };
    expect((await call('POST /api/v2/nope', { body: 'x', headers })).status).toBe(404);
    expect((await call('POST /api/v2/status', { body: 'x', headers })).status).toBe(405);
    expect((await call('POST /api/v2/alerts', { body: 'x', headers })).status).toBe(415);
  });
});

const L = '"labels":{"alertname":"z"}';
const because = (reason: string): string => fault(400, `parsing alerts body from "" failed, because ${reason}`);
const ALERT_STRUCT =
  'struct { Annotations models.LabelSet "json:\\"annotations,omitempty\\""; EndsAt strfmt.DateTime "json:\\"endsAt,omitempty\\""; StartsAt strfmt.DateTime "json:\\"startsAt,omitempty\\"" }';

describe('bodies of alerts', () => {
  it.each([
    ['', 422, fault(602, 'alerts in body is required')],
    [' ', 422, fault(602, 'alerts in body is required')],
    ['null', 200, ''],
    ['[]', 200, ''],
    ['[] x', 200, ''],
    ['{}', 400, because('json: cannot unmarshal object into Go value of type models.PostableAlerts')],
    ['true', 400, because('json: cannot unmarshal bool into Go value of type models.PostableAlerts')],
    ['[3]', 400, because(`json: cannot unmarshal number into Go value of type ${ALERT_STRUCT}`)],
    ['[null]', 422, fault(602, '0 in body is required')],
    ['[{}]', 422, fault(602, '0.labels in body is required')],
    ['[{"labels":null}]', 422, fault(602, '0.labels in body is required')],
    ['[{"labels":{"a":"b"}},{}]', 422, fault(602, '1.labels in body is required')],
    [
      '[{"labels":[]}]',
      400,
      because('json: cannot unmarshal array into Go struct field Alert.labels of type models.LabelSet'),
    ],
    [
      '[{"labels":{"a":1}}]',
      400,
      because('json: cannot unmarshal number into Go struct field Alert.labels of type string'),
    ],
    [
      `[{${L},"annotations":3}]`,
      400,
      because('json: cannot unmarshal number into Go struct field .annotations of type models.LabelSet'),
    ],
    [
      `[{${L},"startsAt":{}}]`,
      400,
      because('json: cannot unmarshal object into Go struct field .startsAt of type string'),
    ],
    [
      `[{${L},"startsAt":"yesterday"}]`,
      400,
      because('parsing time "yesterday" as "2006-01-02": cannot parse "yesterday" as "2006"'),
    ],
    [
      `[{${L},"generatorURL":3}]`,
      400,
      because('json: cannot unmarshal number into Go struct field Alert.generatorURL of type string'),
    ],
    [`[{${L},"generatorURL":"not a url"}]`, 422, fault(601, '0.generatorURL in body must be of type uri: "not a url"')],
    [
      '[{},{"labels":3}]',
      400,
      because('json: cannot unmarshal number into Go struct field Alert.labels of type models.LabelSet'),
    ],
    [
      '[{"labels":4,"annotations":3}]',
      400,
      because('json: cannot unmarshal number into Go struct field .annotations of type models.LabelSet'),
    ],
    [
      '[{"Labels":3}]',
      400,
      because('json: cannot unmarshal number into Go struct field Alert.labels of type models.LabelSet'),
    ],
    [
      '[{"label\u017f":3}]',
      400,
      because('json: cannot unmarshal number into Go struct field Alert.labels of type models.LabelSet'),
    ],
    ['[{"labels":{}}]', 400, '"at least one label pair required"\n'],
    ['[{"labels":{"a":null}}]', 400, '"at least one label pair required"\n'],
    ['[{"labels":{"":"x"}}]', 400, '"invalid label set: invalid name \\"\\""\n'],
    [
      `[{${L},"startsAt":"2026-01-01T10:00:00Z","endsAt":"2026-01-01T09:00:00Z"}]`,
      400,
      '"start time must be before end time"\n',
    ],
    [
      '[{"labels":{"a":""}},{"labels":{"":"x"}}]',
      400,
      '"at least one label pair required\\ninvalid label set: invalid name \\"\\""\n',
    ],
    ['[', 400, because('unexpected EOF')],
    ['[x]', 400, because("invalid character 'x' looking for beginning of value")],
    ['[1 2]', 400, because("invalid character '2' after array element")],
    ['{"a" 1}', 400, because("invalid character '1' after object key")],
    ['\ufeff[]', 400, because("invalid character 'ï' looking for beginning of value")],
    [`${'['.repeat(10_001)}${']'.repeat(10_001)}`, 400, because("invalid character '[' exceeded max depth")],
  ])('%#: %.60s → %d', async (body, status, text) => {
    expect(await postAlerts(body)).toMatchObject({ status, text });
  });

  it('refuses what is too large', async () => {
    const answered = await postAlerts(`[${' '.repeat(1_000_000)}]`);
    expect(answered).toMatchObject({
      status: 413,
      text: fault(413, 'request body is larger than the limit of 1000000 bytes'),
    });
  });

  it('says so when storing failed', async () => {
    engine.failure = new Error('disk full');
    expect(await postAlerts(`[{${L}}]`)).toMatchObject({ status: 500, text: '"disk full"\n' });
  });
});

describe('posted alerts', () => {
  const posted = () => engine.posts.flat();

  it('are completed', async () => {
    await postAlerts(`[{${L}}]`);
    expect(posted()).toMatchObject([
      {
        startsAt: { at: EPOCH },
        endsAt: { at: EPOCH + 5 * MINUTE },
        updatedAt: EPOCH,
        timeout: true,
        generatorURL: '',
      },
    ]);
  });

  it('may be spelled in any case, the last of two counts, what is unknown does not', async () => {
    await postAlerts('[{"LABELS":{"a":"1"},"GeneratorUrl":"/x","generatorurl":"/y","more":{"deep":[[[1]]]}}]garbage');
    expect(posted().map(({ labels, generatorURL }) => [labels.toObject(), generatorURL])).toEqual([
      [Object.assign(Object.create(null), { a: '1' }), '/y'],
    ]);
  });

  it('keep what looks like a prototype as a label', async () => {
    await postAlerts('[{"labels":{"__proto__":"x","constructor":"y"}}]');
    expect(posted().map(({ labels }) => [...labels.entries()])).toEqual([
      [
        ['__proto__', 'x'],
        ['constructor', 'y'],
      ],
    ]);
    expect((await call('GET /api/v2/alerts')).text).toContain('"labels":{"__proto__":"x","constructor":"y"}');
  });

  it('lose bytes that are no text', async () => {
    await postAlerts(Buffer.from('[{"labels":{"a":"x\xffy","b":"\\ud800","c":"\\u0000"}}]', 'latin1'));
    expect(posted().map(({ labels }) => labels.values)).toEqual([['x\ufffdy', '\ufffd', '\0']]);
  });

  it('are stored though others of the batch are not, and counted', async () => {
    const before = await server.metrics.expose('text');
    const answered = await postAlerts(`[{"labels":{}},{${L}},{${L},"endsAt":"2020-01-01T00:00:00Z"}]`);
    expect(answered).toMatchObject({ status: 400, text: '"at least one label pair required"\n' });
    expect(posted()).toHaveLength(2);
    const after = await server.metrics.expose('text');
    const grown = (series: string): number => valueOf(after, series) - valueOf(before, series);
    expect(grown('alertmanager_alerts_received_total{status="firing",version="v2"}')).toBe(2);
    expect(grown('alertmanager_alerts_received_total{status="resolved",version="v2"}')).toBe(1);
    expect(grown('alertmanager_alerts_invalid_total{version="v2"}')).toBe(1);
  });

  it('come through in large bodies, piece by piece', async () => {
    const text = 'x'.repeat(1_000);
    const alerts = Array.from({ length: 900 }, (_unused, i) => ({ labels: { i: String(i) }, annotations: { text } }));
    expect(await postAlerts(` ${JSON.stringify(alerts)} trailing`)).toMatchObject({ status: 200 });
    expect(posted().map(({ labels }) => labels.get('i'))).toEqual(alerts.map(({ labels }) => labels.i));
    expect(await postAlerts(JSON.stringify([...alerts, 3]))).toMatchObject({ status: 400 });
    expect(posted()).toHaveLength(900);
  });
});

const valueOf = (text: string, series: string): number =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.slice(series.length + 1),
  );

describe('GET alerts', () => {
  const push = (...labels: Readonly<Record<string, string>>[]) =>
    postAlerts(JSON.stringify(labels.map((set) => ({ labels: set }))));
  const names = async (values: Readonly<Record<string, string>>) =>
    ((await json(`GET /api/v2/alerts?${query(values)}`)) as { labels: { alertname: string } }[])
      .map(({ labels }) => labels.alertname)
      .sort();

  it('shows every member', async () => {
    engine.statusOf.set('z', { silencedBy: ['s1'], inhibitedBy: ['f1', 'f2'] });
    await postAlerts(
      '[{"labels":{"alertname":"z","team":"x+x"},"annotations":{"b":"<&>\\u2028","a":""},"startsAt":"2026-01-01T10:00:00.123456+02:00","generatorURL":"http://x/?a&b"}]',
    );
    expect((await call('GET /api/v2/alerts')).text).toBe(
      `[{"annotations":{"a":"","b":"\\u003c\\u0026\\u003e\\u2028"},"endsAt":"2026-01-01T12:05:00.000Z","fingerprint":"f6bf7d5a1f24a4b5","receivers":[{"name":"x"},{"name":"x"}],"startsAt":"2026-01-01T10:00:00.123+02:00","status":{"inhibitedBy":["f1","f2"],"mutedBy":[],"silencedBy":["s1"],"state":"suppressed"},"updatedAt":"2026-01-01T12:00:00.000Z","generatorURL":"http://x/?a\\u0026b","labels":{"alertname":"z","team":"x+x"}}]\n`.replace(
        'f6bf7d5a1f24a4b5',
        engine.posts[0]?.[0]?.labels.fingerprint as string,
      ),
    );
  });

  it('is ordered by fingerprint and leaves out what is over', async () => {
    await push({ alertname: 'a' }, { alertname: 'b' }, { alertname: 'c' });
    await postAlerts(`[{${L},"endsAt":"2020-01-01T00:00:00Z"}]`);
    const fingerprints = ((await json('GET /api/v2/alerts')) as { fingerprint: string }[]).map((a) => a.fingerprint);
    expect(fingerprints).toHaveLength(3);
    expect([...fingerprints].sort()).toEqual(fingerprints);
  });

  it.each([
    [{}, ['active', 'both', 'inhibited', 'silenced']],
    [{ active: 'false' }, ['both', 'inhibited', 'silenced']],
    [{ active: 'foo' }, ['both', 'inhibited', 'silenced']],
    [{ active: '' }, ['active', 'both', 'inhibited', 'silenced']],
    [{ silenced: 'false' }, ['active', 'inhibited']],
    [{ silenced: 'NO', inhibited: '0' }, ['active']],
    [{ silenced: 'Yes', inhibited: 'f' }, ['active', 'silenced']],
    [{ unprocessed: 'false' }, ['active', 'both', 'inhibited', 'silenced']],
  ])('by state %j', async (values, expected) => {
    engine.statusOf.set('silenced', { silencedBy: ['s'], inhibitedBy: [] });
    engine.statusOf.set('inhibited', { silencedBy: [], inhibitedBy: ['i'] });
    engine.statusOf.set('both', { silencedBy: ['s'], inhibitedBy: ['i'] });
    await push({ alertname: 'active' }, { alertname: 'silenced' }, { alertname: 'inhibited' }, { alertname: 'both' });
    expect(await names(values)).toEqual(expected);
  });

  it.each([
    ['foo=bar', ['with']],
    ['foo="bar"', ['with']],
    ['foo!=bar', ['without']],
    ['foo=~"b.."', ['with']],
    ['foo!~"b.."', ['without']],
    ['foo=""', ['without']],
    ['foo!=""', ['with']],
    ['foo=~""', ['without']],
    ['foo!~""', ['with']],
    ['foo=~"bar|"', ['with', 'without']],
    ['baz!="qux"', ['with', 'without']],
    ['baz!~".*"', []],
  ])('by filter %s', async (filter, expected) => {
    await push({ alertname: 'with', foo: 'bar' }, { alertname: 'without' });
    expect(await names({ filter })).toEqual(expected);
  });

  it.each([
    [{ receiver: 'x' }, ['tx', 'txy']],
    [{ receiver: 'x|y' }, ['tx', 'txy', 'ty']],
    [{ receiver: '' }, ['none', 'tx', 'txy', 'ty']],
    [{ receiver_matchers: 'owner="platform"' }, ['tx', 'txy']],
    [{ receiver_matchers: 'owner=~"platform|apps"' }, ['tx', 'txy', 'ty']],
    [{ receiver_matchers: 'owner!=""' }, ['tx', 'txy', 'ty']],
    [{ receiver: 'x', receiver_matchers: 'owner="apps"' }, ['txy']],
  ])('by receiver %j', async (values, expected) => {
    await push(
      { alertname: 'none' },
      { alertname: 'tx', team: 'x' },
      { alertname: 'ty', team: 'y' },
      { alertname: 'txy', team: 'x+y' },
    );
    expect(await names(values)).toEqual(expected);
  });

  it.each([
    ['filter=', '"bad matcher format: "\n'],
    ['filter=%7Ba%3Db%7D', '"unexpected open or close brace: {a=b}"\n'],
    ['filter=a%3D~%28', '"error parsing regexp: missing closing ): `^(?:()$`"\n'],
    ['receiver=%28', '"failed to parse receiver param: error parsing regexp: missing closing ): `^(?:()$`"\n'],
    ['receiver_matchers=a', '"failed to parse receiver_matchers param: bad matcher format: a"\n'],
  ])('refuses %s', async (text, message) => {
    expect(await call(`GET /api/v2/alerts?${text}`)).toMatchObject({ status: 400, text: message });
    expect(await call(`GET /api/v2/alerts/groups?${text}`)).toMatchObject({ status: 400, text: message });
  });

  it('writes long lists in pieces that fit together', async () => {
    const sets = Array.from({ length: 3_000 }, (_unused, i) => ({ alertname: `n${i}`, text: 'y'.repeat(100) }));
    await push(...sets);
    expect(await names({})).toEqual(sets.map((set) => set.alertname).sort());
  });
});

describe('GET groups', () => {
  const groups = async (values: Readonly<Record<string, string>> = {}) =>
    (await json(`GET /api/v2/alerts/groups?${query(values)}`)) as {
      labels: Record<string, string>;
      receiver: { name: string };
      alerts: { receivers: { name: string }[]; status: { state: string; mutedBy: string[] } }[];
    }[];
  const push = () =>
    postAlerts(
      JSON.stringify([
        { labels: { team: 'y+x', alertname: 'b' } },
        { labels: { team: 'x', alertname: 'a' } },
        { labels: { team: 'x' } },
      ]),
    );

  it('is ordered by labels, then by receiver', async () => {
    await push();
    expect((await groups()).map(({ labels, receiver }) => [labels['alertname'], receiver.name])).toEqual([
      [undefined, 'x'],
      ['a', 'x'],
      ['b', 'x'],
      ['b', 'y'],
    ]);
  });

  it('names the receivers that were asked for', async () => {
    await push();
    const receivers = (all: Awaited<ReturnType<typeof groups>>) =>
      all
        .filter(({ labels }) => labels['alertname'] === 'b')
        .map(({ alerts }) => alerts[0]?.receivers.map((r) => r.name));
    expect(receivers(await groups())).toEqual([
      ['x', 'y'],
      ['x', 'y'],
    ]);
    expect(receivers(await groups({ receiver: 'y' }))).toEqual([['y']]);
    expect(receivers(await groups({ receiver_matchers: 'owner="platform"' }))).toEqual([['x']]);
  });

  it('tells what mutes a group, and leaves it out on demand', async () => {
    engine.mutedBy.set('a', ['nights']);
    await push();
    const [muted] = (await groups()).filter(({ labels }) => labels['alertname'] === 'a');
    expect(muted?.alerts[0]?.status).toMatchObject({ state: 'suppressed', mutedBy: ['nights'] });
    expect((await groups({ muted: 'false' })).map(({ labels }) => labels['alertname'])).toEqual([undefined, 'b', 'b']);
    expect((await groups({ active: 'false' })).map(({ labels }) => labels['alertname'])).toEqual([]);
  });
});

const SILENCE = {
  matchers: [{ name: 'a', value: 'b', isRegex: false }],
  startsAt: '2026-01-01T12:00:00Z',
  endsAt: '2026-01-01T13:00:00Z',
  createdBy: 'me',
  comment: 'c',
};
const postSilence = (change: object | string) =>
  call('POST /api/v2/silences', {
    body: typeof change === 'string' ? change : JSON.stringify({ ...SILENCE, ...change }),
  });
const withMatcher = (matcher: object) => ({ matchers: [matcher] });
const becauseSilence = (reason: string) => fault(400, `parsing silence body from "" failed, because ${reason}`);
const required = (path: string) => fault(602, `${path} in body is required`);

describe('bodies of silences', () => {
  it.each<[string, object | string, number, string]>([
    ['nothing', '', 422, required('silence')],
    ['null', 'null', 422, required('comment')],
    [
      'a list',
      '[]',
      400,
      becauseSilence(
        'json: cannot unmarshal array into Go value of type struct { ID string "json:\\"id,omitempty\\"" }',
      ),
    ],
    ['broken', '{', 400, becauseSilence('unexpected EOF')],
    ['no comment', { comment: undefined, createdBy: undefined }, 422, required('comment')],
    ['no author', { createdBy: null, endsAt: undefined }, 422, required('createdBy')],
    ['no end', { endsAt: undefined, matchers: undefined }, 422, required('endsAt')],
    ['no matchers', { matchers: undefined, startsAt: undefined }, 422, required('matchers')],
    ['no start', { startsAt: null }, 422, required('startsAt')],
    ['an empty list of matchers', { matchers: [] }, 422, fault(612, 'matchers in body should have at least 1 items')],
    ['null among matchers', { matchers: [null] }, 422, required('matchers.0')],
    ['a matcher without isRegex', withMatcher({}), 422, required('matchers.0.isRegex')],
    ['a matcher without name', withMatcher({ isRegex: true }), 422, required('matchers.0.name')],
    ['a matcher without value', withMatcher({ isRegex: true, name: 'a' }), 422, required('matchers.0.value')],
    [
      'a number for a comment',
      { comment: 3 },
      400,
      becauseSilence('json: cannot unmarshal number into Go struct field Silence.comment of type string'),
    ],
    [
      'an object for an id',
      { id: {}, comment: 3 },
      400,
      becauseSilence('json: cannot unmarshal object into Go struct field .id of type string'),
    ],
    [
      'text for a flag',
      withMatcher({ name: 'a', value: 'b', isRegex: 'x' }),
      400,
      becauseSilence('json: cannot unmarshal string into Go struct field Matcher.matchers.isRegex of type bool'),
    ],
    [
      'a bad time',
      { startsAt: 'x' },
      400,
      becauseSilence('parsing time "x" as "2006-01-02": cannot parse "x" as "2006"'),
    ],
    [
      'an end before the start',
      { endsAt: SILENCE.startsAt },
      400,
      '"Failed to create silence: start time must be before end time"\n',
    ],
    [
      'an end in the past',
      { startsAt: '', endsAt: '2020-01-01T00:00:00Z' },
      400,
      '"Failed to create silence: end time can\'t be in the past"\n',
    ],
    [
      'a bad expression',
      withMatcher({ name: 'a', value: '(', isRegex: true }),
      400,
      '"invalid silence: invalid label matcher 0 in set 0: invalid regular expression \\"(\\": error parsing regexp: missing closing ): `(`"\n',
    ],
    [
      'no name',
      withMatcher({ name: '', value: 'x', isRegex: false }),
      400,
      '"invalid silence: invalid label matcher 0 in set 0: invalid label name \\"\\""\n',
    ],
    [
      'only empty values',
      withMatcher({ name: 'a', value: '', isRegex: false }),
      400,
      '"invalid silence: matcher set 0: at least one matcher must not match the empty string"\n',
    ],
    ['an unknown id', { id: 'nope' }, 404, '"silence not found"\n'],
  ])('%s', async (_name, change, status, text) => {
    expect(await postSilence(change)).toMatchObject({ status, text });
  });

  it('passes on what the engine refuses', async () => {
    engine.refusal = failed({
      code: 'limit-exceeded',
      path: '',
      message: 'exceeded maximum number of silences: 1 (limit: 1)',
    });
    expect(await postSilence({})).toMatchObject({
      status: 400,
      text: '"exceeded maximum number of silences: 1 (limit: 1)"\n',
    });
  });
});

describe('silences', () => {
  const ID = '00000000-0000-4000-8000-000000000001';

  it('are made, read, expired', async () => {
    const made = await postSilence({ ANNOTATIONS: { ticket: '42', __proto__x: '' }, comment: '"q"' });
    expect(made).toMatchObject({ status: 200, text: `{"silenceID":"${ID}"}\n` });
    const shown = `{"id":"${ID}","status":{"state":"active"},"updatedAt":"2026-01-01T12:00:00.000Z","annotations":{"__proto__x":"","ticket":"42"},"comment":"\\"q\\"","createdBy":"me","endsAt":"2026-01-01T13:00:00.000Z","matchers":[{"isEqual":true,"isRegex":false,"name":"a","value":"b"}],"startsAt":"2026-01-01T12:00:00.000Z"}`;
    expect((await call(`GET /api/v2/silence/${ID}`)).text).toBe(`${shown}\n`);
    expect((await call('GET /api/v2/silences')).text).toBe(`[${shown}]\n`);
    expect(await call(`DELETE /api/v2/silence/${ID}`)).toMatchObject({ status: 200, text: '' });
    expect(await call(`DELETE /api/v2/silence/${ID}`)).toMatchObject({ status: 200, text: '' });
    expect(await json(`GET /api/v2/silence/${ID}`)).toMatchObject({ status: { state: 'expired' } });
  });

  it('take a zero start for now', async () => {
    await postSilence({ startsAt: '0001-01-01T00:00:00Z', annotations: {} });
    expect(await json(`GET /api/v2/silence/${ID}`)).toMatchObject({ startsAt: '2026-01-01T12:00:00.000Z' });
    expect((await call(`GET /api/v2/silence/${ID}`)).text).not.toContain('annotations');
  });

  const matcher = (operator: '=' | '!=' | '=~' | '!~', name: string, value: string) => {
    const created = createMatcher(operator, name, value);
    if (!created.ok) throw new Error('bad matcher');
    return created.value;
  };
  const keep = (id: string, start: number, end: number, sets = [[matcher('=', 'a', 'b'), matcher('!~', 'c', 'd')]]) =>
    engine.keepSilence({
      id,
      matcherSets: sets,
      startsAt: plus(EPOCH, (start * HOUR) as typeof HOUR),
      endsAt: plus(EPOCH, (end * HOUR) as typeof HOUR),
      updatedAt: minus(EPOCH, HOUR),
      createdBy: '',
      comment: '',
      annotations: {},
    });
  const ids = async (text = '') =>
    ((await json(`GET /api/v2/silences${text}`)) as { id: string }[]).map(({ id }) => id);

  it('are listed active, pending, expired', async () => {
    keep('e1', -5, -2);
    keep('e2', -5, -1);
    keep('e3', -5, 0);
    keep('p2', 3, 5);
    keep('p1', 2, 9);
    keep('a2', -1, 3);
    keep('a1', -1, 2);
    expect(await ids()).toEqual(['a1', 'a2', 'p1', 'p2', 'e3', 'e2', 'e1']);
    expect(await ids('?active=false')).toEqual(['p1', 'p2', 'e3', 'e2', 'e1']);
    expect(await ids('?pending=no&expired=0')).toEqual(['a1', 'a2']);
    expect(await ids('?active=0&pending=0&expired=0')).toEqual([]);
  });

  it.each([
    ['a=b', true],
    ['c!~d', true],
    ['a=b&filter=c!~d', true],
    ['a=~b', false],
    ['a=c', false],
    ['a=b&filter=c=d', false],
  ])('are filtered by the text of their matchers: %s', async (filter, found) => {
    keep('s', -1, 1);
    expect(await ids(`?filter=${filter.replaceAll('~', '%7E')}`)).toEqual(found ? ['s'] : []);
  });

  it('with several sets cannot be shown', async () => {
    keep('two', -1, 1, [[matcher('=', 'a', 'b')], [matcher('=', 'c', 'd')]]);
    const text = `"silence 'two' has multiple matcher sets which is not supported by this API version"\n`;
    expect(await call('GET /api/v2/silences')).toMatchObject({ status: 500, text });
  });
});

describe('status and receivers', () => {
  it('tells what runs', async () => {
    expect((await call('GET /api/v2/status')).text).toBe(
      '{"cluster":{"peers":[],"status":"disabled"},"config":{"original":"route:\\n  receiver: default\\n"},"uptime":"2026-01-01T12:00:00.000Z","versionInfo":{"branch":"br","buildDate":"today","buildUser":"me","goVersion":"node","revision":"rev","version":"9.9.9"}}\n',
    );
  });

  it.each([
    [
      '',
      '[{"labels":{"name":"default"},"name":"default"},{"labels":{"name":"x","owner":"platform"},"name":"x"},{"labels":{"name":"y","owner":"apps"},"name":"y"}]\n',
    ],
    [
      '?receiver_matchers=owner%3Dapps&receiver_matchers=name%3Dy',
      '[{"labels":{"name":"y","owner":"apps"},"name":"y"}]\n',
    ],
    ['?receiver_matchers=owner%3Dapps&receiver_matchers=name%3Dx', '[]\n'],
    ['?receiver_matchers=owner%3D%22%22', '[{"labels":{"name":"default"},"name":"default"}]\n'],
  ])('lists receivers%s', async (text, expected) => {
    expect((await call(`GET /api/v2/receivers${text}`)).text).toBe(expected);
  });

  it('refuses a bad filter', async () => {
    expect(await call('GET /api/v2/receivers?receiver_matchers=a')).toMatchObject({
      status: 400,
      text: '"failed to parse receiver_matchers param: bad matcher format: a"\n',
    });
  });
});
