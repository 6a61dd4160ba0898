import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { fingerprintOf } from '../../domain/labels/index.js';
import { ANNOTATIONS, ENDS_AT, GENERATOR_URL, LABELS, REPORT, ReportScan, STARTS_AT } from './report-scan.js';

const MEMBERS = new Set(['labels', 'annotations', 'startsAt', 'endsAt', 'generatorURL']);
const scan = new ReportScan();
const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');
const bodyOf = (...reports: object[]): Buffer => bytes(JSON.stringify(reports));
const labelled = (labels: object): Buffer => bodyOf({ labels });

/** The values of the first report's labels as they were found, and whether each was known. */
function lookUp(body: Buffer): { readonly values: string[]; readonly areKnown: boolean[] } {
  if (scan.scan(body) !== 1) throw new Error(`not one report: ${body.toString()}`);
  const found = scan.listOf(0, LABELS) as number;
  if (found < 0) scan.keepOrder(-1 - found, [...Array(scan.countOf(0, LABELS)).keys()]);
  scan.look(0, LABELS, found < 0 ? -1 - found : found);
  const places = [...Array(scan.countOf(0, LABELS)).keys()];
  return { values: places.map((i) => scan.valueAt(i)), areKnown: places.map((i) => scan.knownAt(i) >= 0) };
}

describe('a body', () => {
  it.each<[number, string]>([
    [1, '[{"labels":{"a":"b"}}]'],
    [1, '[{"labels":{"a":"b"}}]\n'],
    [2, '[{"labels":{"a":"b"}},{"annotations":{},"labels":{"a":"},{"}}]'],
    [1, '[{"endsAt":"","generatorURL":"","startsAt":"","labels":{"":""}}]'],
    [1, '[{"labels":{"a":"\\u00fc\\ud7ff\\n\\"\\\\\\/\\b\\f\\r\\t"}}]'],
    [0, ''],
    [0, '[]'],
    [0, '[{}]'],
    [0, '[{"labels":{}}]'],
    [0, '[{"labels":{"a":"b"}},]'],
    [0, '[{"labels":{"a":"b"}} ]'],
    [0, '[{"labels":{"a":"b"},"labels":{"a":"c"}}]'],
    [0, '[{"labels":{"a":"b"},"Labels":{"a":"c"}}]'],
    [0, '[{"labels":{"a":1}}]'],
    [0, '[{"labels":{"a":"b",}}]'],
    [0, '[{"labels":{"a":"b"}}'],
    [0, '[{"labels":{"a":"b"}}]]'],
    [0, '[{"labels":{"a":"\u0001"}}]'],
    [0, '[{"labels":{"a":"\\x"}}]'],
    [0, '[{"labels":{"a":"\\u12"}}]'],
    [0, '[{"labels":{"a":"\\u12g4"}}]'],
    [0, '[{"labels":{"a":"\\ud83d\\ude00"}}]'],
    [0, '[{"labels":{"a":"\\uDC00"}}]'],
    [0, '[{"labels":{"a":"b'],
    [0, '[{"labels":{"a":"b\\'],
  ])('has %i reports: %s', (count, body) => expect(scan.scan(bytes(body))).toBe(count));

  it('that is more than it has room for is none', () => {
    const report = JSON.stringify({ labels: { a: 'b' } });
    const times = (count: number, text: string): Buffer => bytes(`[${Array(count).fill(text).join()}]`);
    expect(scan.scan(times(4_096, report))).toBe(4_096);
    expect(scan.scan(times(4_097, report))).toBe(0);
    const wide = JSON.stringify({ labels: Object.fromEntries([...Array(1_024).keys()].map((n) => [`a${n}`, 'b'])) });
    expect(scan.scan(times(8, wide))).toBe(8);
    expect(scan.scan(times(9, wide))).toBe(0);
    const long = (size: number): Buffer => bytes(`[{"labels":{"a":"${'b'.repeat(size - 21)}"}}]`);
    expect([256 * 1_024, 256 * 1_024 + 1].map((size) => scan.scan(long(size)))).toEqual([1, 0]);
  });

  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('},{', '"', '\\', '12345678', 'é234567"', '1234567\u0000'),
  );
  const report = fc.record(
    { labels: fc.dictionary(text, text), annotations: fc.dictionary(text, text), startsAt: text, generatorURL: text },
    { requiredKeys: ['labels'] },
  );
  const damage = fc.array(fc.tuple(fc.nat(), fc.constantFrom(...'"\\{}[]:,u0 \n', '\xe9', '\xff', '')), {
    maxLength: 3,
  });

  it('that is taken is JSON, and its texts stand where they are said to be', () => {
    let taken = 0;
    const property = fc.property(fc.array(report, { minLength: 1, maxLength: 3 }), damage, (reports, changes) => {
      let written = bodyOf(...reports).toString('latin1');
      for (const [place, sign] of changes) {
        const at = place % written.length;
        written = written.slice(0, at) + sign + written.slice(at + 1);
      }
      const body = Buffer.from(written, 'latin1');
      const count = scan.scan(body);
      if (count === 0) return;
      taken++;
      const parsed = JSON.parse(body.toString('utf8')) as Record<string, unknown>[];
      expect(parsed).toHaveLength(count);
      parsed.forEach((one, n) => {
        const at = (part: typeof REPORT | typeof STARTS_AT | typeof ENDS_AT | typeof GENERATOR_URL): string =>
          body.toString('utf8', scan.startOf(n, part), scan.endOf(n, part));
        expect(JSON.parse(at(REPORT))).toEqual(one);
        expect(Object.keys(one).every((name) => MEMBERS.has(name))).toBe(true);
        if ('startsAt' in one) expect(JSON.parse(`"${at(STARTS_AT)}"`)).toBe(one['startsAt']);
        else expect(scan.endOf(n, STARTS_AT)).toBe(0);
        if ('generatorURL' in one) expect(scan.urlOf(n)).toBe(one['generatorURL']);
        for (const [pairs, member] of [
          [LABELS, 'labels'],
          [ANNOTATIONS, 'annotations'],
        ] as const)
          expect(new Set(scan.namesOf(n, pairs))).toEqual(new Set(Object.keys((one[member] as object) ?? {})));
      });
    });
    fc.assert(property, { numRuns: 1_500 });
    expect(taken).toBeGreaterThan(150);
  });
});

