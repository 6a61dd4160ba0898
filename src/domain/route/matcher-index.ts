import { type LabelSet, sharedName } from '../labels/index.js';
import type { Matcher } from '../matcher/index.js';

/**
 * Narrows a list of things with matchers (child routes, rules) down to those that may match a label set.
 *
 * Each is filed under the values of one of its literal matchers; what has none is a candidate always.
 * Keeps: candidates come in the order of the list, and whatever matches is among them. Whether they match is for the caller to ask.
 */
export class MatcherIndex<T> {
  readonly #items: readonly T[];
  /** Label name, then value, to ascending positions. */
  readonly #byLabel = new Map<string, Map<string, number[]>>();
  readonly #rest: number[] = [];

  constructor(items: readonly T[], matchersOf: (item: T) => readonly Matcher[]) {
    this.#items = items;
    items.forEach((item, position) => this.#file(position, mostSelective(matchersOf(item))));
  }

  candidates(labels: LabelSet): readonly T[] {
    if (this.#byLabel.size === 0) return this.#items;
    const positions = this.#positions(labels);
    return positions.map((position) => this.#items[position] as T);
  }

  #positions(labels: LabelSet): readonly number[] {
    let found = this.#rest;
    let merged = false;
    for (const [name, byValue] of this.#byLabel) {
      const hits = byValue.get(labels.get(name));
      if (!hits) continue;
      merged ||= found.length > 0;
      found = found.length === 0 ? hits : [...found, ...hits];
    }
    return merged ? found.sort(ascending) : found;
  }

  #file(position: number, matcher: Matcher | undefined): void {
    if (!matcher?.literals) {
      this.#rest.push(position);
      return;
    }
    let byValue = this.#byLabel.get(matcher.name);
    if (!byValue) this.#byLabel.set(sharedName(matcher.name), (byValue = new Map()));
    for (const value of new Set(matcher.literals)) {
      const positions = byValue.get(value);
      if (positions) positions.push(position);
      else byValue.set(value, [position]);
    }
  }
}

const ascending = (a: number, b: number): number => a - b;

/** The matcher with the fewest accepted values; of equals the first. */
function mostSelective(matchers: readonly Matcher[]): Matcher | undefined {
  let best: Matcher | undefined;
  for (const matcher of matchers) {
    if (!matcher.literals) continue;
    if (!best?.literals || matcher.literals.length < best.literals.length) best = matcher;
  }
  return best;
}
