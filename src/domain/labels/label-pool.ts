import { LabelSet } from './label-set.js';

/**
 * Lets label sets share what they have in common: alerts of one rule have the same names, and most values of an alert
 * (job, namespace, severity, the text of a runbook) stand in thousands of others.
 *
 * Bound: 16,384 texts of up to 256 characters and 64 lists of names; when full it starts anew.
 */
const MOST_TEXTS = 16_384;
const LONGEST_TEXT = 256;
const MOST_LISTS = 64;

export class LabelPool {
  readonly #texts = new Map<string, string>();
  /** By the first name, which is an annotation's or a label's, and their number. */
  readonly #names = new Map<string, readonly string[]>();

  share({ names, values }: LabelSet): LabelSet {
    return LabelSet.ofSorted(
      this.#shareNames(names),
      values.map((value) => this.shareText(value)),
    );
  }

  shareText(text: string): string {
    if (text.length > LONGEST_TEXT) return text;
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size >= MOST_TEXTS) this.#texts.clear();
    this.#texts.set(text, text);
    return text;
  }

  #shareNames(names: readonly string[]): readonly string[] {
    const key = `${names.length} ${names[0] ?? ''}`;
    const known = this.#names.get(key);
    if (known && known.length === names.length && known.every((name, i) => name === names[i])) return known;
    if (this.#names.size >= MOST_LISTS) this.#names.clear();
    this.#names.set(key, names);
    return names;
  }
}
