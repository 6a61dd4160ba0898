import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { instant } from './instant.js';
import { Moment } from './moment.js';
import { parseMoment } from './parse-moment.js';

/** What was posted, how it reads in notifications, how it reads in the API. */
const ACCEPTED: [string, string, string][] = [
  ['2026-11-20T09:41:09.833Z', '2026-11-20T09:41:09.833Z', '2026-11-20T09:41:09.833Z'],
  ['2026-11-20T09:41:09Z', '2026-11-20T09:41:09Z', '2026-11-20T09:41:09.000Z'],
  ['2026-11-20T09:41:09.830Z', '2026-11-20T09:41:09.83Z', '2026-11-20T09:41:09.830Z'],
  ['2026-11-20T09:41:09.8339999Z', '2026-11-20T09:41:09.8339999Z', '2026-11-20T09:41:09.833Z'],
  ['2026-11-20T09:41:09.1234567891Z', '2026-11-20T09:41:09.123456789Z', '2026-11-20T09:41:09.123Z'],
  ['2026-11-20T09:41:09,5Z', '2026-11-20T09:41:09.5Z', '2026-11-20T09:41:09.500Z'],
  ['2026-11-20T11:41:09+02:00', '2026-11-20T11:41:09+02:00', '2026-11-20T11:41:09.000+02:00'],
  ['2026-11-20T11:41:09.123-0330', '2026-11-20T11:41:09.123-03:30', '2026-11-20T11:41:09.123-03:30'],
  ['2026-11-20T09:41:09+00:00', '2026-11-20T09:41:09Z', '2026-11-20T09:41:09.000Z'],
  ['2026-11-20T09:41:09', '2026-11-20T09:41:09Z', '2026-11-20T09:41:09.000Z'],
  ['2026-11-20T9:41:09Z', '2026-11-20T09:41:09Z', '2026-11-20T09:41:09.000Z'],
  ['2026-11-20T09:41Z', '2026-11-20T09:41:00Z', '2026-11-20T09:41:00.000Z'],
  ['2026-11-20T09:41', '2026-11-20T09:41:00Z', '2026-11-20T09:41:00.000Z'],
  ['2026-11-20 09:41:09', '2026-11-20T09:41:09Z', '2026-11-20T09:41:09.000Z'],
  ['2026-11-20', '2026-11-20T00:00:00Z', '2026-11-20T00:00:00.000Z'],
  ['2024-02-29', '2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ['0099-12-31', '0099-12-31T00:00:00Z', '0099-12-31T00:00:00.000Z'],
  ['', '1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z'],
];

const REFUSED: [string, string][] = [
  ['yesterday', 'parsing time "yesterday" as "2006-01-02": cannot parse "yesterday" as "2006"'],
  ['2026/11/20', 'parsing time "2026/11/20" as "2006-01-02": cannot parse "/11/20" as "-"'],
  ['2026-1-20', 'parsing time "2026-1-20" as "2006-01-02": cannot parse "1-20" as "01"'],
  ['2026-11-2', 'parsing time "2026-11-2" as "2006-01-02": cannot parse "2" as "02"'],
  ['2026-13-20', 'parsing time "2026-13-20": month out of range'],
  ['2026-02-29', 'parsing time "2026-02-29": day out of range'],
  ['2026-02-31T10:00:00.123Z', 'parsing time "2026-02-31T10:00:00.123Z": extra text: "T10:00:00.123Z"'],
  ['2026-11-20T24:00:00.001Z', 'parsing time "2026-11-20T24:00:00.001Z": extra text: "T24:00:00.001Z"'],
  ['2026-11-20T09:60:00Z', 'parsing time "2026-11-20T09:60:00Z": extra text: "T09:60:00Z"'],
  ['2026-11-20T09:41:09+0200', 'parsing time "2026-11-20T09:41:09+0200": extra text: "T09:41:09+0200"'],
  ['2026-11-20T09:41:09+25:00', 'parsing time "2026-11-20T09:41:09+25:00": extra text: "T09:41:09+25:00"'],
  ['2026-11-20T09:41:09z', 'parsing time "2026-11-20T09:41:09z": extra text: "T09:41:09z"'],
  ['2026-11-20 09:41:09Z', 'parsing time "2026-11-20 09:41:09Z": extra text: " 09:41:09Z"'],
  ['2026-11-20 09:41', 'parsing time "2026-11-20 09:41": extra text: " 09:41"'],
  [
    '2026-11-20é"\\\n',
    'parsing time "2026-11-20é\\"\\\\\\n": extra text: "é\\"\\\\\\n"'
      .replaceAll('é', '\\xc3\\xa9')
      .replaceAll('\\n', '\\x0a'),
  ],
];

describe('parseMoment', () => {
  it.each(ACCEPTED)('%j', (posted, text, apiText) => {
    const parsed = parseMoment(posted);
    const moment = parsed.ok ? parsed.value : undefined;
    expect([moment?.text, moment?.apiText]).toEqual([text, apiText]);
    // The date of the platform cuts at milliseconds.
    expect(Math.abs((moment?.at ?? 0) - Date.parse(text))).toBeLessThanOrEqual(1);
  });

  it.each(REFUSED)('%j is none', (posted, message) => {
    expect(parseMoment(posted)).toEqual({ ok: false, issues: [{ code: 'invalid-time', path: '', message }] });
  });

  it('knows the last days of all months, in leap years and others', () => {
    const days = [2023, 2024].flatMap((year) =>
      Array.from({ length: 12 * 31 }, (_, n) => [year, Math.floor(n / 31), (n % 31) + 1] as const),
    );
    for (const [year, month, day] of days) {
      const at = new Date(Date.UTC(year, month, day, 12, 34, 56, 789));
      const [mm, dd] = [month + 1, day].map((part) => String(part).padStart(2, '0'));
      const parsed = parseMoment(`${year}-${mm}-${dd}T12:34:56.789Z`);
      expect([mm, dd, parsed.ok && parsed.value.at]).toEqual([mm, dd, at.getUTCMonth() === month && at.getTime()]);
    }
  });

  it('knows the zero time, in any zone', () => {
    const times = ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z', '0001-01-01T01:00:00+01:00'].map(parseMoment);
    expect(times.map((parsed) => parsed.ok && parsed.value.isZero)).toEqual([true, true, true]);
  });

  it('keeps finer parts than milliseconds', () => {
    const parsed = parseMoment('2026-11-20T09:41:09.0005Z');
    expect(parsed.ok && parsed.value.at - Date.parse('2026-11-20T09:41:09Z')).toBe(0.5);
  });

  it('gives equal texts the same moment', () => {
    const [first, again] = [parseMoment('2026-11-20T09:41:09.833Z'), parseMoment('2026-11-20T09:41:09.833Z')];
    expect(first.ok && again.ok && first.value === again.value).toBe(true);
  });

  it('reads what it prints, at any time', () => {
    const time = fc.integer({ min: Date.parse('0001-01-01'), max: Date.parse('9999-12-31T23:59:59.999Z') });
    fc.assert(
      fc.property(time, (now) => {
        const moment = Moment.of(instant(now));
        for (const text of [moment.text, moment.apiText]) {
          const parsed = parseMoment(text);
          expect(parsed.ok && [parsed.value.at, parsed.value.text]).toEqual([now, moment.text]);
        }
      }),
    );
  });

  it('never throws', () => {
    const parts = fc.constantFrom(
      '2026',
      '-',
      '11',
      '20',
      'T',
      ':',
      '09',
      '.',
      '123',
      'Z',
      '+02:00',
      ' ',
      '\ud800',
      'é',
      '00',
    );
    fc.assert(fc.property(fc.array(parts, { maxLength: 14 }), (texts) => void parseMoment(texts.join(''))));
  });
});
