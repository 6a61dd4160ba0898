import type { LabelSet } from '../labels/index.js';
import type { Matcher } from '../matcher/index.js';

/**
 * Things with matchers, found by the labels that they could match.
 *
 * Each stands in one place: under the values of the literal matcher, or under how the values of an expression begin, whichever
 * has the fewest others there; else under a label that must be there, else in the rest that everybody has to try.
 *
 * Keeps: what matches a label set is visited for it, once.   Bound: one reference for each thing and literal or beginning.
 */
export interface HasMatchers {
  readonly matchers: readonly Matcher[];
}

interface Place {
  readonly name: string;
  /** What stands in it looks at so many of a value's first characters. */
  readonly length: number;
  /** Undefined: under the name alone. */
  readonly heads: readonly string[] | undefined;
}

/** Of a label: what is found by so many of the first characters of its values. */
interface Table<T> {
  readonly length: number;
  readonly byHead: Map<string, T[]>;
}

const WHOLE = Infinity;
/** So many lengths at most have to be looked for. */
const MOST_LENGTH = 32;

export class MatcherBuckets<T extends HasMatchers> {
  readonly #places = new Map<T, Place | undefined>();
  readonly #tables = new Map<string, Table<T>[]>();
  readonly #byName = new Map<string, T[]>();
  readonly #rest: T[] = [];

  add(item: T): void {
    const place = this.#choosePlace(item.matchers);
    this.#places.set(item, place);
    if (place === undefined) this.#rest.push(item);
    else if (place.heads === undefined) push(this.#byName, place.name, item);
    else {
      const { byHead } = this.#tableAt(place) ?? this.#addTable(place);
      for (const head of place.heads) push(byHead, head, item);
    }
  }

  remove(item: T): void {
    const place = this.#places.get(item);
    this.#places.delete(item);
    if (place === undefined) drop(this.#rest, item);
    else if (place.heads === undefined) dropFrom(this.#byName, place.name, item);
    else {
      const table = this.#tableAt(place) as Table<T>;
      for (const head of place.heads) dropFrom(table.byHead, head, item);
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

  #tableAt({ name, length }: Place): Table<T> | undefined {
    return this.#tables.get(name)?.find((table) => table.length === length);
  }

  #addTable({ name, length }: Place): Table<T> {
    const table = { length, byHead: new Map<string, T[]>() };
    push(this.#tables, name, table);
    return table;
  }

  /** A matcher that accepts the absent label cannot be looked up by the labels that are there. */
  #choosePlace(matchers: readonly Matcher[]): Place | undefined {
    let best: Place | undefined;
    let fewest = Infinity;
    for (const matcher of matchers) {
      if (matcher.matches('')) continue;
      const place = placeOf(matcher);
      const crowd = place.heads ? this.#crowdAt(place, place.heads) : Number.MAX_SAFE_INTEGER;
      if (crowd >= fewest) continue;
      fewest = crowd;
      best = place;
    }
    return best;
  }

  #crowdAt(place: Place, heads: readonly string[]): number {
    const table = this.#tableAt(place);
    let crowd = heads.length;
    if (table) for (const head of heads) crowd += table.byHead.get(head)?.length ?? 0;
    return crowd;
  }
}

function placeOf({ name, literals, prefixes }: Matcher): Place {
  if (literals || prefixes.length === 0) return { name, length: WHOLE, heads: literals };
  const length = lengthOfHeads(prefixes);
  return { name, length, heads: [...new Set(prefixes.map((prefix) => headOf(prefix, length)))] };
}

/** Of one thing all are equally long, so that no value leads to it twice. */
const lengthOfHeads = (prefixes: readonly string[]): number =>
  prefixes.reduce((least, { length }) => Math.min(least, length), MOST_LENGTH);

const headOf = (value: string, length: number): string => (length === WHOLE ? value : value.slice(0, length));

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
