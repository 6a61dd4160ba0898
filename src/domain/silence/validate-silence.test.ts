import { describe, expect, it } from '@jest/globals';
import { HOUR, ZERO_INSTANT, instant, minus, plus } from '../time/index.js';
import { type MatcherInput, type SilenceInput, validateSilence } from './validate-silence.js';

const NOW = instant(1_795_167_669_000);
const LATER = plus(NOW, HOUR);
const foo: MatcherInput = { name: 'foo', operator: '=', value: 'bar' };

const input = (fields: Partial<SilenceInput> = {}): SilenceInput => ({
  id: '',
  matcherSets: [[foo]],
  startsAt: NOW,
  endsAt: LATER,
  createdBy: 'me',
  comment: 'c',
  annotations: {},
  ...fields,
});

const matching = (...matchers: MatcherInput[]): SilenceInput => input({ matcherSets: [matchers] });

const REFUSED: [string, SilenceInput, string][] = [
  ['start at end', input({ startsAt: LATER }), 'Failed to create silence: start time must be before end time'],
  [
    'end in the past',
    input({ startsAt: minus(NOW, HOUR), endsAt: instant(NOW - 1) }),
    "Failed to create silence: end time can't be in the past",
  ],
  [
    'times before matchers',
    input({ startsAt: LATER, matcherSets: [] }),
    'Failed to create silence: start time must be before end time',
  ],
  ['no set', input({ matcherSets: [] }), 'invalid silence: at least one matcher set required'],
  ['an empty set', input({ matcherSets: [[foo], []] }), 'invalid silence: matcher set 1 is empty'],
  [
    'no name',
    matching({ ...foo, name: '' }),
    'invalid silence: invalid label matcher 0 in set 0: invalid label name ""',
  ],
  [
    'a value without UTF-8 form',
    matching(foo, { ...foo, value: 'x\ud800' }),
    'invalid silence: invalid label matcher 1 in set 0: invalid label value "x\ufffd"',
  ],
  [
    'a bad expression',
    matching({ ...foo, operator: '=~', value: '(' }),
    'invalid silence: invalid label matcher 0 in set 0: invalid regular expression "(": error parsing regexp: missing closing ): `(`',
  ],
  [
    'an expression that only anchors make whole',
    matching({ ...foo, operator: '!~', value: 'a)|(b' }),
    'invalid silence: invalid label matcher 0 in set 0: invalid regular expression "a)|(b": error parsing regexp: unexpected ): `a)|(b`',
  ],
  [
    'more expressions than anyone has',
    matching(
      ...Array.from({ length: 40_000 }, (_, n) => ({ name: `l${n}`, operator: '=~' as const, value: '.+(x|y)z' })),
    ),
    'invalid silence: regular expressions too large: 320000 states in all matchers (limit: 262144)',
  ],
  [
    'only the empty value',
    matching({ ...foo, value: '' }),
    'invalid silence: matcher set 0: at least one matcher must not match the empty string',
  ],
  [
    'expressions that accept the empty value',
    matching({ ...foo, operator: '=~', value: '.*' }, { name: 'bar', operator: '=~', value: 'x|' }),
    'invalid silence: matcher set 0: at least one matcher must not match the empty string',
  ],
];

describe('validateSilence', () => {
  it.each(REFUSED)('refuses %s', (_, posted, message) => {
    expect(validateSilence(posted, 'fallback', NOW)).toEqual({
      ok: false,
      issues: [{ code: 'invalid-silence', path: '', message }],
    });
  });

  it.each<[string, SilenceInput]>([
    ['an end that is now', input({ startsAt: minus(NOW, HOUR), endsAt: NOW })],
    ['a negative matcher alone', matching({ ...foo, operator: '!=' })],
    ['a negative expression alone', matching({ ...foo, operator: '!~', value: '.*' })],
    ['one that is not empty among others', matching({ ...foo, value: '' }, { ...foo, name: 'bar' })],
    ['a name that only UTF-8 modes take', matching({ ...foo, name: 'größe 🙂' })],
    ['two sets', input({ matcherSets: [[foo], [{ ...foo, operator: '=~', value: 'x|y' }]] })],
  ])('takes %s', (_, posted) => {
    expect(validateSilence(posted, 'fallback', NOW)).toMatchObject({ ok: true, value: posted });
  });

  it('is stricter about names in classic mode', () => {
    expect(validateSilence(matching({ ...foo, name: 'a-b' }), 'classic', NOW)).toMatchObject({
      issues: [{ message: 'invalid silence: invalid label matcher 0 in set 0: invalid label name "a-b"' }],
    });
  });

  it('starts now when no start is set', () => {
    const validated = validateSilence(input({ startsAt: ZERO_INSTANT }), 'utf8', NOW);
    expect(validated.ok && validated.value.startsAt).toBe(NOW);
  });

  it('compiles the matchers', () => {
    const validated = validateSilence(matching({ ...foo, operator: '=~', value: 'b.r' }), 'utf8', NOW);
    expect(validated.ok && validated.value.matcherSets[0]?.[0]?.matches('bar')).toBe(true);
  });
});
