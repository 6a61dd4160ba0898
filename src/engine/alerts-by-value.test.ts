import { describe, expect, it } from '@jest/globals';
import { anAlert } from '../../test/support/builders.js';
import { type Matcher, createMatcher, matchesAll } from '../domain/matcher/index.js';
import { instant } from '../domain/time/index.js';
import { AlertsByValue, MAX_NAMES } from './alerts-by-value.js';
import { KnownAlert } from './group.js';

const known = (labels: Record<string, string>): KnownAlert => new KnownAlert(anAlert(labels, instant(0)), () => {});

/** `a=1 b!=2` */
const matchersOf = (text: string): Matcher[] =>
  text.split(' ').map((part) => {
    const [, name = '', operator = '', value = ''] = /^(\w+)(=~|!~|!=|=)(.*)$/.exec(part) ?? [];
    const result = createMatcher(operator as Matcher['operator'], name, value);
    if (!result.ok) throw new Error(part);
    return result.value;
  });

const SETS = [{ a: '1' }, { a: '1', b: 'x' }, { a: '2', b: 'x' }, { a: '2', b: 'y' }, { b: 'xy' }, { c: '1' }];

const tableOf = (all: KnownAlert[]) => new AlertsByValue(() => all);

describe('alerts by value', () => {
  const few = [
    ['an equality', 'a=1', 2],
    ['a value that nobody has', 'a=9', 0],
    ['a label that nobody has', 'd=1', 0],
    ['an alternation', 'a=~1|2', 4],
    ['an alternation that names a value twice', 'a=~1|1', 2],
    ['an expression', 'b=~x.*', 3],
    ['one of several', 'a=1 b=x', 2],
    ['an equality before an expression', 'b=~x.* a=1', 2],
    ['a negation that wants the label', 'b!~|x', 2],
  ] as const;
  it.each(few)('looks only at some: %s', (_, text, count) => {
    const all = SETS.map(known);
    const matchers = matchersOf(text);
    const found = tableOf(all).candidates(matchers);
    expect(found).toHaveLength(count);
    const wanted = all.filter(({ alert }) => matchesAll(matchers, alert.labels));
    expect(found).toEqual(expect.arrayContaining(wanted));
  });

  it.each(['a=', 'a!=', 'a=~', 'a!~', 'a!=1', 'a=~.*', 'a!~1'])('cannot say where absence may count: %s', (text) =>
    expect(tableOf(SETS.map(known)).candidates(matchersOf(text))).toBeUndefined(),
  );

  it('follows alerts that come and go, down to the last of a value and up again', () => {
    const [first, second, third] = [{ a: '1' }, { a: '1', b: '1' }, { a: '2' }].map(known) as [
      KnownAlert,
      KnownAlert,
      KnownAlert,
    ];
    const all: KnownAlert[] = [];
    const table = tableOf(all);
    const ask = () => table.candidates(matchersOf('a=1'));
    expect(ask()).toEqual([]);
    const steps: [() => void, KnownAlert[]][] = [
      [() => table.add(first), [first]],
      [() => table.add(third), [first]],
      [() => table.add(second), [first, second]],
      [() => table.remove(first), [second]],
      [() => table.remove(second), []],
      [() => table.add(first), [first]],
      [() => table.remove(first), []],
    ];
    for (const [step, left] of steps) {
      step();
      expect(ask()).toEqual(left);
    }
  });

  it('forgets the tables of names that were asked for long ago, and makes them anew', () => {
    const all = [known({ n0: '1' })];
    let walks = 0;
    const table = new AlertsByValue(() => (walks++, all));
    for (let n = 0; n <= MAX_NAMES; n++) table.candidates(matchersOf(`n${n}=1`));
    expect(walks).toBe(MAX_NAMES + 1);
    expect(table.candidates(matchersOf('n0=1'))).toEqual(all);
    expect(walks).toBe(MAX_NAMES + 2);
    table.candidates(matchersOf('n0=1'));
    expect(walks).toBe(MAX_NAMES + 2);
  });

  it('makes one table for a question, and uses what there is by the next', () => {
    const all = SETS.map(known);
    let walks = 0;
    const table = new AlertsByValue(() => (walks++, all));
    const found = [1, 2, 3].map(() => [table.candidates(matchersOf('a=~1|2 b=y'))?.length, walks]);
    expect(found).toEqual([
      [4, 1],
      [1, 2],
      [1, 2],
    ]);
  });
});
