import type { Alert } from '../../domain/alert/index.js';
import { LabelSet } from '../../domain/labels/index.js';

/** What all alerts share, value for value. */
export function commonOf(alerts: readonly Alert[], pick: (alert: Alert) => LabelSet): LabelSet {
  const first = alerts[0];
  if (!first) return LabelSet.EMPTY;
  const labels = pick(first);
  if (alerts.length === 1) return labels;
  let shared = labels.names.map((_, place) => place);
  for (let i = 1; i < alerts.length && shared.length > 0; i++) {
    const other = pick(alerts[i] as Alert);
    const isShared = (place: number): boolean => agrees(labels, other, place);
    if (!shared.every(isShared)) shared = shared.filter(isShared);
  }
  if (shared.length === labels.size) return labels;
  return LabelSet.ofSorted(
    shared.map((place) => labels.names[place] as string),
    shared.map((place) => labels.values[place] as string),
  );
}

/** Alerts of one rule have the array of their names in common, and then a name's place is the same in all of them. */
function agrees({ names, values }: LabelSet, other: LabelSet, place: number): boolean {
  if (other.names === names) return other.values[place] === values[place];
  const name = names[place] as string;
  return other.get(name) === values[place] && other.has(name);
}
