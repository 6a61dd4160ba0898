import { describe, expect, it } from '@jest/globals';
import { LabelSet } from '../labels/index.js';
import { type Matcher, parseMatchers } from '../matcher/index.js';
import { HOUR, type Instant, instant, plus } from '../time/index.js';
import { compareForListing, hasMatchers } from './listing.js';
import type { Silence } from './silence.js';
import { silenceSize } from './silence-size.js';
import { expireSilence, isForgettable, silenceMatches, silenceState, supersedes } from './silence-state.js';

const NOW = instant(1_000_000);

function matchers(text: string): readonly Matcher[] {
  const parsed = parseMatchers(text, 'utf8');
  return parsed.ok ? parsed.value.matchers : [];
}

const silence = (id: string, startsAt: number, endsAt: number, ...sets: string[]): Silence => ({
  id,
  matcherSets: sets.map(matchers),
  startsAt: instant(startsAt),
  endsAt: instant(endsAt),
  updatedAt: instant(startsAt),
  createdBy: '',
  comment: '',
  annotations: {},
});

describe('silenceState', () => {
  it.each([
    [100, 200, 99, 'pending'],
    [100, 200, 100, 'active'],
    [100, 200, 199, 'active'],
    [100, 200, 200, 'expired'],
    [100, 200, 201, 'expired'],
    [100, 100, 100, 'expired'],
  ])('from %d to %d at %d is %s', (startsAt, endsAt, now, state) => {
    expect(silenceState(silence('s', startsAt, endsAt), instant(now))).toBe(state);
  });
});

describe('expireSilence', () => {
  it('ends an active one now', () => {
    const expired = expireSilence(silence('s', 1, 2_000_000), NOW);
    expect([expired.startsAt, expired.endsAt, expired.updatedAt]).toEqual([1, NOW, NOW]);
    expect(silenceState(expired, NOW)).toBe('expired');
  });

  it('never lets a pending one begin', () => {
    const expired = expireSilence(silence('s', 1_500_000, 2_000_000), NOW);
    expect([expired.startsAt, expired.endsAt, expired.updatedAt]).toEqual([NOW, NOW, NOW]);
  });

  it('leaves one alone that is over', () => {
    const over = silence('s', 1, 2);
    expect(expireSilence(over, NOW)).toBe(over);
  });
});

describe('keeping', () => {
  const over = silence('s', 0, 1_000);

  it.each<[string, Instant, boolean]>([
    ['within the retention', plus(instant(999), HOUR), false],
    ['at its end', plus(instant(1_000), HOUR), true],
  ])('forgets %s', (_, now, expected) => {
    expect(isForgettable(over, HOUR, now)).toBe(expected);
  });

  const older = silence('s', 10, 2_000_000);
  const newer = { ...older, updatedAt: instant(20) };

  it.each<[string, Silence, Silence | undefined, boolean]>([
    ['an unknown one', older, undefined, true],
    ['a newer one', newer, older, true],
    ['the same', older, older, false],
    ['an older one', older, newer, false],
    ['one that nobody keeps', silence('s', 0, 10), undefined, false],
  ])('takes from another node: %s', (_, incoming, known, expected) => {
    expect(supersedes(incoming, known, HOUR, instant(3_700_000))).toBe(expected);
  });
});

describe('silenceMatches', () => {
  it.each<[string, string[], Record<string, string>, boolean]>([
    ['all of a set', ['{a="x",b=~"y.*"}'], { a: 'x', b: 'yy' }, true],
    ['not all of a set', ['{a="x",b=~"y.*"}'], { a: 'x' }, false],
    ['one of two sets', ['{a="x"}', '{a="y"}'], { a: 'y' }, true],
    ['none of two sets', ['{a="x"}', '{a="y"}'], { a: 'z' }, false],
    ['an absent label is not another', ['{team!="db"}'], {}, true],
    ['no set', [], { a: 'x' }, false],
  ])('%s', (_, sets, labels, expected) => {
    expect(silenceMatches(silence('s', 0, 1, ...sets), LabelSet.fromObject(labels))).toBe(expected);
  });
});

describe('the list', () => {
  it('shows active by end, pending by start, expired with the latest first', () => {
    const silences = [
      silence('expired early', 1, 2),
      silence('pending late', 3_000_000, 9_000_000),
      silence('active late', 1, 5_000_000),
      silence('expired late', 1, 3),
      silence('pending early', 2_000_000, 9_500_000),
      silence('active early', 2, 4_000_000),
    ];
    expect(silences.sort((a, b) => compareForListing(a, b, NOW)).map(({ id }) => id)).toEqual([
      'active early',
      'active late',
      'pending early',
      'pending late',
      'expired late',
      'expired early',
    ]);
  });

  it.each([
    ['{a="x"}', true],
    ['{b=~"y|z",a="x"}', true],
    ['{}', true],
    ['{a=~"x"}', false],
    ['{a="y"}', false],
    ['{b=~"y"}', false],
    ['{c="x",a="x"}', false],
    ['{c="z"}', true],
  ])('filtered by %s', (asked, expected) => {
    expect(hasMatchers(silence('s', 0, 1, '{a="x",b=~"y|z"}', '{c="z"}'), matchers(asked))).toBe(expected);
  });
});

describe('silenceSize', () => {
  it.each<[string, Partial<Silence>, number]>([
    ['little', {}, 60],
    ['a comment', { comment: 'größe 🙂' }, 74],
    ['annotations', { annotations: { ticket: '42', empty: '' } }, 85],
    ['another operator', { matcherSets: [matchers('{foo=~"bar"}')] }, 62],
    ['two sets', { matcherSets: [matchers('{foo="bar"}'), matchers('{foo="bar"}')] }, 74],
    ['a long comment', { comment: 'x'.repeat(5_000) }, 5_064],
  ])('%s', (_, fields, bytes) => {
    const base = silence('0123456789', 1_795_167_669_000, 1_795_171_269_000, '{foo="bar"}');
    expect(silenceSize({ ...base, ...fields }, HOUR)).toBe(bytes);
  });
});
