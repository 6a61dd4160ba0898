/** A combination of label values; each name may be missing. */
export type Labels<L extends string> = Readonly<Partial<Record<L, string>>>;

/**
 * What a metric keeps, for each combination of label values.
 *
 * Keeps: without labels there is a series from the start.   Bound: one series for each combination, from closed lists.
 */
export class SeriesByLabels<L extends string, S> {
  #series = new Map<string, S>();

  constructor(
    private readonly labelNames: readonly L[],
    private readonly make: (labels: Labels<L>) => S,
  ) {
    this.#showIfSingle();
  }

  of(labels: Labels<L>): S {
    let key = '';
    for (let i = 0; i < this.labelNames.length; i++) key += `${labels[this.labelNames[i] as L]}\n`;
    const known = this.#series.get(key);
    if (known) return known;
    const added = this.make(labels);
    this.#series.set(key, added);
    return added;
  }

  /** Of a metric without labels. */
  get single(): S {
    return this.of(withoutLabels());
  }

  reset(): void {
    this.#series = new Map();
    this.#showIfSingle();
  }

  all(): readonly S[] {
    return [...this.#series.values()];
  }

  #showIfSingle(): void {
    if (this.labelNames.length === 0) this.of(withoutLabels());
  }
}

const NO_LABELS = {};
/** Nothing is missing: each label may be. */
const withoutLabels = <L extends string>() => NO_LABELS as Labels<L>;
