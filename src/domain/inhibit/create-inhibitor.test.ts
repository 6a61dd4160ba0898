import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { plainMatchers } from '../../../test/support/builders.js';
import { LabelSet } from '../labels/index.js';
import { matchesAll } from '../matcher/index.js';
import { instant } from '../time/index.js';
import { compileInhibitRules } from './compile-inhibit-rules.js';
import { createInhibitor, inhibitionHoldsUntil } from './create-inhibitor.js';
import { type Inhibitor, MAX_INHIBITORS } from './inhibit.js';
import type { InhibitRuleConfig } from './inhibit-rule-config.js';

const NOW = instant(1_000_000);
const FIRING = instant(NOW + 60_000);
const OVER = NOW;

/** `source -> target / equal labels` */
const rule = (text: string, name = ''): InhibitRuleConfig => {
  const [sides = '', equal = ''] = text.split(' / ');
  const [source = '', target = ''] = sides.split('->');
  return {
    name,
    sourceMatchers: plainMatchers(source),
    targetMatchers: plainMatchers(target),
    equal: equal.split(' ').filter((label) => label !== ''),
  };
};

type Labels = Record<string, string>;
const set = LabelSet.fromObject;
const print = (labels: Labels) => set(labels).fingerprint;

const inhibitorOf = (rules: readonly string[], ...firing: Labels[]): Inhibitor => {
  const inhibitor = createInhibitor(compileInhibitRules(rules.map((text, i) => rule(text, `rule ${i}`))));
  for (const labels of firing) inhibitor.observe(set(labels), FIRING, NOW);
  return inhibitor;
};

const sourcesOf = (inhibitor: Inhibitor, target: Labels, now = NOW) =>
  inhibitor.inhibitors(set(target), now).map(({ source }) => source);

describe('who is inhibited', () => {
  const TWO = ['s=1->t=1 / e', 's=2->t=1 / e'];
  const BOTH_SIDES = ['s1=1->t1=1 / e', 's2=1->t2=1 / e'];
  const SOURCES: Labels[] = [
    { s1: '1', t1: '0', e: '1' },
    { s2: '1', t2: '1', e: '1' },
  ];
  const CASES: [string, string[], Labels[], Labels, boolean][] = [
    ['nobody without sources', ['s=1->t=1'], [], { t: '1' }, false],
    ['without equal labels any source will do', ['s=1->t=1'], [{ s: '1', x: 'y' }], { t: '1', x: 'z' }, true],
    ['not who is no target', ['s=1->t=1'], [{ s: '1' }], { t: '0' }, false],
    ['the same value', ['s=1->t=1 / e'], [{ s: '1', e: '1' }], { t: '1', e: '1' }, true],
    ['not another value', ['s=1->t=1 / e'], [{ s: '1', e: '1' }], { t: '1', e: '2' }, false],
    ['missing on both sides is the same', ['s=1->t=1 / e'], [{ s: '1' }], { t: '1' }, true],
    ['missing on one side is not', ['s=1->t=1 / e'], [{ s: '1', e: '1' }], { t: '1' }, false],
    ['all equal labels count', ['s=1->t=1 / e f'], [{ s: '1', e: '1', f: '1' }], { t: '1', e: '1', f: '2' }, false],
    [
      'one of several sources',
      ['s=1->t=1 / e'],
      [
        { s: '1', e: '2' },
        { s: '1', e: '1' },
      ],
      { t: '1', e: '1' },
      true,
    ],
    ['by one of several rules', TWO, [{ s: '2', e: '1' }], { t: '1', e: '1' }, true],
    ['other operators', ['s!=0->t=~a.* / e'], [{ s: '1' }], { t: 'ab' }, true],
    ['no matchers match all', ['->t=1'], [{ x: '1' }], { t: '1' }, true],
    ['a source is not its own target', ['->'], [{ x: '1' }], { x: '1' }, false],
    ['by a source on one side only', BOTH_SIDES, SOURCES, { t1: '1', e: '1' }, true],
    ['not what the rule does not mean', BOTH_SIDES, SOURCES, { t1: '0', e: '1' }, false],
    ['both sides, the source on one side', BOTH_SIDES, SOURCES, { s1: '1', t1: '1', e: '1' }, true],
    ['both sides, the source on both sides', BOTH_SIDES, SOURCES, { s2: '1', t2: '1', e: '1', x: '1' }, false],
    ['other equal values', BOTH_SIDES, SOURCES, { s1: '1', t1: '1', e: '0' }, false],
    [
      'by an eligible source beside one that is guarded against',
      ['s=1->t=1'],
      [
        { s: '1', t: '1', x: '1' },
        { s: '1', x: '2' },
      ],
      { s: '1', t: '1' },
      true,
    ],
  ];
  it.each(CASES)('%s', (_name, rules, sources, target, inhibited) => {
    const inhibitor = inhibitorOf(rules, ...sources);
    expect(inhibitor.isInhibited(set(target), NOW)).toBe(inhibited);
    expect(sourcesOf(inhibitor, target).length > 0).toBe(inhibited);
  });
});

