import type { LabelSet } from '../labels/index.js';
import type { Matcher } from '../matcher/index.js';

/**
 * Things with matchers, found by the labels that they could match.
 *
 * Each stands in one place: under the values of its most selective literal matcher (the one whose values hold the fewest
 * others), else under a label that must be there, else in the rest that everybody has to try.
 *
 * Keeps: what matches a label set is visited for it.   Bound: one reference for each thing and literal.
 */
export interface HasMatchers {
  readonly matchers: readonly Matcher[];
}

interface Place {
  readonly name: string;
  /** Undefined: under the name alone. */
  readonly values: readonly string[] | undefined;
}

export class MatcherBuckets<T extends HasMatchers> {
  readonly #places = new Map<T, Place | undefined>();
  readonly #byValue = new Map<string, Map<string, T[]>>();
  readonly #byName = new Map<string, T[]>();
  readonly #rest: T[] = [];

  add(item: T): void {
    const place = this.#choosePlace(item.matchers);
    this.#places.set(item, place);
    if (place === undefined) this.#rest.push(item);
    else if (place.values === undefined) push(this.#byName, place.name, item);
    else {
      const byValue = this.#valuesOf(place.name);
      for (const value of place.values) push(byValue, value, item);
    }
  }

  #valuesOf(name: string): Map<string, T[]> {
    const known = this.#byValue.get(name);
    if (known) return known;
    const added = new Map<string, T[]>();
    this.#byValue.set(name, added);
    return added;
  }

  remove(item: T): void {
    const place = this.#places.get(item);
    this.#places.delete(item);
    if (place === undefined) drop(this.#rest, item);
    else if (place.values === undefined) dropFrom(this.#byName, place.name, item);
    else {
      const byValue = this.#byValue.get(place.name);
      for (const value of place.values) dropFrom(byValue, value, item);
      if (byValue?.size === 0) this.#byValue.delete(place.name);
    }
  }

  visit({ names, values }: LabelSet, visit: (item: T) => void): void {
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      visitAll(this.#byValue.get(name)?.get(values[i] as string), visit);
      visitAll(this.#byName.get(name), visit);
    }
    visitAll(this.#rest, visit);
  }

  /** A matcher that accepts the absent label cannot be looked up by the labels that are there. */
  #choosePlace(matchers: readonly Matcher[]): Place | undefined {
    let best: Place | undefined;
    let fewest = Infinity;
    for (const matcher of matchers) {
      if (matcher.matches('')) continue;
      const { name, literals } = matcher;
      const crowd = literals ? this.#crowdUnder(name, literals) : Number.MAX_SAFE_INTEGER;
      if (crowd >= fewest) continue;
      fewest = crowd;
      best = { name, values: literals };
    }
    return best;
  }

  #crowdUnder(name: string, values: readonly string[]): number {
    const byValue = this.#byValue.get(name);
    let crowd = values.length;
    if (byValue) for (const value of values) crowd += byValue.get(value)?.length ?? 0;
    return crowd;
  }
}

function visitAll<T>(items: readonly T[] | undefined, visit: (item: T) => void): void {
  if (items === undefined) return;
  for (let i = 0; i < items.length; i++) visit(items[i] as T);
}

function push<T>(buckets: Map<string, T[]>, key: string, item: T): void {
  const bucket = buckets.get(key);
  if (bucket) bucket.push(item);
  else buckets.set(key, [item]);
}

function dropFrom<T>(buckets: Map<string, T[]> | undefined, key: string, item: T): void {
  const bucket = buckets?.get(key);
  if (!bucket) return;
  drop(bucket, item);
  if (bucket.length === 0) buckets?.delete(key);
}

/** The last one takes the free place. */
function drop<T>(items: T[], item: T): void {
  const at = items.indexOf(item);
  if (at < 0) return;
  const last = items.pop() as T;
  if (at < items.length) items[at] = last;
}
