import { describe, expect, it } from '@jest/globals';
import { MINUTE, SECOND, ZERO_INSTANT, between, instant, minus, plus } from './instant.js';
import { Moment, formatApiTime, formatRfc3339 } from './moment.js';

const at = (text: string) => instant(Date.parse(text));

describe('printing times', () => {
  it.each([
    ['2026-11-20T09:41:09.833Z', '2026-11-20T09:41:09.833Z', '2026-11-20T09:41:09.833Z'],
    ['2026-11-20T09:41:10.500Z', '2026-11-20T09:41:10.5Z', '2026-11-20T09:41:10.500Z'],
    ['2026-11-20T09:41:00.000Z', '2026-11-20T09:41:00Z', '2026-11-20T09:41:00.000Z'],
    ['1969-12-31T23:59:59.999Z', '1969-12-31T23:59:59.999Z', '1969-12-31T23:59:59.999Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
  ])('%s', (text, short, long) => {
    expect([formatRfc3339(at(text)), formatApiTime(at(text)), Moment.of(at(text)).apiText]).toEqual([
      short,
      long,
      long,
    ]);
  });

  it('prints microseconds where there are some, and cuts them in the API', () => {
    const moment = Moment.of(instant(Date.parse('2026-11-20T09:41:09.833Z') + 0.25));
    expect([moment.text, moment.apiText]).toEqual(['2026-11-20T09:41:09.83325Z', '2026-11-20T09:41:09.833Z']);
  });

  it.each([
    ['2026-11-20T11:41:09+02:00', '2026-11-20T11:41:09.000+02:00'],
    ['2026-11-20T11:41:09.5-03:30', '2026-11-20T11:41:09.500-03:30'],
    ['2026-11-20T11:41:09.999999Z', '2026-11-20T11:41:09.999Z'],
  ])('keeps the zone of %s', (text, apiText) => {
    expect(new Moment(at(text), text).apiText).toBe(apiText);
  });

  it('has one zero', () => {
    expect(Moment.of(ZERO_INSTANT)).toBe(Moment.ZERO);
    expect([Moment.ZERO.isZero, Moment.of(instant(0)).isZero]).toEqual([true, false]);
  });
});

describe('instants', () => {
  it('add and subtract', () => {
    const now = at('2026-11-20T09:41:09Z');
    expect([plus(now, MINUTE), minus(now, SECOND)].map(formatRfc3339)).toEqual([
      '2026-11-20T09:42:09Z',
      '2026-11-20T09:41:08Z',
    ]);
    expect(between(now, plus(now, MINUTE))).toBe(60_000);
  });
});
