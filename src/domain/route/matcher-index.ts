import { type LabelSet, sharedName } from '../labels/index.js';
import type { Matcher } from '../matcher/index.js';

/**
 * Narrows a list of things with matchers (child routes, rules) down to those that may match a label set.
 *
 * Each is filed under the values of one of its literal matchers; what has none is a candidate always.
 * Keeps: candidates come in the order of the list, and whatever matches is among them. Whether they match is for the caller to ask.
 */
export class MatcherIndex<T> {
  /** Label name, then value. */
  readonly #byLabel = new Map<string, Map<string, Filed<T>>>();
  #rest: Filed<T> | undefined;

  constructor(items: readonly T[], matchersOf: (item: T) => readonly Matcher[]) {
    items.forEach((item, position) => this.#file(item, position, mostSelective(matchersOf(item))));
  }

  /** How many are candidates always. */
  get restCount(): number {
    return this.#rest?.items.length ?? 0;
  }

  candidates(labels: LabelSet): readonly T[] {
    let found = this.#rest;
    for (const [name, byValue] of this.#byLabel) {
      const hits = byValue.get(labels.get(name));
      if (hits) found = found ? found.mergedWith(hits) : hits;
    }
    return found ? found.items : NOTHING;
  }

  #file(item: T, position: number, matcher: Matcher | undefined): void {
    if (!matcher?.literals) {
      this.#rest = fileUnder(this.#rest, item, position);
      return;
    }
    let byValue = this.#byLabel.get(matcher.name);
    if (!byValue) this.#byLabel.set(sharedName(matcher.name), (byValue = new Map()));
    for (const value of new Set(matcher.literals)) byValue.set(value, fileUnder(byValue.get(value), item, position));
  }
}

const NOTHING: readonly never[] = [];

/** Some of the list, in its order, and at least one: lists that begin with nothing in them are of another kind to the engine. */
class Filed<T> {
  readonly items: T[];
  readonly #positions: number[];

  constructor(item: T, position: number) {
    this.items = [item];
    this.#positions = [position];
  }

  add(item: T, position: number): void {
    this.items.push(item);
    this.#positions.push(position);
  }

  /** Nothing is filed in both. */
  mergedWith(other: Filed<T>): Filed<T> {
    let merged: Filed<T> | undefined;
    let [mine, others] = [0, 0];
    while (mine < this.items.length || others < other.items.length) {
      const isMine = (this.#positions[mine] ?? Infinity) < (other.#positions[others] ?? Infinity);
      const from = isMine ? this : other;
      const place = isMine ? mine++ : others++;
      merged = fileUnder(merged, from.items[place] as T, from.#positions[place] as number);
    }
    // Each has at least one.
    return merged as Filed<T>;
  }
}

function fileUnder<T>(filed: Filed<T> | undefined, item: T, position: number): Filed<T> {
  if (!filed) return new Filed(item, position);
  filed.add(item, position);
  return filed;
}

/** The matcher with the fewest accepted values; of equals the first. */
function mostSelective(matchers: readonly Matcher[]): Matcher | undefined {
  let best: Matcher | undefined;
  for (const matcher of matchers) {
    if (!matcher.literals) continue;
    if (!best?.literals || matcher.literals.length < best.literals.length) best = matcher;
  }
  return best;
}
