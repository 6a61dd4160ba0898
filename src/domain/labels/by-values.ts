import type { LabelSet } from './label-set.js';
import { SmallMap } from './small-map.js';

/**
 * Finds things by the values that label sets have under some names, or under all. A label that is not there has no value, which is
 * the same as an empty one.
 *
 * The values lead from map to map, one after another: they are texts that the engine has met before, while a text made of them would
 * have to be written, hashed and compared anew each time.
 */
export class ByValues<T extends object> {
  readonly #names: readonly string[];
  readonly #areAll: boolean;
  readonly #first: Level<T> = new SmallMap();

  /** `make` is told labels for which there is nothing yet. */
  constructor(
    names: readonly string[] | '...',
    private readonly make: (labels: LabelSet) => T,
  ) {
    this.#areAll = names === '...';
    this.#names = names === '...' ? [] : names;
  }

  get isEmpty(): boolean {
    return this.#first.size === 0;
  }

  get(labels: LabelSet): T | undefined {
    let level: Level<T> | undefined = this.#first;
    for (let i = 0; i < this.#names.length - 1 && level; i++)
      // Only the last level has things.
      level = level.get(labels.get(this.#names[i] as string)) as Level<T> | undefined;
    return level?.get(this.#lastValue(labels)) as T | undefined;
  }

  getOrMake(labels: LabelSet): T {
    const level = this.#lastLevel(labels);
    const value = this.#lastValue(labels);
    const found = level.get(value);
    if (found) return found as T;
    const made = this.make(labels);
    level.set(value, made);
    return made;
  }

  set(labels: LabelSet, thing: T): void {
    this.#lastLevel(labels).set(this.#lastValue(labels), thing);
  }

  delete(labels: LabelSet): void {
    this.#deleteBelow(this.#first, labels, 0);
  }

  /** In no order. */
  values(): IterableIterator<T> {
    return thingsBelow(this.#first);
  }

  /** Made as far as it is not there. */
  #lastLevel(labels: LabelSet): Level<T> {
    let level = this.#first;
    for (let i = 0; i < this.#names.length - 1; i++) {
      const value = labels.get(this.#names[i] as string);
      let next = level.get(value);
      if (!next) level.set(value, (next = new SmallMap()));
      level = next as Level<T>;
    }
    return level;
  }

  #lastValue(labels: LabelSet): string {
    if (this.#areAll) return labels.fingerprint;
    const names = this.#names;
    return names.length === 0 ? '' : labels.get(names[names.length - 1] as string);
  }

  /** Leaves no empty level. */
  #deleteBelow(level: Level<T>, labels: LabelSet, depth: number): void {
    if (depth >= this.#names.length - 1) {
      level.delete(this.#lastValue(labels));
      return;
    }
    const value = labels.get(this.#names[depth] as string);
    const next = level.get(value) as Level<T> | undefined;
    if (!next) return;
    this.#deleteBelow(next, labels, depth + 1);
    if (next.size === 0) level.delete(value);
  }
}

type Level<T extends object> = SmallMap<string, Level<T> | T>;

function* thingsBelow<T extends object>(level: Level<T>): IterableIterator<T> {
  for (const [, next] of level.entries())
    if (next instanceof SmallMap) yield* thingsBelow(next as Level<T>);
    else yield next;
}
