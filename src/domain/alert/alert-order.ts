import { type LabelSet, compareBytes, compareLabelSets } from '../labels/index.js';
import type { Alert } from './alert.js';

type Labelled = Pick<Alert, 'labels'>;

/** Work that can rest between two of its steps, each of which takes a millisecond or two. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** So many alerts: they lie far apart in memory, and to fetch them takes longer than to compare them. */
const STEP = 500;

/** In the order of notifications and group listings: by job, then instance (who has the label first), then labels. */
export function sortForNotification<T>(items: Iterable<T>, alertOf: (item: T) => Labelled): T[] {
  const steps = sortInSteps(items, alertOf);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * The same, step by step. Nothing may come or go meanwhile.
 *
 * Jobs and instances are few, so the alerts are put together by them first, and of each only its kinds are compared.
 */
export function* sortInSteps<T>(items: Iterable<T>, alertOf: (item: T) => Labelled): Steps<T[]> {
  const labelsOf = (item: T): LabelSet => alertOf(item).labels;
  const compare = (a: T, b: T): number => compareLabelSets(labelsOf(a), labelsOf(b));
  const jobs = yield* byJobAndInstance(items, labelsOf);
  const sorted: T[] = [];
  let before = 0;
  for (const instances of inOrder(jobs))
    for (const samePlace of inOrder(instances)) {
      for (const item of yield* mergeSort(samePlace, compare)) sorted.push(item);
      if (sorted.length - before < STEP) continue;
      before = sorted.length;
      yield;
    }
  return sorted;
}

type Places<T> = Map<string, Map<string, T[]>>;

function* byJobAndInstance<T>(items: Iterable<T>, labelsOf: (item: T) => LabelSet): Steps<Places<T>> {
  const jobs: Places<T> = new Map();
  let count = 0;
  for (const item of items) {
    place(jobs, item, labelsOf(item));
    if (++count % STEP === 0) yield;
  }
  return jobs;
}

function place<T>(jobs: Places<T>, item: T, labels: LabelSet): void {
  const [job, instance] = [labels.get('job'), labels.get('instance')];
  let instances = jobs.get(job);
  if (!instances) jobs.set(job, (instances = new Map()));
  const samePlace = instances.get(instance);
  if (samePlace) samePlace.push(item);
  else instances.set(instance, [item]);
}

const inOrder = <T>(byValue: ReadonlyMap<string, T>): T[] =>
  [...byValue].sort(([a], [b]) => comparePresent(a, b)).map(([, item]) => item);

function comparePresent(a: string, b: string): number {
  if (a === '') return 1;
  return b === '' ? -1 : compareBytes(a, b);
}

type Compare<T> = (a: T, b: T) => number;

function* mergeSort<T>(items: T[], compare: Compare<T>): Steps<T[]> {
  if (items.length <= STEP) return items.sort(compare);
  const middle = Math.ceil(items.length / 2);
  const low = yield* mergeSort(items.slice(0, middle), compare);
  yield;
  const high = yield* mergeSort(items.slice(middle), compare);
  yield;
  return yield* merge(low, high, compare);
}

function* merge<T>(low: readonly T[], high: readonly T[], compare: Compare<T>): Steps<T[]> {
  const merged: T[] = [];
  let h = 0;
  for (const item of low) {
    for (; h < high.length && compare(high[h] as T, item) < 0; h++) merged.push(high[h] as T);
    merged.push(item);
    if (merged.length % STEP === 0) yield;
  }
  return merged.concat(high.slice(h));
}