describe('the mark of a report', () => {
  const TIMES = { startsAt: '2026-11-20T12:00:00Z', endsAt: '2026-11-20T12:05:00Z' };
  const markOf = (report: object): number => (scan.scan(bodyOf(report)) === 1 ? scan.markOf(0) : NaN);
  const one = { labels: { a: 'b', c: 'd' }, annotations: { e: 'f' }, ...TIMES, generatorURL: '/x' };

  it('is the same whatever its times are', () => {
    expect(markOf({ ...one, startsAt: '2026-11-21T00:00:00.5+01:00', endsAt: '' })).toBe(markOf(one));
    expect(Number.isSafeInteger(markOf(one)) && markOf(one) > 0).toBe(true);
    expect(new ReportScan().scan(bodyOf(one))).toBe(1);
  });

  it.each<[string, object]>([
    ['a label', { ...one, labels: { a: 'b', c: 'e' } }],
    ['a name', { ...one, labels: { a: 'b', d: 'd' } }],
    ['an annotation', { ...one, annotations: { e: 'g' } }],
    ['no annotations', { ...one, annotations: {} }],
    ['the URL', { ...one, generatorURL: '/y' }],
    ['no end', { ...one, endsAt: undefined }],
    ['the other time', { labels: one.labels, annotations: one.annotations, endsAt: TIMES.endsAt, generatorURL: '/x' }],
    ['a label named as a time', { ...one, labels: { ...one.labels, startsAt: TIMES.startsAt } }],
  ])('is another one for another: %s', (_name, other) => expect(markOf(other)).not.toBe(markOf(one)));

  it('is no one else’s in another process', () => {
    const other = new ReportScan();
    other.scan(bodyOf(one));
    expect(other.markOf(0)).not.toBe(markOf(one));
  });
});

