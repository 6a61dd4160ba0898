import { type LabelSet, compareBytes, compareLabelSets } from '../labels/index.js';
import type { Alert } from './alert.js';

type Labelled = Pick<Alert, 'labels'>;

/**
 * In the order of notifications and group listings: by job, then instance (who has the label first), then labels.
 *
 * Jobs and instances are few, so the alerts are put together by them first, and of each only its kinds are compared.
 */
export function sortForNotification<T>(items: Iterable<T>, alertOf: (item: T) => Labelled): T[] {
  const labelsOf = (item: T): LabelSet => alertOf(item).labels;
  return bucketsBy(items, (item) => labelsOf(item).get('job'))
    .flatMap((sameJob) => bucketsBy(sameJob, (item) => labelsOf(item).get('instance')))
    .flatMap((samePlace) => samePlace.sort((a, b) => compareLabelSets(labelsOf(a), labelsOf(b))));
}

function bucketsBy<T>(items: Iterable<T>, valueOf: (item: T) => string): T[][] {
  const buckets = new Map<string, T[]>();
  for (const item of items) {
    const value = valueOf(item);
    const bucket = buckets.get(value);
    if (bucket) bucket.push(item);
    else buckets.set(value, [item]);
  }
  return [...buckets].sort(([a], [b]) => comparePresent(a, b)).map(([, bucket]) => bucket);
}

function comparePresent(a: string, b: string): number {
  if (a === '') return 1;
  return b === '' ? -1 : compareBytes(a, b);
}
