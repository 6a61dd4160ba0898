import type { LabelSet } from '../labels/index.js';
import { type Heads, type Matcher, headOf, headsOf } from '../matcher/index.js';

/**
 * Things with matchers, found by the labels that they could match.
 *
 * Each stands in one place: under the values of the literal matcher, or under how the values of an expression begin, whichever
 * has the fewest others there; else under a label that must be there, else in the rest that everybody has to try.
 *
 * Keeps: what matches a label set is visited for it, once.   Bound: one reference for each thing and literal or beginning.
 */
export interface Placed {
  readonly matchers: readonly Matcher[];
  /** Where it stands; undefined: in the rest. MatcherBuckets alone reads and writes it. */
  place: Heads | undefined;
}

/** Of a label: what is found by so many of the first characters of its values. */
interface Table<T> {
  readonly length: number;
  readonly byHead: Map<string, T[]>;
}

export class MatcherBuckets<T extends Placed> {
  readonly #tables = new Map<string, Table<T>[]>();
  readonly #byName = new Map<string, T[]>();
  readonly #rest: T[] = [];

  add(item: T): void {
    const place = (item.place = this.#choosePlace(item.matchers));
    if (place === undefined) this.#rest.push(item);
    else if (place.texts === undefined) push(this.#byName, place.name, item);
    else {
      const { byHead } = this.#tableAt(place) ?? this.#addTable(place);
      for (const head of place.texts) push(byHead, head, item);
    }
  }

  remove(item: T): void {
    const { place } = item;
    if (place === undefined) drop(this.#rest, item);
    else if (place.texts === undefined) dropFrom(this.#byName, place.name, item);
    else {
      const table = this.#tableAt(place) as Table<T>;
      for (const head of place.texts) dropFrom(table.byHead, head, item);
      if (table.byHead.size === 0) dropFrom(this.#tables, place.name, table);
    }
  }

  visit({ names, values }: LabelSet, visit: (item: T) => void): void {
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      const tables = this.#tables.get(name);
      if (tables)
        for (const { length, byHead } of tables) visitAll(byHead.get(headOf(values[i] as string, length)), visit);
      visitAll(this.#byName.get(name), visit);
    }
    visitAll(this.#rest, visit);
  }

  #tableAt({ name, length }: Heads): Table<T> | undefined {
    return this.#tables.get(name)?.find((table) => table.length === length);
  }

  #addTable({ name, length }: Heads): Table<T> {
    const table = { length, byHead: new Map<string, T[]>() };
    push(this.#tables, name, table);
    return table;
  }

  /** A matcher that accepts the absent label cannot be looked up by the labels that are there. */
  #choosePlace(matchers: readonly Matcher[]): Heads | undefined {
    let best: Heads | undefined;
    let fewest = Infinity;
    for (const matcher of matchers) {
      if (matcher.matches('')) continue;
      const place = headsOf(matcher);
      const crowd = place.texts ? this.#crowdAt(place, place.texts) : Number.MAX_SAFE_INTEGER;
      if (crowd >= fewest) continue;
      fewest = crowd;
      best = place;
    }
    return best;
  }

  #crowdAt(place: Heads, texts: readonly string[]): number {
    const table = this.#tableAt(place);
    let crowd = texts.length;
    if (table) for (const head of texts) crowd += table.byHead.get(head)?.length ?? 0;
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