describe('texts', () => {
  it('are known from the second time on', () => {
    expect(lookUp(labelled({ a: 'a text of its own', b: 'ü' })).areKnown).toEqual([false, false]);
    expect(lookUp(labelled({ a: 'a text of its own', b: 'ü' }))).toEqual({
      values: ['a text of its own', 'ü'],
      areKnown: [true, true],
    });
  });

  it('are told apart by their length and by each of their bytes', () => {
    const base = 'abcdefghijklmnopq';
    const others = [...base].map((_, i) => `${base.slice(0, i)}_${base.slice(i + 1)}`);
    const all = [base, ...others, base.slice(1), base.slice(0, -1), `${base}\u0000`, ''];
    for (const value of all) lookUp(labelled({ a: value }));
    for (const value of all) expect(lookUp(labelled({ a: value })).values).toEqual([value]);
  });

  it('that are met again outlive those that are not, and long ones are never kept', () => {
    const long = 'x'.repeat(113);
    const wrong: number[] = [];
    const once: number[] = [];
    const often: number[] = [];
    for (let n = 0; n < 20_000; n++) {
      const { values, areKnown } = lookUp(labelled({ a: `once ${n}`, b: 'often', c: long }));
      if (values[0] !== `once ${n}` || values[1] !== 'often' || values[2] !== long || areKnown[2]) wrong.push(n);
      if (areKnown[0]) once.push(n);
      if (areKnown[1]) often.push(n);
    }
    expect([wrong, once]).toEqual([[], []]);
    expect(often.length).toBeGreaterThan(19_900);
  });
});

describe('lists of names', () => {
  const list = (names: readonly string[]): number | undefined => {
    expect(scan.scan(labelled(Object.fromEntries(names.map((name) => [name, 'v']))))).toBe(1);
    return scan.listOf(0, LABELS);
  };

  it('are known from the second time on, by all of their names in order', () => {
    const place = -1 - (list(['n1', 'n2']) as number);
    expect(place).toBeGreaterThanOrEqual(0);
    expect(list(['n1', 'n2'])).toBe(place);
    expect([list(['n2', 'n1']), list(['n1']), list(['n1n', '2'])].every((other) => (other as number) < 0)).toBe(true);
  });

  it('give way to others, oldest first', () => {
    const first = -1 - (list(['first']) as number);
    for (let n = 0; n < 63; n++) list([`other${n}`]);
    expect(list(['first'])).toBe(first);
    expect(list(['one too many'])).toBe(-1 - first);
    expect(list(['first'])).toBeLessThan(0);
  });

  it('are not kept when they are very long', () => {
    expect(list([...Array(65).keys()].map((n) => `n${n}`))).toBeUndefined();
    expect(list(['n'.repeat(1_000)])).toBeUndefined();
    expect(list(['n'.repeat(900)])).toBeLessThan(0);
  });
});

describe('the fingerprint', () => {
  it('is that of the label set, and of plain ASCII only', () => {
    const ascii = fc.string({ unit: 'grapheme-ascii', maxLength: 150 }).filter((text) => !/["\\]/.test(text));
    fc.assert(
      fc.property(
        fc.uniqueArray(ascii, { minLength: 1, maxLength: 8 }),
        fc.array(ascii, { minLength: 8, maxLength: 8 }),
        (names, values) => {
          const own = names.filter((name) => name !== '__proto__' && !/^\d+$/.test(name));
          fc.pre(own.length > 0);
          lookUp(labelled(Object.fromEntries(own.map((name, i) => [name, values[i]]))));
          expect(scan.fingerprint).toBe(fingerprintOf(own, values.slice(0, own.length)));
        },
      ),
    );
    for (const [name, value] of [
      ['a', 'ü'],
      ['ü', 'a'],
      ['a', '"'],
      ['"', 'a'],
    ] as const) {
      lookUp(labelled({ [name]: value }));
      expect(scan.fingerprint).toBeUndefined();
    }
  });
});

describe('the generatorURL', () => {
  it('is known when it is that of the report before', () => {
    const urls = ['/a', '/a', '/b', '/b', '/a', '', '', `/${'x'.repeat(4_096)}`, `/${'x'.repeat(4_096)}`];
    const own = new ReportScan();
    const known = urls.map((generatorURL) => {
      own.scan(bodyOf({ labels: { a: 'b' }, generatorURL }));
      expect(own.urlOf(0)).toBe(generatorURL);
      return own.hasLastURL(0);
    });
    expect(known).toEqual([false, true, false, true, false, false, true, false, false]);
  });
});
