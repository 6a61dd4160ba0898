import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { LabelSet } from '../labels/index.js';
import { type MatchOperator, type Matcher, createMatcher } from '../matcher/index.js';
import { instant } from '../time/index.js';
import type { Silence } from './silence.js';
import { SilenceIndex } from './silence-index.js';
import { expireSilence, silenceMatches, silenceState } from './silence-state.js';

type MatcherWords = readonly [name: string, operator: MatchOperator, value: string];

function matcher([name, operator, value]: MatcherWords): Matcher {
  const created = createMatcher(operator, name, value);
  if (!created.ok) throw new Error(created.issues[0]?.message);
  return created.value;
}

const silence = (id: string, startsAt: number, endsAt: number, ...sets: MatcherWords[][]): Silence => ({
  id,
  matcherSets: sets.map((set) => set.map(matcher)),
  startsAt: instant(startsAt),
  endsAt: instant(endsAt),
  updatedAt: instant(startsAt),
  createdBy: '',
  comment: '',
  annotations: {},
});

const labels = LabelSet.fromObject({ alertname: 'Down', instance: 'a' });
const mutedBy = (index: SilenceIndex, now: number) => index.mutedBy(labels, instant(now)).sort();

/** Of one alert, each with one more matcher. */
function indexOfDown(from: number, to: number, more: (n: number) => MatcherWords): SilenceIndex {
  const index = new SilenceIndex();
  for (let n = from; n < to; n++) index.set(silence(`s${n}`, 0, 100, [['alertname', '=', 'Down'], more(n)]));
  return index;
}

