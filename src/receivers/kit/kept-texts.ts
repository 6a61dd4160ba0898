/**
 * Texts made of names, which come again and again. Bound: the first so many different ones are kept; further ones, and long
 * ones, are made anew each time.
 */
const MOST_KEPT = 1_024;
const LONGEST_KEPT = 256;

export class KeptTexts {
  readonly #kept = new Map<string, string>();

  constructor(private readonly make: (name: string) => string) {}

  of(name: string): string {
    const known = this.#kept.get(name);
    if (known !== undefined) return known;
    const text = this.make(name);
    if (this.#kept.size < MOST_KEPT && name.length <= LONGEST_KEPT) this.#kept.set(name, text);
    return text;
  }
}
