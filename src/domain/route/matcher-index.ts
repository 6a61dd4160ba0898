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
  /** Of all that is kept none is empty: a list that never held anything is of another kind to the engine. */
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
      this.#rest ??= new Filed();
      this.#rest.add(item, position);
      return;
    }
    let byValue = this.#byLabel.get(matcher.name);
    if (!byValue) this.#byLabel.set(sharedName(matcher.name), (byValue = new Map()));
    for (const value of new Set(matcher.literals)) {
      let filed = byValue.get(value);
      if (!filed) byValue.set(value, (filed = new Filed()));
      filed.add(item, position);
    }
  }
}

const NOTHING: readonly never[] = [];

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

/** The matcher with the fewest accepted values; of equals the first. */
function mostSelective(matchers: readonly Matcher[]): Matcher | undefined {
  let best: Matcher | undefined;
  for (const matcher of matchers) {
    if (!matcher.literals) continue;
    if (!best?.literals || matcher.literals.length < best.literals.length) best = matcher;
  }
  return best;
}
