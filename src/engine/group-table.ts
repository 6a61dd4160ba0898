import { ByValues, type LabelSet } from '../domain/labels/index.js';
import type { Route } from '../domain/route/index.js';
import type { Instant } from '../domain/time/index.js';
import { Group } from './group.js';

/**
 * All groups. That of an alert below a route is found by the values of `group_by`, so that finding and opening it needs no key:
 * writing that down takes longer than all else that a new alert asks for.
 *
 * Keeps: `group.isListed` exactly for those that are in here.
 */
export class GroupTable {
  readonly #byRoute = new Map<Route, ByValues<Group>>();
  /** Those whose labels another configuration has chosen: no alert belongs to them any more. */
  readonly #strays = new Set<Group>();
  #size = 0;

  constructor(private readonly onDue: (group: Group, now: Instant) => void) {}

  get size(): number {
    return this.#size;
  }

  /** In no order. */
  *values(): IterableIterator<Group> {
    for (const groups of this.#byRoute.values()) yield* groups.values();
    yield* this.#strays;
  }

  /** The group below a route that such labels belong to, made if there is none. */
  groupOf(route: Route, labels: LabelSet): Group {
    const group = this.#below(route).getOrMake(labels);
    if (!group.isListed) this.#count(group);
    return group;
  }

  /** One that has found its route under another configuration. */
  add(group: Group): void {
    const { route, labels } = group;
    if (isGroupedBy(route, labels)) this.#below(route).set(labels, group);
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
    groups.delete(source);
    if (groups.isEmpty) this.#byRoute.delete(route);
  }

  clear(): void {
    for (const group of this.values()) group.isListed = false;
    this.#size = 0;
    this.#byRoute.clear();
    this.#strays.clear();
  }

  #below(route: Route): ByValues<Group> {
    let groups = this.#byRoute.get(route);
    if (groups) return groups;
    groups = new ByValues(route.groupBy, (labels) => new Group(route, labels, this.onDue));
    this.#byRoute.set(route, groups);
    return groups;
  }

  #count(group: Group): void {
    group.isListed = true;
    this.#size++;
  }
}

const isGroupedBy = ({ groupBy }: Route, { names }: LabelSet): boolean =>
  groupBy === '...' || names.every((name) => groupBy.includes(name));