describe('sources in time', () => {
  const target = { t: '1' };
  const [first, second] = [
    { s: '1', n: '1' },
    { s: '1', n: '2' },
  ] as const;

  it('end by themselves', () => {
    const inhibitor = inhibitorOf(['s=1->t=1'], first);
    expect(inhibitor.isInhibited(set(target), instant(FIRING - 1))).toBe(true);
    expect(inhibitor.isInhibited(set(target), FIRING)).toBe(false);
    expect(sourcesOf(inhibitor, target, FIRING)).toEqual([]);
  });

  it('are all known: one ending leaves the others', () => {
    const inhibitor = inhibitorOf(['s=1->t=1'], first, second);
    expect(sourcesOf(inhibitor, target)).toEqual([print(first), print(second)]);
    inhibitor.observe(set(first), OVER, NOW);
    expect(sourcesOf(inhibitor, target)).toEqual([print(second)]);
    inhibitor.forget(set(first));
    expect(sourcesOf(inhibitor, target)).toEqual([print(second)]);
    inhibitor.forget(set(second));
    expect(sourcesOf(inhibitor, target)).toEqual([]);
  });

  it('may come back', () => {
    const inhibitor = inhibitorOf(['s=1->t=1'], first);
    inhibitor.observe(set(first), OVER, NOW);
    inhibitor.observe(set(first), FIRING, NOW);
    expect(sourcesOf(inhibitor, target)).toEqual([print(first)]);
  });
});

describe('the report', () => {
  it('names each source once, under its first rule, in rule order', () => {
    const inhibitor = inhibitorOf(
      ['a=1->t=1', 'b=1->t=1', 'c=1->t=~1 / e'],
      { c: '1' },
      { b: '1' },
      { a: '1', b: '1' },
    );
    expect(inhibitor.inhibitors(set({ t: '1' }), NOW).map(({ source, rule: name }) => [source, name])).toEqual([
      [print({ a: '1', b: '1' }), 'rule 0'],
      [print({ b: '1' }), 'rule 1'],
      [print({ c: '1' }), 'rule 2'],
    ]);
  });

  it('is bounded, unless all are asked for', () => {
    const many = Array.from({ length: MAX_INHIBITORS + 20 }, (_, i) => ({ s: '1', i: String(i) }));
    const inhibitor = inhibitorOf(['s=1->t=1'], ...many);
    expect(inhibitor.inhibitors(set({ t: '1' }), NOW)).toHaveLength(MAX_INHIBITORS);
    expect(inhibitor.allInhibitors(set({ t: '1' }), NOW)).toHaveLength(many.length);
  });
});

it('has one matcher for all rules that write the same', () => {
  const { rules } = compileInhibitRules(['s=1 x=1->t=1', 's=1 x=2->t=1'].map((text) => rule(text)));
  const [[s, x] = [], [sameS, otherX] = []] = rules.map(({ sourceMatchers }) => sourceMatchers);
  expect(sameS).toBe(s);
  expect([x?.value, otherX?.value]).toEqual(['1', '2']);
});

