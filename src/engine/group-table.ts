import type { LabelSet } from '../domain/labels/index.js';
import type { Route } from '../domain/route/index.js';
import type { Group } from './group.js';

/**
 * All groups. That of an alert below a route is found by the values of `group_by`, so that finding and opening it needs no key:
 * writing that down takes longer than all else that a new alert asks for.
 *
 * Keeps: a group whose labels another configuration has chosen is listed, but no alert finds it.
 */
export class GroupTable {
  readonly #groups = new Set<Group>();
  readonly #byRoute = new Map<Route, Map<string, Group>>();

  get size(): number {
    return this.#groups.size;
  }

  has(group: Group): boolean {
    return this.#groups.has(group);
  }

  /** In the order in which they came. */
  values(): IterableIterator<Group> {
    return this.#groups.values();
  }

  /** The group below a route that such labels belong to, opened if there is none. */
  groupOf(route: Route, labels: LabelSet, open: () => Group): Group {
    const groups = this.#below(route);
    const values = valuesOf(route, labels);
    const found = groups.get(values);
    if (found) return found;
    const group = open();
    this.#groups.add(group);
    groups.set(values, group);
    return group;
  }

  /** One that has found its route under another configuration. */
  add(group: Group): void {
    const { route, labels } = group;
    this.#groups.add(group);
    if (isGroupedBy(route, labels)) this.#below(route).set(valuesOf(route, labels), group);
  }

  remove(group: Group): void {
    const { route } = group;
    const groups = this.#byRoute.get(route);
    const values = valuesOf(route, group.source);
    this.#groups.delete(group);
    if (groups?.get(values) !== group) return;
    groups.delete(values);
    if (groups.size === 0) this.#byRoute.delete(route);
  }

  clear(): void {
    this.#groups.clear();
    this.#byRoute.clear();
  }

  #below(route: Route): Map<string, Group> {
    let groups = this.#byRoute.get(route);
    if (!groups) this.#byRoute.set(route, (groups = new Map()));
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
