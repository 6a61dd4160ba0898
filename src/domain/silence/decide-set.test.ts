import { describe, expect, it } from '@jest/globals';
import { type Matcher, parseMatchers } from '../matcher/index.js';
import { HOUR, type Instant, instant } from '../time/index.js';
import { type SetDecision, type SilenceLimits, checkLimits, decideSet } from './decide-set.js';
import type { Silence, SilenceDraft } from './silence.js';
import { silenceState } from './silence-state.js';

const NOW = instant(1_795_167_669_500);
const at = (seconds: number): Instant => instant(NOW + seconds * 1_000);

function matchers(text: string): readonly Matcher[] {
  const parsed = parseMatchers(text, 'utf8');
  return parsed.ok ? parsed.value.matchers : [];
}

/** One array, since compiled matchers are equal only to themselves. */
const BOTH = [matchers('{foo="bar",a=~"b"}')];

const draft = (fields: Partial<SilenceDraft> = {}): SilenceDraft => ({
  id: 'old',
  matcherSets: BOTH,
  startsAt: at(-60),
  endsAt: at(3_600),
  createdBy: 'me',
  comment: 'c',
  annotations: {},
  ...fields,
});

const stored = (fields: Partial<Silence> = {}): Silence => ({ ...draft(), updatedAt: at(-60), ...fields });
const pending = stored({ startsAt: at(600) });
const expired = stored({ startsAt: at(-900), endsAt: at(-600) });

/** Stored silence, what is posted over it, what becomes of it. */
const CASES: [string, Silence, Partial<SilenceDraft>, SetDecision['action']][] = [
  ['active, nothing changed', stored(), { matcherSets: [matchers('{foo="bar",a=~"b"}')] }, 'update'],
  ['active, another end', stored(), { endsAt: at(7_200) }, 'update'],
  ['active, an end that is now', stored(), { endsAt: NOW }, 'update'],
  ['active, an end in the past', stored(), { endsAt: at(-1) }, 'replace'],
  ['active, another comment and annotations', stored(), { comment: 'x', annotations: { a: 'b' } }, 'update'],
  ['active, another part of the same second', stored(), { startsAt: instant(at(-60) - 500) }, 'update'],
  ['active, the next second', stored(), { startsAt: instant(at(-60) + 500) }, 'replace'],
  ['active, other matchers', stored(), { matcherSets: [matchers('{foo="baz",a=~"b"}')] }, 'replace'],
  [
    'active, the same matchers in another order',
    stored(),
    { matcherSets: [matchers('{a=~"b",foo="bar"}')] },
    'replace',
  ],
  ['active, the same value as an expression', stored(), { matcherSets: [matchers('{foo=~"bar",a=~"b"}')] }, 'replace'],
  ['active, one more set', stored(), { matcherSets: [...draft().matcherSets, matchers('{c="d"}')] }, 'replace'],
  ['pending, moved within the future', pending, { startsAt: at(60) }, 'update'],
  ['pending, starting now', pending, { startsAt: NOW }, 'update'],
  ['pending, starting in the past', pending, { startsAt: at(-1) }, 'replace'],
  ['pending, other matchers', pending, { startsAt: at(600), matcherSets: [matchers('{foo="x"}')] }, 'replace'],
  ['expired, nothing changed', expired, { startsAt: at(-900), endsAt: at(-600) }, 'create'],
  ['expired, set into the future', expired, {}, 'create'],
  ['expired this very moment', stored({ endsAt: NOW }), {}, 'create'],
];

describe('decideSet', () => {
  it.each(CASES)('%s', (_, known, fields, action) => {
    const decided = decideSet(known, draft(fields), 'new', NOW);
    expect(decided.ok && [decided.value.action, decided.value.silence.id]).toEqual([
      action,
      action === 'update' ? 'old' : 'new',
    ]);
  });

  it('creates with a new id, and not in the past', () => {
    const decided = decideSet(undefined, draft({ id: '' }), 'new', NOW);
    const silence = { ...draft(), id: 'new', startsAt: NOW, updatedAt: NOW };
    expect(decided).toEqual({ ok: true, value: { action: 'create', silence } });
  });

  it('keeps a start in the future', () => {
    const decided = decideSet(undefined, draft({ id: '', startsAt: at(60) }), 'new', NOW);
    expect(decided.ok && decided.value.silence.startsAt).toBe(at(60));
  });

  it('overwrites everything in place', () => {
    const posted = draft({ startsAt: instant(at(-60) - 500), comment: 'x', createdBy: 'you', endsAt: at(9) });
    const known = stored({ annotations: { ticket: '42' } });
    expect(decideSet(known, posted, 'new', NOW)).toEqual({
      ok: true,
      value: { action: 'update', silence: { ...posted, updatedAt: NOW } },
    });
  });

  it('ends the old one when it is replaced', () => {
    const decided = decideSet(stored(), draft({ matcherSets: [matchers('{x="y"}')] }), 'new', NOW);
    if (!decided.ok || decided.value.action !== 'replace') throw new Error('not replaced');
    expect(decided.value.expired).toEqual(stored({ endsAt: NOW, updatedAt: NOW }));
    expect(silenceState(decided.value.expired, NOW)).toBe('expired');
    expect(decided.value.silence.startsAt).toBe(NOW);
  });

  it('does not know what it does not know', () => {
    expect(decideSet(undefined, draft({ id: 'no uuid' }), 'new', NOW)).toEqual({
      ok: false,
      issues: [{ code: 'not-found', path: '', message: 'silence not found' }],
    });
  });
});

describe('checkLimits', () => {
  const limits = (fields: Partial<SilenceLimits>): SilenceLimits => ({
    maxSilences: 0,
    maxSizeBytes: 0,
    retention: HOUR,
    ...fields,
  });

  function decide(known: Silence | undefined, fields: Partial<SilenceDraft> = {}): SetDecision {
    const decided = decideSet(known, draft({ id: known?.id ?? '', ...fields }), 'new', NOW);
    if (!decided.ok) throw new Error('refused');
    return decided.value;
  }

  const many = 'exceeded maximum number of silences: 1 (limit: 1)';
  const large = 'silence exceeded maximum size: 5095 bytes (limit: 4096 bytes)';
  const comment = 'x'.repeat(5_000);

  it.each<[string, SetDecision, Partial<SilenceLimits>, string | undefined]>([
    ['none', decide(undefined, { comment }), {}, undefined],
    ['a free place', decide(undefined), { maxSilences: 2 }, undefined],
    ['no free place', decide(undefined), { maxSilences: 1 }, many],
    ['no free place for a replacement', decide(stored(), { startsAt: at(60) }), { maxSilences: 1 }, many],
    ['a change in place needs none', decide(stored(), { comment: 'x' }), { maxSilences: 1 }, undefined],
    ['too large', decide(undefined, { comment }), { maxSizeBytes: 4_096 }, large],
    ['too large in place', decide(stored(), { comment }), { maxSizeBytes: 4_096 }, large],
    ['just large enough', decide(undefined, { comment }), { maxSizeBytes: 5_095 }, undefined],
    ['number before size', decide(undefined, { comment }), { maxSilences: 1, maxSizeBytes: 1 }, many],
  ])('%s', (_, decision, fields, message) => {
    const checked = checkLimits(decision, 1, limits(fields));
    expect(checked.ok ? undefined : checked.issues).toEqual(
      message === undefined ? undefined : [{ code: 'limit-exceeded', path: '', message }],
    );
  });
});