describe('whether an answer still holds', () => {
  const source = { s: '1' };
  const rises = (change: (inhibitor: Inhibitor) => void): boolean => {
    const inhibitor = inhibitorOf(['s=1->t=1'], source);
    const before = inhibitor.version;
    change(inhibitor);
    return inhibitor.version > before;
  };
  const CASES: [string, (inhibitor: Inhibitor) => void, boolean][] = [
    ['a new source', (i) => i.observe(set({ s: '1', n: '2' }), FIRING, NOW), true],
    ['a new source, said to be new', (i) => i.add(set({ s: '1', n: '2' }), FIRING, NOW), true],
    ['a new source that is over', (i) => i.observe(set({ s: '1', n: '2' }), OVER, NOW), false],
    ['the same, said to be new', (i) => i.add(set({ s: '1', n: '2' }), OVER, NOW), false],
    ['an alert that no rule has as a source', (i) => i.observe(set({ s: '2' }), FIRING, NOW), false],
    ['the same again', (i) => i.observe(set(source), FIRING, NOW), false],
    ['a later end', (i) => i.observe(set(source), instant(FIRING + 1), NOW), false],
    ['an earlier end', (i) => i.observe(set(source), instant(FIRING - 1), NOW), true],
    ['an end', (i) => i.observe(set(source), OVER, NOW), true],
    ['firing again after its end', (i) => i.observe(set(source), instant(FIRING + 9), FIRING), true],
    ['forgetting it', (i) => i.forget(set(source)), true],
    ['forgetting another', (i) => i.forget(set({ s: '2' })), false],
  ];
  it.each(CASES)('%s', (_name, change, changes) => expect(rises(change)).toBe(changes));

  it('ends with the first end in it', () => {
    const inhibitor = inhibitorOf(['s=1->t=1'], source);
    inhibitor.observe(set({ s: '1', n: '2' }), instant(NOW + 5), NOW);
    expect(inhibitionHoldsUntil(inhibitor.inhibitors(set({ t: '1' }), NOW))).toBe(NOW + 5);
    expect(inhibitionHoldsUntil([])).toBe(Infinity);
  });
});

describe('any rules and any history', () => {
  const word = fc.constantFrom('1', '2', '12', '211');
  const labels = fc.dictionary(fc.constantFrom('a', 'b', 'c'), word);
  const side = fc
    .array(
      fc.tuple(
        fc.constantFrom('a', 'b', 'c'),
        fc.constantFrom('=', '!=', '=~'),
        fc.constantFrom('1', '2', '1.*', '21+'),
      ),
      { maxLength: 2 },
    )
    .map((parts) => parts.map(([name, operator, value]) => name + operator + value).join(' '));
  const rules = fc.array(
    fc
      .tuple(side, side, fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 }))
      .map(([source, target, equal]) => `${source}->${target} / ${equal.join(' ')}`),
    { maxLength: 4 },
  );
  const history = fc.array(fc.tuple(labels, fc.constantFrom(FIRING, OVER, undefined)), { maxLength: 20 });

  /** The rule as it is written, without any index. */
  function plainly(configs: readonly InhibitRuleConfig[], firing: readonly Labels[], target: LabelSet): Set<string> {
    const found = new Set<string>();
    for (const { sourceMatchers, targetMatchers, equal } of configs)
      for (const source of firing.map(set)) {
        if (!matchesAll(targetMatchers, target) || !matchesAll(sourceMatchers, source)) continue;
        if (matchesAll(sourceMatchers, target) && matchesAll(targetMatchers, source)) continue;
        if (equal.every((name) => source.get(name) === target.get(name))) found.add(source.fingerprint);
      }
    return found;
  }

  it('answer as the plain rule does', () => {
    fc.assert(
      fc.property(rules, history, labels, fc.boolean(), (texts, events, target, isToldWhatIsNew) => {
        const inhibitor = inhibitorOf(texts);
        const configs = texts.map((text) => rule(text));
        const firing = new Map<string, Labels>();
        const known = new Set<string>();
        // Asked each time: what one answer learns the next ones rely on.
        const expectPlainAnswer = (): void => {
          expect(new Set(sourcesOf(inhibitor, target))).toEqual(plainly(configs, [...firing.values()], set(target)));
          expect(inhibitor.isInhibited(set(target), NOW)).toBe(sourcesOf(inhibitor, target).length > 0);
        };
        expectPlainAnswer();
        for (const [alert, endsAt] of events) {
          if (endsAt === undefined) inhibitor.forget(set(alert));
          else if (isToldWhatIsNew && !known.has(print(alert))) inhibitor.add(set(alert), endsAt, NOW);
          else inhibitor.observe(set(alert), endsAt, NOW);
          if (endsAt === undefined) known.delete(print(alert));
          else known.add(print(alert));
          if (endsAt === FIRING) firing.set(print(alert), alert);
          else firing.delete(print(alert));
          expectPlainAnswer();
        }
      }),
      { numRuns: 300 },
    );
  });
});
