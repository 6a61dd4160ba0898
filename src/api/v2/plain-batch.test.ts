import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type Alert, type PostedAlert, completeAlert, validateAlert } from '../../domain/alert/index.js';
import { duration, instant } from '../../domain/time/index.js';
import { AlertReader } from './alert-body.js';
import { PlainBatches } from './plain-batch.js';

/** What the engine would know after these posts. */
class Known {
  readonly #byMark = new Map<number, Alert>();
  reported = (mark: number): Alert | undefined => this.#byMark.get(mark);

  keep(alerts: readonly PostedAlert[], marks: readonly number[]): number {
    let recognised = 0;
    alerts.forEach((alert, i) => {
      const mark = marks[i] as number;
      if (this.#byMark.has(mark)) recognised++;
      if (mark !== 0) this.#byMark.set(mark, completeAlert(alert, duration(1), instant(0)));
    });
    return recognised;
  }
}

const read = (body: string): readonly PostedAlert[] => {
  const reader = new AlertReader();
  reader.read(JSON.parse(body) as unknown[]);
  expect(reader.fault).toBeUndefined();
  return reader.alerts;
};
const shown = (alerts: readonly PostedAlert[]): unknown =>
  alerts.map(({ labels, annotations, startsAt, endsAt, generatorURL }) => ({
    labels: [...labels.entries()],
    fingerprint: labels.fingerprint,
    annotations: [...annotations.entries()],
    times: [startsAt?.text, endsAt?.text],
    generatorURL,
  }));

const TIME = '2026-11-20T12:00:00.123Z';
const alert = (more: object = {}): object => ({
  labels: { alertname: 'Down', instance: 'a' },
  annotations: { summary: 'it is down', runbook: 'x' },
  startsAt: TIME,
  endsAt: '2026-11-20T12:05:00Z',
  generatorURL: 'http://prometheus:9090/graph?g0.expr=up+%3D%3D+0',
  ...more,
});

describe('a batch as Prometheus writes it', () => {
  const batches = (known = new Known()): PlainBatches => new PlainBatches('utf8', known);

  it.each<[string, string]>([
    ['one alert', JSON.stringify([alert()])],
    ['several', JSON.stringify([alert(), alert({ labels: { a: 'b' } }), alert({ annotations: {} })])],
    ['a newline behind', `${JSON.stringify([alert()])}\n`],
    ['no times', JSON.stringify([{ labels: { a: 'b' } }])],
    ['what looks like a separator in a text', JSON.stringify([alert({ labels: { a: 'x},{' } })])],
    ['a label named as a time', JSON.stringify([alert({ labels: { endsAt: TIME, startsAt: TIME } })])],
    ['escaped signs', JSON.stringify([alert({ labels: { a: 'ü\u0000"\\\n☃' } })]).replace('ü', '\\u00fc')],
  ])('is read as any other: %s', (_name, body) => {
    const batch = batches().read(Buffer.from(body));
    // What cannot be read here is left to the other reader: never another answer.
    if (batch) expect(shown(batch.alerts)).toEqual(shown(read(body)));
    else expect(_name).toMatch(/separator/);
  });

  it.each<[string, string]>([
    ['blanks', JSON.stringify([alert()], null, 1)],
    ['nothing', ''],
    ['an empty list', '[]'],
    ['an object', '{}'],
    ['no JSON', '[{"a}]'],
    ['a list in it', '[[{"labels":{"a":"b"}}]]'],
    ['more behind it', `${JSON.stringify([alert()])} x`],
    ['a number for a label', '[{"labels":{"a":1}}]'],
    ['null for labels', '[{"labels":null}]'],
    ['an empty value', '[{"labels":{"a":"","b":"c"}}]'],
    ['an empty name', '[{"labels":{"":"c"}}]'],
    ['no labels', '[{"annotations":{"a":"b"}}]'],
    ['other members', '[{"labels":{"a":"b"},"Labels":{"a":"c"}}]'],
    ['no time', '[{"labels":{"a":"b"},"startsAt":"soon"}]'],
    ['no URL', '[{"labels":{"a":"b"},"generatorURL":"not a url"}]'],
    ['half a surrogate pair', '[{"labels":{"a":"\\ud800"}}]'],
    ['something wrong at the end', '[{"labels":{"a":"b"}},{"labels":{}}]'],
  ])('is nothing else: %s', (_name, body) => {
    expect(batches().read(Buffer.from(body))).toBeUndefined();
  });

  it('is read as any other also where its bytes are no UTF-8', () => {
    const body = Buffer.from('[{"labels":{"a\xff":"b\xff\xc3","c":"\xc3\xbc"},"annotations":{"d":"\xff"}}]', 'latin1');
    const reader = batches();
    for (let time = 0; time < 2; time++)
      expect(shown(reader.read(body)?.alerts ?? [])).toEqual(shown(read(body.toString('utf8'))));
  });

  it.each<[string, object]>([
    [
      'more names than a list may have',
      { labels: Object.fromEntries([...Array(65).keys()].map((n) => [`n${n}`, 'v'])) },
    ],
    ['a very long name', { annotations: { ['n'.repeat(1_000)]: 'v' } }],
    ['more reports than there is room for', {}],
  ])('is left to the other reader with %s', (name, more) => {
    const count = name.startsWith('more reports') ? 4_097 : 1;
    const reports = Array(count).fill(count > 1 ? { labels: { a: 'b' } } : alert(more));
    expect(batches().read(Buffer.from(JSON.stringify(reports)))).toBeUndefined();
  });

  it('says for each alert what its sender wrote', () => {
    const written = [alert(), alert({ labels: { b: 'ü' } })];
    const batch = batches().read(Buffer.from(JSON.stringify(written)));
    const places = [0, 1].map((i) => batch?.placeOf(i));
    const texts = places.map((place) => batch?.bytes.toString('utf8', place?.start, place?.end) ?? '');
    expect(texts.map((text) => JSON.parse(text) as unknown)).toEqual(written);
  });

  it('is recognised when only the times are others', () => {
    const known = new Known();
    const reader = batches(known);
    const at = (endsAt: string): Buffer =>
      Buffer.from(JSON.stringify([alert({ endsAt }), alert({ labels: { b: 'c' }, endsAt })]));
    const first = reader.read(at('2026-11-20T12:05:00Z'));
    known.keep(first?.alerts ?? [], first?.marks ?? []);
    const second = reader.read(at('2026-11-20T12:06:00.5+01:00'));
    expect(second?.marks).toEqual(first?.marks);
    expect(second?.alerts.map(({ endsAt }) => endsAt?.text)).toEqual(Array(2).fill('2026-11-20T12:06:00.5+01:00'));
    // The very objects, so that nothing is kept twice.
    expect(second?.alerts[0]?.labels).toBe(known.reported(second?.marks[0] as number)?.labels);
    expect(reader.read(at('later'))).toBeUndefined();
  });

  it.each<[string, object, object]>([
    ['a label', { labels: { a: '1' } }, { labels: { a: '2' } }],
    ['a label named as a time', { labels: { endsAt: TIME } }, { labels: { endsAt: '2026-11-20T12:00:00.124Z' } }],
    [
      'the same without the real one',
      { labels: { endsAt: 'x' }, endsAt: undefined },
      { labels: { endsAt: 'y' }, endsAt: undefined },
    ],
    ['an annotation', { annotations: { a: '1' } }, { annotations: { a: '2' } }],
    ['the URL', { generatorURL: '/1' }, { generatorURL: '/2' }],
    ['a start and no end', { endsAt: undefined }, { startsAt: undefined, endsAt: TIME }],
  ])('is not taken for one that says something else: %s', (_name, one, other) => {
    const known = new Known();
    const reader = batches(known);
    const first = reader.read(Buffer.from(JSON.stringify([alert(one)])));
    known.keep(first?.alerts ?? [], first?.marks ?? []);
    const body = JSON.stringify([alert(other)]);
    expect(shown(reader.read(Buffer.from(body))?.alerts ?? [])).toEqual(shown(read(body)));
  });

  it('never says anything else than the other reader, at first sight and later', () => {
    const name = fc.constantFrom('alertname', 'startsAt', 'endsAt', 'a', 'ü', '__proto__', '"startsAt":"', '1');
    const text = fc.oneof(
      fc.constantFrom(TIME, '},{', '},{"', '"endsAt":"', '\\', '\\ud800'),
      fc.string({ unit: 'grapheme' }),
    );
    const labels = fc.dictionary(name, text, { minKeys: 1, maxKeys: 4 });
    const time = fc.option(fc.constantFrom(TIME, '2026-11-20T12:05:00Z', '2026-11-20T14:05:00.5+02:00'), {
      nil: undefined,
    });
    const one = fc.record({
      labels,
      annotations: labels,
      generatorURL: fc.constantFrom('', '/x'),
      startsAt: time,
      endsAt: time,
    });
    const two = fc.tuple(
      fc.array(one, { minLength: 1, maxLength: 4 }),
      fc.array(fc.tuple(time, time), { minLength: 4, maxLength: 4 }),
    );
    let recognised = 0;
    // One for all, so that it knows more and more.
    const known = new Known();
    const reader = batches(known);
    fc.assert(
      fc.property(two, ([alerts, times]) => {
        const again = alerts.map((report, i) => ({ ...report, startsAt: times[i]?.[0], endsAt: times[i]?.[1] }));
        for (const reports of [alerts, again, alerts]) {
          const body = JSON.stringify(reports);
          const batch = reader.read(Buffer.from(body));
          if (!batch) continue;
          expect(shown(batch.alerts)).toEqual(shown(read(body)));
          const areValid = batch.alerts.every((posted) => {
            const labelled = { ...posted, startsAt: undefined, endsAt: undefined };
            return validateAlert(completeAlert(labelled, duration(1), instant(0)), 'utf8').ok;
          });
          expect(areValid).toBe(true);
          recognised += known.keep(batch.alerts, batch.marks);
        }
      }),
      { numRuns: 1_000 },
    );
    expect(recognised).toBeGreaterThan(100);
  });
});