describe('SilenceIndex', () => {
  it('mutes nothing without silences', () => {
    const index = new SilenceIndex();
    expect([mutedBy(index, 0), index.size, index.nextChange(instant(0))]).toEqual([[], 0, undefined]);
  });

  it.each<[string, MatcherWords[][], boolean]>([
    ['a value', [[['alertname', '=', 'Down']]], true],
    ['another value', [[['alertname', '=', 'Up']]], false],
    ['one of several values', [[['instance', '=~', 'b|a']]], true],
    ['an expression', [[['instance', '=~', '[a-c]']]], true],
    ['a label that is absent', [[['team', '!=', 'db']]], true],
    [
      'a label that must be absent',
      [
        [
          ['instance', '=', ''],
          ['alertname', '=', 'Down'],
        ],
      ],
      false,
    ],
    ['a label that must be there', [[['team', '!=', '']]], false],
    [
      'an alternative with the empty value',
      [
        [
          ['team', '=~', 'db|'],
          ['alertname', '=', 'Down'],
        ],
      ],
      true,
    ],
    ['the second of two sets', [[['alertname', '=', 'Up']], [['instance', '=', 'a']]], true],
  ])('finds by %s', (_, sets, expected) => {
    const index = new SilenceIndex();
    index.set(silence('s', 0, 100, ...sets));
    expect([mutedBy(index, 50), index.matching(labels)]).toEqual(expected ? [['s'], ['s']] : [[], []]);
  });

  it('lets pending silences start and active ones end without a write', () => {
    const index = new SilenceIndex();
    index.set(silence('s', 100, 200, [['alertname', '=', 'Down']]));
    expect([99, 100, 199, 200].map((now) => mutedBy(index, now).length)).toEqual([0, 1, 1, 0]);
    expect(index.matching(labels)).toEqual(['s']);
  });

  it('still mutes when one of two ends', () => {
    const index = new SilenceIndex();
    index.set(silence('one', 0, 100, [['alertname', '=', 'Down']]));
    index.set(silence('two', 50, 200, [['instance', '=', 'a']]));
    expect([0, 60, 150, 200].map((now) => mutedBy(index, now))).toEqual([['one'], ['one', 'two'], ['two'], []]);
  });

  it('names a silence once, though two of its sets match', () => {
    const index = new SilenceIndex();
    index.set(silence('s', 0, 100, [['alertname', '=', 'Down']], [['instance', '=', 'a']]));
    expect([mutedBy(index, 1), index.candidates(labels).length]).toEqual([['s'], 1]);
  });

  it('looks at those alone to which the labels lead', () => {
    const index = indexOfDown(0, 100, (i) => ['instance', '=', `i${i}`]);
    expect(index.candidates(LabelSet.fromObject({ alertname: 'Down', instance: 'i77' })).length).toBeLessThan(3);
  });

  it('looks at those expressions alone whose values begin like the label', () => {
    const index = indexOfDown(10, 90, (i) => ['instance', '=~', `web-${i}:.+|db-${i}:.+`]);
    const found = (instance: string) =>
      index.candidates(LabelSet.fromObject({ alertname: 'Down', instance })).map(({ id }) => id);
    // The first few stand under the name of the alert, while few others do.
    expect(found('web-77:9100').filter((id) => id > 's12')).toEqual(['s77']);
    expect(found('db-77:9100').filter((id) => id > 's12')).toEqual(['s77']);
    expect(found('proxy-77:9100').filter((id) => id > 's12')).toEqual([]);
  });

  it('tells the next start or end', () => {
    const index = new SilenceIndex();
    index.set(silence('a', 100, 400, [['a', '=', 'x']]));
    index.set(silence('b', 200, 300, [['a', '=', 'x']]));
    expect([0, 100, 200].map((now) => index.nextChange(instant(now)))).toEqual([100, 200, 300]);
    index.set(silence('b', 200, 350, [['a', '=', 'x']]));
    expect(index.nextChange(instant(200))).toBe(350);
    index.remove('b');
    expect([index.nextChange(instant(200)), index.nextChange(instant(400))]).toEqual([400, undefined]);
  });

  it('replaces and removes', () => {
    const index = new SilenceIndex();
    index.set(silence('s', 0, 100, [['alertname', '=', 'Down']]));
    index.set(silence('s', 0, 100, [['alertname', '=', 'Up']]));
    expect([index.size, mutedBy(index, 1)]).toEqual([1, []]);
    index.remove('s');
    index.remove('unknown');
    expect([index.size, index.get('s'), [...index.values()]]).toEqual([0, undefined, []]);
  });

  it('answers as a look at all silences would, through any history', () => {
    const words = fc.tuple(
      fc.constantFrom('a', 'b', 'c'),
      fc.constantFrom<MatchOperator>('=', '!=', '=~', '!~'),
      fc.constantFrom('', 'x', 'y', 'x|y', 'x|', '[xy]', '.*', 'z.*', 'xy+', 'xyz*|xyx.+|zz.'),
    );
    const sets = fc.array(fc.array(words, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 });
    const time = fc.integer({ min: 0, max: 50 });
    const id = fc.constantFrom('s1', 's2', 's3', 's4', 's5');
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ do: fc.constant('set' as const), id, start: time, span: time, sets }) },
      fc.record({ do: fc.constant('remove' as const), id }),
      fc.record({ do: fc.constant('expire' as const), id }),
    );
    const value = fc.constantFrom('', 'x', 'y', 'zz', 'xyzz', 'xyxy');
    const alert = fc.record({ a: value, b: value, c: value });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), alert, (steps, words) => {
        const present = Object.entries(words).filter(([, text]) => text !== '');
        const alertLabels = LabelSet.from(present);
        const index = new SilenceIndex();
        const model = new Map<string, Silence>();
        for (const [i, action] of steps.entries()) {
          const now = instant(i);
          const known = model.get(action.id);
          if (action.do === 'remove') {
            model.delete(action.id);
            index.remove(action.id);
          } else if (action.do === 'set' || known) {
            const next =
              action.do === 'set'
                ? silence(action.id, action.start, action.start + action.span, ...action.sets)
                : expireSilence(known as Silence, now);
            model.set(action.id, next);
            index.set(next);
          }
          const all = [...model.values()];
          const matching = all.filter((one) => silenceMatches(one, alertLabels));
          const active = matching.filter((one) => silenceState(one, now) === 'active');
          const changes = all.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]).filter((at) => at > now);
          expect(index.matching(alertLabels).sort()).toEqual(matching.map((one) => one.id).sort());
          expect(index.mutedBy(alertLabels, now).sort()).toEqual(active.map((one) => one.id).sort());
          expect(index.candidates(alertLabels)).toEqual(expect.arrayContaining(matching));
          expect(index.nextChange(now)).toBe(changes.length > 0 ? Math.min(...changes) : undefined);
          expect([...index.values()]).toEqual(all);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('does not keep the changes of replaced silences', () => {
    const index = new SilenceIndex();
    for (let i = 0; i < 1_000; i++) index.set(silence('s', 0, 1_000_000 + i, [['a', '=', 'x']]));
    expect([index.nextChange(instant(0)), index.nextChange(instant(1_000_999))]).toEqual([1_000_999, undefined]);
  });
});
