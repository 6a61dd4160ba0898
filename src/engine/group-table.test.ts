import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { aRoute } from '../../test/support/builders.js';
import { LabelSet } from '../domain/labels/index.js';
import { type Route, compileRoutes } from '../domain/route/index.js';
import { Group } from './group.js';
import { GroupTable } from './group-table.js';

const groupedBy = (groupBy: readonly string[] | '...'): Route => compileRoutes(aRoute({ receiver: 'r', groupBy })).root;
const aGroup = (route: Route, labels: LabelSet): Group => new Group(route, labels, () => {});
const ROUTES = [[], ['a'], ['a', 'b'], ['b', 'a', 'c'], '...' as const].map(groupedBy);

const value = fc.constantFrom('1', '2', '1:1');
const labelSet = fc
  .dictionary(fc.constantFrom('a', 'b', 'c', 'd'), value, { minKeys: 1 })
  .map((labels) => LabelSet.fromObject(labels));
const route = fc.constantFrom(...ROUTES);

/** What the table is to be, found by the key. */
class Plain {
  readonly groups = new Map<string, Group>();

  of(route: Route, labels: LabelSet): string {
    return `${ROUTES.indexOf(route)} ${aGroup(route, labels).key}`;
  }
}

describe('the table of groups', () => {
  it('finds the group that the key would find, whatever comes and goes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(route, labelSet, fc.boolean()), { maxLength: 40 }), (steps) => {
        const [table, plain] = [new GroupTable(() => {}), new Plain()];
        for (const [below, labels, goes] of steps) {
          const key = plain.of(below, labels);
          const group = table.groupOf(below, labels);
          expect(group).toBe(plain.groups.get(key) ?? group);
          expect([group.isListed, group.id.length > 0]).toEqual([true, true]);
          plain.groups.set(key, group);
          if (goes) {
            table.remove(group);
            table.remove(group);
            plain.groups.delete(key);
            expect(group.isListed).toBe(false);
          }
          expect(new Set(table.values())).toEqual(new Set(plain.groups.values()));
          expect(table.size).toBe(plain.groups.size);
        }
        table.clear();
        expect([table.size, [...table.values()]]).toEqual([0, []]);
        for (const group of plain.groups.values()) expect(group.isListed).toBe(false);
      }),
    );
  });

  it('lists a group whose labels another configuration has chosen, and gives no alert to it', () => {
    const [before, after] = [groupedBy(['a', 'b']), groupedBy(['a'])];
    const labels = LabelSet.fromObject({ a: '1', b: '2' });
    const [table, stray] = [new GroupTable(() => {}), aGroup(before, labels)];
    stray.moveTo(after);
    table.add(stray);
    const own = table.groupOf(after, labels);
    expect(own).not.toBe(stray);
    expect([own.key, stray.key]).toEqual(['{}:{a="1"}', '{}:{a="1", b="2"}']);
    expect(new Set(table.values())).toEqual(new Set([own, stray]));
    table.remove(stray);
    expect([...table.values()]).toEqual([own]);
  });

  it('gives alerts to a group that fits its new route', () => {
    const [before, after] = [groupedBy(['a']), groupedBy(['a', 'b'])];
    const [table, group] = [new GroupTable(() => {}), aGroup(before, LabelSet.fromObject({ a: '1', b: '2' }))];
    group.moveTo(after);
    table.add(group);
    const find = (labels: LabelSet): Group => table.groupOf(after, labels);
    expect(find(LabelSet.fromObject({ a: '1', c: '3' }))).toBe(group);
    expect(find(LabelSet.fromObject({ a: '1', b: '2' }))).not.toBe(group);
    table.remove(group);
    expect(find(LabelSet.fromObject({ a: '1' }))).not.toBe(group);
  });
});
