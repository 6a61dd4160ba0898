/** A combination of label values; each name may be missing. */
export type Labels<L extends string> = Readonly<Partial<Record<L, string>>>;

/**
 * What a metric keeps, for each combination of label values.
 *
 * Keeps: without labels there is a series from the start.   Bound: one series for each combination, from closed lists.
 */
export class SeriesByLabels<L extends string, S extends object> {
  /** In the order in which they came. */
  #all: S[] = [];
  /** The values lead from map to map: a text made of them would have to be written and hashed each time. */
  #first: Level<S> = new Map();

  constructor(
    private readonly labelNames: readonly L[],
    private readonly make: (labels: Labels<L>) => S,
  ) {
    this.#showIfSingle();
  }

  of(labels: Labels<L>): S {
    const last = this.labelNames.length - 1;
    let level = this.#first;
    for (let i = 0; i < last; i++) level = levelBelow(level, labels[this.labelNames[i] as L]);
    const value = last < 0 ? undefined : labels[this.labelNames[last] as L];
    // The last level has nothing but series.
    const known = level.get(value) as S | undefined;
    if (known) return known;
    const added = this.make(labels);
    level.set(value, added);
    this.#all.push(added);
    return added;
  }

  /** Of a metric without labels. */
  get single(): S {
    return this.of(withoutLabels());
  }

  reset(): void {
    this.#all = [];
    this.#first = new Map();
    this.#showIfSingle();
  }

  all(): readonly S[] {
    return [...this.#all];
  }

  #showIfSingle(): void {
    if (this.labelNames.length === 0) this.of(withoutLabels());
  }
}

type Level<S extends object> = Map<string | undefined, Level<S> | S>;

function levelBelow<S extends object>(level: Level<S>, value: string | undefined): Level<S> {
  let below = level.get(value);
  if (!below) level.set(value, (below = new Map()));
  return below as Level<S>;
}

const NO_LABELS = {};
/** Nothing is missing: each label may be. */
const withoutLabels = <L extends string>() => NO_LABELS as Labels<L>;
