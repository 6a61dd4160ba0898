import type { Alert } from '../../domain/alert/index.js';
import { LabelSet } from '../../domain/labels/index.js';

/** What all alerts share, value for value. */
export function commonOf(alerts: readonly Alert[], pick: (alert: Alert) => LabelSet): LabelSet {
  const [first, ...rest] = alerts;
  if (!first) return LabelSet.EMPTY;
  let common = pick(first);
  for (const alert of rest) {
    if (common.size === 0) return common;
    const other = pick(alert);
    if (!sharesAll(common, other))
      common = common.filter((name, value) => other.has(name) && other.get(name) === value);
  }
  return common;
}

function sharesAll({ names, values }: LabelSet, other: LabelSet): boolean {
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    if (other.get(name) !== values[i] || !other.has(name)) return false;
  }
  return true;
}
