import type { LabelSet } from '../domain/labels/index.js';
import type { Route } from '../domain/route/index.js';
import type { Group } from './group.js';

/**
 * Finds the group of an alert below a route by the values of `group_by`, without making its key: writing that down takes longer
 * than all else that a new alert of a known group needs.
 *
 * Bound: one entry for each open group of a route that groups by a list. Where each alert is a group of its own there is
 * nothing to be found.
 */
export class GroupsByLabels {
  readonly #byRoute = new Map<Route, Map<string, Group>>();

  find(route: Route, labels: LabelSet): Group | undefined {
    const groups = this.#byRoute.get(route);
    return groups && route.groupBy !== '...' ? groups.get(valuesOf(route.groupBy, labels)) : undefined;
  }

  add(group: Group): void {
    const { route } = group;
    if (route.groupBy === '...' || group.isClosed) return;
    let groups = this.#byRoute.get(route);
    if (!groups) this.#byRoute.set(route, (groups = new Map()));
    groups.set(valuesOf(route.groupBy, group.labels), group);
  }

  remove(group: Group): void {
    const { route } = group;
    if (route.groupBy === '...') return;
    const groups = this.#byRoute.get(route);
    const values = valuesOf(route.groupBy, group.labels);
    if (groups?.get(values) !== group) return;
    groups.delete(values);
    if (groups.size === 0) this.#byRoute.delete(route);
  }
}

/** Lengths make it unambiguous; a label that is not there has no value, and none has an empty one. */
function valuesOf(groupBy: readonly string[], labels: LabelSet): string {
  if (groupBy.length === 1) return labels.get(groupBy[0] as string);
  let values = '';
  for (const name of groupBy) {
    const value = labels.get(name);
    values += `${value.length}:${value}`;
  }
  return values;
}
