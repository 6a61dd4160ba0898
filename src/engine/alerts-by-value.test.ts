import { describe, expect, it } from '@jest/globals';
import { anAlert, plainMatchers } from '../../test/support/builders.js';
import { matchesAll } from '../domain/matcher/index.js';
import { instant } from '../domain/time/index.js';
import { AlertTable } from './alert-table.js';
import { AlertsByValue, MAX_NAMES } from './alerts-by-value.js';
import { KnownAlert } from './group.js';

const known = (labels: Record<string, string>): KnownAlert => new KnownAlert(anAlert(labels, instant(0)), () => {});

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
    const matchers = plainMatchers(text);
    const found = tableOf(all).candidates(matchers);
    expect(found).toHaveLength(count);
    const wanted = all.filter(({ alert }) => matchesAll(matchers, alert.labels));
    expect(found).toEqual(expect.arrayContaining(wanted));
  });

  it.each(['a=', 'a!=', 'a=~', 'a!~', 'a!=1', 'a=~.*', 'a!~1'])('cannot say where absence may count: %s', (text) =>
    expect(tableOf(SETS.map(known)).candidates(plainMatchers(text))).toBeUndefined(),
  );

  it('follows alerts that come and go, down to the last of a value and up again', () => {
    const [first, second, third] = [{ a: '1' }, { a: '1', b: '1' }, { a: '2' }].map(known) as [
      KnownAlert,
      KnownAlert,
      KnownAlert,
    ];
    const all: KnownAlert[] = [];
    const table = tableOf(all);
    const ask = () => table.candidates(plainMatchers('a=1'));
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
    for (let n = 0; n <= MAX_NAMES; n++) table.candidates(plainMatchers(`n${n}=1`));
    expect(walks).toBe(MAX_NAMES + 1);
    expect(table.candidates(plainMatchers('n0=1'))).toEqual(all);
    expect(walks).toBe(MAX_NAMES + 2);
    table.candidates(plainMatchers('n0=1'));
    expect(walks).toBe(MAX_NAMES + 2);
  });

  it('makes one table for a question, and uses what there is by the next', () => {
    const all = SETS.map(known);
    let walks = 0;
    const table = new AlertsByValue(() => (walks++, all));
    const matchers = plainMatchers('a=~1|2 b=y');
    const found = [1, 2, 3].map(() => {
      Array.from(table.prepare(matchers));
      return [table.candidates(matchers)?.length, walks];
    });
    expect(found).toEqual([
      [4, 1],
      [1, 2],
      [1, 2],
    ]);
  });

  it('is made bit by bit, while alerts come and go and others ask', () => {
    const alerts = new AlertTable();
    const table = new AlertsByValue(() => alerts.values());
    const come = (n: number, a: string): KnownAlert => {
      const one = known({ a, n: String(n) });
      alerts.add(one);
      table.add(one);
      return one;
    };
    const go = (one: KnownAlert): void => {
      table.remove(one);
      alerts.delete(one);
    };
    const all = Array.from({ length: 200 }, (_, n) => come(n, n < 150 ? '1' : '2'));
    const [matchers, step] = [plainMatchers('a=1'), () => making.next().done];
    const making = table.prepare(matchers);
    expect(step()).toBe(false);
    // One that was met and one that was not; others in their places and at the end, of whom some will be met again.
    go(all[3] as KnownAlert);
    go(all[100] as KnownAlert);
    const late = [come(300, '2'), come(301, '1'), come(302, '1'), come(303, '1')];
    const other = table.prepare(matchers);
    expect([other.next().done, step(), other.next().done]).toEqual([false, false, false]);
    while (step() !== true);
    expect(other.next().done).toBe(true);

    const wanted = [...alerts.values()].filter(({ alert }) => alert.labels.get('a') === '1');
    const found = table.candidates(matchers) ?? [];
    expect([found.length, new Set(found)]).toEqual([151, new Set(wanted)]);
    expect(late.map((one) => found.includes(one))).toEqual([false, true, true, true]);
  });

  it('is made at once for who did not prepare, also when it is half made', () => {
    const all = Array.from({ length: 100 }, (_, n) => known({ a: String(n % 2) }));
    const table = tableOf(all);
    const matchers = plainMatchers('a=1');
    table.prepare(matchers).next();
    expect(table.candidates(matchers)).toHaveLength(50);
  });
});
