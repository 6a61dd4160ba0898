import type { LabelSet } from '../domain/labels/index.js';
import type { Route } from '../domain/route/index.js';
import type { Group } from './group.js';
import { SmallMap } from './small-map.js';

/**
 * All groups. That of an alert below a route is found by the values of `group_by`, so that finding and opening it needs no key:
 * writing that down takes longer than all else that a new alert asks for.
 *
 * Keeps: `group.isListed` exactly for those that are in here.
 */
export class GroupTable {
  readonly #byRoute = new Map<Route, SmallMap<string, Group>>();
  /** Those whose labels another configuration has chosen: no alert belongs to them any more. */
  readonly #strays = new Set<Group>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** In no order. */
  *values(): IterableIterator<Group> {
    for (const groups of this.#byRoute.values()) for (const [, group] of groups.entries()) yield group;
    yield* this.#strays;
  }

  /** The group below a route that such labels belong to, opened if there is none. */
  groupOf(route: Route, labels: LabelSet, open: () => Group): Group {
    const groups = this.#below(route);
    const values = valuesOf(route, labels);
    const found = groups.get(values);
    if (found) return found;
    const group = open();
    groups.set(values, group);
    this.#count(group);
    return group;
  }

  /** One that has found its route under another configuration. */
  add(group: Group): void {
    const { route, labels } = group;
    if (isGroupedBy(route, labels)) this.#below(route).set(valuesOf(route, labels), group);
    else this.#strays.add(group);
    this.#count(group);
  }

  remove(group: Group): void {
    if (!group.isListed) return;
    group.isListed = false;
    this.#size--;
    if (this.#strays.delete(group)) return;
    const { route, source } = group;
    const groups = this.#below(route);
    groups.delete(valuesOf(route, source));
    if (groups.size === 0) this.#byRoute.delete(route);
  }

  clear(): void {
    for (const group of this.values()) group.isListed = false;
    this.#size = 0;
    this.#byRoute.clear();
    this.#strays.clear();
  }

  #count(group: Group): void {
    group.isListed = true;
    this.#size++;
  }

  #below(route: Route): SmallMap<string, Group> {
    let groups = this.#byRoute.get(route);
    if (!groups) this.#byRoute.set(route, (groups = new SmallMap()));
    return groups;
  }
}

const isGroupedBy = ({ groupBy }: Route, { names }: LabelSet): boolean =>
  groupBy === '...' || names.every((name) => groupBy.includes(name));

/** Lengths make it unambiguous; a label that is not there has no value, and none has an empty one. */
function valuesOf({ groupBy }: Route, labels: LabelSet): string {
  // Where every label counts each alert is a group of its own.
  if (groupBy === '...') return labels.fingerprint;
  if (groupBy.length === 1) return labels.get(groupBy[0] as string);
  let values = '';
  for (const name of groupBy) {
    const value = labels.get(name);
    values += `${value.length}:${value}`;
  }
  return values;
}
