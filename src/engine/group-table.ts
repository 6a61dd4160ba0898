import type { LabelSet } from '../domain/labels/index.js';
import type { Route } from '../domain/route/index.js';
import type { Group } from './group.js';
import { SmallMap } from './small-map.js';

/**
 * All groups. That of an alert below a route is found by the values of `group_by`, one after another, so that finding and opening
 * it needs no key: writing that down takes longer than all else that a new alert asks for.
 *
 * Keeps: `group.isListed` exactly for those that are in here.
 */
export class GroupTable {
  readonly #byRoute = new Map<Route, Level>();
  /** Those whose labels another configuration has chosen: no alert belongs to them any more. */
  readonly #strays = new Set<Group>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** In no order. */
  *values(): IterableIterator<Group> {
    for (const level of this.#byRoute.values()) yield* groupsBelow(level);
    yield* this.#strays;
  }

  /** The group below a route that such labels belong to, opened if there is none. */
  groupOf(route: Route, labels: LabelSet, open: () => Group): Group {
    const level = this.#lastLevel(route, labels);
    const value = lastValue(route, labels);
    const found = level.get(value);
    // The last level has groups alone.
    if (found) return found as Group;
    const group = open();
    level.set(value, group);
    this.#count(group);
    return group;
  }

  /** One that has found its route under another configuration. */
  add(group: Group): void {
    const { route, labels } = group;
    if (isGroupedBy(route, labels)) this.#lastLevel(route, labels).set(lastValue(route, labels), group);
    else this.#strays.add(group);
    this.#count(group);
  }

  remove(group: Group): void {
    if (!group.isListed) return;
    group.isListed = false;
    this.#size--;
    if (this.#strays.delete(group)) return;
    const { route } = group;
    const level = this.#byRoute.get(route);
    if (level && removeBelow(level, group, 0)) this.#byRoute.delete(route);
  }

  clear(): void {
    for (const group of this.values()) group.isListed = false;
    this.#size = 0;
    this.#byRoute.clear();
    this.#strays.clear();
  }

  /** Where the last value leads to the group. */
  #lastLevel(route: Route, labels: LabelSet): Level {
    let level = this.#byRoute.get(route);
    if (!level) this.#byRoute.set(route, (level = new SmallMap()));
    const names = namesOf(route);
    for (let i = 0; i < names.length - 1; i++) {
      const value = labels.get(names[i] as string);
      let next = level.get(value);
      if (!next) level.set(value, (next = new SmallMap()));
      // Only the last level has groups.
      level = next as Level;
    }
    return level;
  }

  #count(group: Group): void {
    group.isListed = true;
    this.#size++;
  }
}

/** By the value of one label. A label that is not there has none, which is the same as an empty one. */
type Level = SmallMap<string, Level | Group>;

const isGroupedBy = ({ groupBy }: Route, { names }: LabelSet): boolean =>
  groupBy === '...' || names.every((name) => groupBy.includes(name));

/** None where every label counts. */
const namesOf = ({ groupBy }: Route): readonly string[] => (groupBy === '...' ? [] : groupBy);

/** Where every label counts each alert is a group of its own. */
function lastValue({ groupBy }: Route, labels: LabelSet): string {
  if (groupBy === '...') return labels.fingerprint;
  return groupBy.length === 0 ? '' : labels.get(groupBy[groupBy.length - 1] as string);
}

function* groupsBelow(level: Level): IterableIterator<Group> {
  for (const [, next] of level.entries())
    if (next instanceof SmallMap) yield* groupsBelow(next);
    else yield next;
}

/** Whether the level is empty then. */
function removeBelow(level: Level, group: Group, depth: number): boolean {
  const { route, source } = group;
  const names = namesOf(route);
  const value = depth < names.length - 1 ? source.get(names[depth] as string) : lastValue(route, source);
  const next = level.get(value);
  const isEmpty = next instanceof SmallMap ? removeBelow(next, group, depth + 1) : next === group;
  if (isEmpty) level.delete(value);
  return level.size === 0;
}
