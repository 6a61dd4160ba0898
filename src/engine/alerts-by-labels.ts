import type { LabelSet } from '../domain/labels/index.js';
import type { KnownAlert } from './group.js';

/**
 * Finds an alert by its labels without their fingerprint, whose making costs more than all else that a report of a known
 * alert takes.
 *
 * Bound: one entry for each alert; those whose labels have the same hash hang on one another.
 */
export class AlertsByLabels {
  readonly #byHash = new Map<number, KnownAlert>();

  find(labels: LabelSet): KnownAlert | undefined {
    let known = this.#byHash.get(labels.hash);
    while (known && !known.alert.labels.equals(labels)) known = known.sameHash;
    return known;
  }

  add(known: KnownAlert): void {
    const { hash } = known.alert.labels;
    known.sameHash = this.#byHash.get(hash);
    this.#byHash.set(hash, known);
  }

  remove(known: KnownAlert): void {
    const { hash } = known.alert.labels;
    const first = this.#byHash.get(hash);
    if (first !== known) {
      let before = first;
      while (before && before.sameHash !== known) before = before.sameHash;
      if (before) before.sameHash = known.sameHash;
    } else if (known.sameHash) this.#byHash.set(hash, known.sameHash);
    else this.#byHash.delete(hash);
    known.sameHash = undefined;
  }
}
