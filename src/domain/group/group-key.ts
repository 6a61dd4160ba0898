import { quoteGo } from '../matcher/index.js';
import { LabelSet } from '../labels/index.js';
import type { Route } from '../route/index.js';

/**
 * The labels that name the group of an alert below a route: those of `group_by` that the alert has.
 * What it lacks is left out, which is another group than one with an empty value could be.
 */
export function groupLabels({ groupBy }: Pick<Route, 'groupBy'>, labels: LabelSet): LabelSet {
  if (groupBy === '...') return labels;
  const names: string[] = [];
  const values: string[] = [];
  for (let i = 0; i < labels.size; i++) {
    const name = labels.names[i] as string;
    if (!groupBy.includes(name)) continue;
    names.push(name);
    values.push(labels.values[i] as string);
  }
  // Copies have no room to grow, which nobody needs any more.
  return LabelSet.ofSorted(names.slice(), values.slice());
}

/** `{alertname="X", zone="a"}`: names bare, values quoted as Go quotes. */
export function formatGroupLabels({ names, values }: LabelSet): string {
  let pairs = '';
  for (let i = 0; i < names.length; i++)
    pairs += `${i === 0 ? '' : ', '}${names[i] as string}=${quoteGo(values[i] as string)}`;
  return `{${pairs}}`;
}

/**
 * `{}/{team="db"}:{alertname="X"}`: the identity of a group in the notification log and in payloads.
 * It holds neither the receiver nor the position of the route, so that siblings with the same matchers share it.
 */
export const groupKey = ({ key }: Pick<Route, 'key'>, labels: LabelSet): string =>
  `${key}:${formatGroupLabels(labels)}`;
