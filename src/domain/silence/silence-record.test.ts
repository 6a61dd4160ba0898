import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { anyText } from '../../../test/support/any-text.js';
import { createMatcher } from '../matcher/index.js';
import { instant } from '../time/index.js';
import type { Silence } from './silence.js';
import { silenceFromRecord, silenceToJson } from './silence-record.js';

const RECORD = {
  id: '31a05b82-f715-4680-a35b-5111ae344330',
  matcherSets: [
    [
      ['foo', '=', 'bar'],
      ['a', '!~', 'b|c'],
    ],
    [['größe', '!=', '']],
  ],
  startsAt: 1_795_167_669_000,
  endsAt: 1_795_171_269_000.25,
  updatedAt: 1_795_167_669_001,
  createdBy: 'me',
  comment: 'because',
  annotations: ['ticket', '42', '__proto__', 'x'],
};

/** What can be compared: functions cannot. */
const plain = (silence: Silence): unknown => JSON.parse(JSON.stringify(silence));

describe('the record of a silence', () => {
  it('has this form', () => {
    const silence = silenceFromRecord(RECORD);
    expect(silence.ok && silenceToJson(silence.value)).toBe(JSON.stringify(RECORD));
  });

  it('survives JSON', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), anyText());
    const time = fc.integer({ min: 0, max: 4e12 }).map(instant);
    const matcher = fc.record({
      name: fc.string({ minLength: 1 }),
      operator: fc.constantFrom('=' as const, '!=' as const),
      value: text,
    });
    const silences = fc.record({
      id: fc.uuid(),
      matcherSets: fc.array(fc.array(matcher, { minLength: 1 }), { minLength: 1 }),
      startsAt: time,
      endsAt: time,
      updatedAt: time,
      createdBy: text,
      comment: text,
      annotations: fc.dictionary(text, text),
    });
    fc.assert(
      fc.property(silences, ({ matcherSets, ...rest }) => {
        const compiled = matcherSets.map((set) =>
          set
            .map(({ name, operator, value }) => createMatcher(operator, name, value))
            .flatMap((made) => (made.ok ? [made.value] : [])),
        );
        const silence: Silence = { ...rest, matcherSets: compiled };
        const back = silenceFromRecord(JSON.parse(silenceToJson(silence)));
        expect(back.ok && plain(back.value)).toEqual(plain(silence));
      }),
    );
  });

  it('reads without what only people read', () => {
    const { createdBy, comment, annotations, ...rest } = RECORD;
    expect([createdBy, comment, annotations].length).toBe(3);
    expect(silenceFromRecord(rest)).toMatchObject({ ok: true, value: { createdBy: '', comment: '', annotations: {} } });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'silence'],
    ['a list', []],
    ['no id', { ...RECORD, id: undefined }],
    ['an empty id', { ...RECORD, id: '' }],
    ['no start', { ...RECORD, startsAt: null }],
    ['an end that is a text', { ...RECORD, endsAt: '2026-11-20' }],
    ['a time beyond all dates', { ...RECORD, updatedAt: 1e16 }],
    ['no sets', { ...RECORD, matcherSets: [] }],
    ['an empty set, which would mute everything', { ...RECORD, matcherSets: [[]] }],
    ['a matcher that is cut short', { ...RECORD, matcherSets: [[['foo', '=']]] }],
    ['an unknown operator', { ...RECORD, matcherSets: [[['foo', '==', 'x']]] }],
    ['a matcher without name', { ...RECORD, matcherSets: [[['', '=', 'x']]] }],
    [
      'one good matcher and a bad expression',
      {
        ...RECORD,
        matcherSets: [
          [
            ['foo', '=', 'x'],
            ['a', '=~', '('],
          ],
        ],
      },
    ],
  ])('refuses %s', (_, record) => {
    expect(silenceFromRecord(record)).toMatchObject({
      ok: false,
      issues: [{ code: 'invalid-silence', message: expect.stringMatching(/^damaged silence record: /) }],
    });
  });
});
