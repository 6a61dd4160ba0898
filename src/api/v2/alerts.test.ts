import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { type CallOptions, startApiServer } from '../../../test/support/api-server.js';
import { FakeEngine } from '../../../test/support/fake-engine.js';
import { EPOCH, VirtualClock } from '../../../test/support/virtual-clock.js';
import { MINUTE } from '../../domain/time/index.js';
import { silentLogger } from '../../platform/log.js';

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

const L = '"labels":{"alertname":"z"}';
const because = (reason: string): string => fault(400, `parsing alerts body from "" failed, because ${reason}`);
const ALERT_STRUCT =
  'struct { Annotations models.LabelSet "json:\\"annotations,omitempty\\""; EndsAt strfmt.DateTime "json:\\"endsAt,omitempty\\""; StartsAt strfmt.DateTime "json:\\"startsAt,omitempty\\"" }';

it('alerts are taken where there is no memory for WebAssembly', async () => {
  const there: unknown = Reflect.get(globalThis, 'WebAssembly');
  const warnings: unknown[] = [];
  class Unable {
    constructor() {
      throw new RangeError('no memory');
    }
  }
  Reflect.set(globalThis, 'WebAssembly', { Module: Unable, Instance: Unable });
  const own = new FakeEngine(() => clock.now());
  const log = { ...silentLogger, warn: (...words: unknown[]) => void warnings.push(words) };
  // In a mode of its own: who can read in the others is there already.
  const unable = await startApiServer({ engine: own, api: { log, matcherMode: 'classic' } }).finally(() =>
    Reflect.set(globalThis, 'WebAssembly', there),
  );
  expect(warnings).toEqual([['Alerts are read the slow way', { err: 'no memory' }]]);
  const { status } = await unable.call('POST /api/v2/alerts', { body: `[{${L}}]` });
  expect([status, own.posts.flat().map(({ labels }) => labels.get('alertname'))]).toEqual([200, ['z']]);
  await unable.close();
});

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

  it('shows to a filter what has changed since everything was shown', async () => {
    const summaries = async () =>
      ((await json('GET /api/v2/alerts?filter=team%3D~"x|y"')) as { annotations: { summary: string } }[]).map(
        ({ annotations }) => annotations.summary,
      );
    const post = (team: string, summary: string) =>
      postAlerts(JSON.stringify([{ labels: { alertname: 'a', team }, annotations: { summary } }]));
    await post('x', 'as it was');
    await post('y', 'before');
    await post('z', 'not asked for');
    await json('GET /api/v2/alerts');
    await post('y', 'after');
    expect((await summaries()).sort()).toEqual(['after', 'as it was']);
    engine.statusOf.set('a', { silencedBy: ['one'], inhibitedBy: [] });
    const states = (await json('GET /api/v2/alerts?filter=team%3Dx')) as { status: { state: string } }[];
    engine.statusOf.clear();
    expect(states.map(({ status }) => status.state)).toEqual(['suppressed']);
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
