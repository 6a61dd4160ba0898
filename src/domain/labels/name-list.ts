import { compareBytes } from './byte-order.js';
import { type MatcherMode, isLabelName } from './validity.js';

/** Names of labels in the order in which they are written, and what it takes to sort them. */
export class NameList {
  readonly sortedNames: readonly string[];
  /** Where each of the sorted names is written. */
  readonly places: readonly number[];
  readonly isSorted: boolean;
  #goodIn: MatcherMode | undefined;

  constructor(readonly names: readonly string[]) {
    this.places = [...names.keys()].sort((a, b) => compareBytes(names[a] as string, names[b] as string));
    this.isSorted = this.places.every((place, i) => place === i);
    this.sortedNames = this.isSorted ? names : this.places.map((place) => names[place] as string);
  }

  sorted(values: string[]): string[] {
    return this.isSorted ? values : taken(values, this.places);
  }

  hasGoodNames(mode: MatcherMode): boolean {
    if (this.#goodIn === mode) return true;
    if (!this.names.every((name) => isLabelName(name, mode))) return false;
    this.#goodIn = mode;
    return true;
  }
}

/**
 * A copy, which has room for so many and no more: a list that grows by `push` has room for seventeen from the first on. Not by
 * `map`: once it is compiled, its lists are of another kind for the engine, which then throws away all that was compiled for
 * the first kind.
 */
function taken(values: readonly string[], places: readonly number[]): string[] {
  const sorted = values.slice();
  for (let i = 0; i < places.length; i++) sorted[i] = values[places[i] as number] as string;
  return sorted;
}

/**
 * The same name in the one text that the engine has for all members of objects: names of labels that were read from JSON are such
 * texts, and two of them are compared at a glance. The object is nobody's.
 */
export const sharedName = (name: string): string => Object.keys({ [name]: 0 })[0] as string;
