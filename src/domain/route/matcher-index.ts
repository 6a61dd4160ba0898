import { type LabelSet, sharedName } from '../labels/index.js';
import { type Heads, type Matcher, headOf, headsOf } from '../matcher/index.js';

/**
 * Narrows a list of things with matchers (child routes, rules) down to those that may match a label set.
 *
 * Each is filed under the values of one of its matchers, or under how they begin: of that which it has in common with the fewest
 * others. What has none is a candidate always.
 * Keeps: candidates come in the order of the list, and whatever matches is among them. Whether they match is for the caller to ask.
 */
export class MatcherIndex<T> {
  /** Of all that is kept none is empty: a list that never held anything is of another kind to the engine. */
  #tables: Table<T>[] | undefined;
  #rest: Filed<T> | undefined;

  constructor(items: readonly T[], matchersOf: (item: T) => readonly Matcher[]) {
    const choices = items.map((item) => ({ item, heads: matchersOf(item).map(headsOf).filter(isKnown) }));
    const crowds = countHeads(choices.flatMap(({ heads }) => heads));
    choices.forEach(({ item, heads }, position) => this.#file(item, position, leastCrowded(heads, crowds)));
  }

  /** How many are candidates always. */
  get restCount(): number {
    return this.#rest?.items.length ?? 0;
  }

  candidates(labels: LabelSet): readonly T[] {
    let found = this.#rest;
    if (this.#tables)
      for (const { name, length, byHead } of this.#tables) {
        const hits = byHead.get(headOf(labels.get(name), length));
        if (hits) found = found ? found.mergedWith(hits) : hits;
      }
    return found ? found.items : NOTHING;
  }

  #file(item: T, position: number, heads: KnownHeads | undefined): void {
    if (!heads) {
      this.#rest ??= new Filed();
      this.#rest.add(item, position);
      return;
    }
    const { byHead } = this.#tableFor(heads);
    for (const text of heads.texts) {
      let filed = byHead.get(text);
      if (!filed) byHead.set(text, (filed = new Filed()));
      filed.add(item, position);
    }
  }

  #tableFor({ name, length }: Heads): Table<T> {
    const known = this.#tables?.find((table) => table.name === name && table.length === length);
    if (known) return known;
    const table = { name: sharedName(name), length, byHead: new Map<string, Filed<T>>() };
    if (this.#tables) this.#tables.push(table);
    else this.#tables = [table];
    return table;
  }
}

const NOTHING: readonly never[] = [];

interface Table<T> {
  readonly name: string;
  readonly length: number;
  readonly byHead: Map<string, Filed<T>>;
}

/** Some of the list, in its order. */
class Filed<T> {
  readonly items: T[] = [];
  readonly #positions: number[] = [];

  add(item: T, position: number): void {
    this.items.push(item);
    this.#positions.push(position);
  }

  /** Nothing is filed in both. */
  mergedWith(other: Filed<T>): Filed<T> {
    const merged = new Filed<T>();
    let [mine, others] = [0, 0];
    while (mine < this.items.length || others < other.items.length) {
      const isMine = (this.#positions[mine] ?? Infinity) < (other.#positions[others] ?? Infinity);
      const from = isMine ? this : other;
      const place = isMine ? mine++ : others++;
      merged.add(from.items[place] as T, from.#positions[place] as number);
    }
    return merged;
  }
}

type KnownHeads = Heads & { readonly texts: readonly string[] };

const isKnown = (heads: Heads): heads is KnownHeads => heads.texts !== undefined;

/** How many of the list have each. */
type Crowds = ReadonlyMap<string, number>;

function countHeads(all: readonly KnownHeads[]): Crowds {
  const crowds = new Map<string, number>();
  for (const heads of all)
    for (const text of heads.texts) {
      const key = crowdKey(heads, text);
      crowds.set(key, (crowds.get(key) ?? 0) + 1);
    }
  return crowds;
}

const crowdKey = ({ name, length }: Heads, text: string): string => `${name} ${length} ${text}`;

/** Of equals the first. */
function leastCrowded(all: readonly KnownHeads[], crowds: Crowds): KnownHeads | undefined {
  let best: KnownHeads | undefined;
  let fewest = Infinity;
  for (const heads of all) {
    const crowd = heads.texts.reduce((sum, text) => sum + (crowds.get(crowdKey(heads, text)) ?? 0), 0);
    if (crowd >= fewest) continue;
    fewest = crowd;
    best = heads;
  }
  return best;
}
