/**
 * How a figure is spread, for each combination of label values. The library's own takes ten times as long to observe, which
 * each request and each write to disk does.
 *
 * Keeps: without labels there is a series from the start.   Bound: one series for each combination, from closed lists.
 */
export class Histogram<L extends string = never> {
  #series = new Map<string, Series<L>>();

  constructor(
    readonly name: string,
    readonly help: string,
    private readonly bounds: readonly number[],
    private readonly labelNames: readonly L[],
  ) {
    if (labelNames.length === 0) this.zero(withoutLabels());
  }

  /** The labels come first where there are any. */
  observe(...observed: [L] extends [never] ? [value: number] : [labels: Labels<L>, value: number]): void;
  observe(labels: Labels<L> | number, value = 0): void {
    if (typeof labels === 'number') this.#add(this.#seriesOf(withoutLabels()), labels);
    else this.#add(this.#seriesOf(labels), value);
  }

  /** Shows the series before anything is observed. */
  zero(labels: Labels<L>): void {
    this.#seriesOf(labels);
  }

  reset(): void {
    this.#series = new Map();
  }

  get() {
    return Promise.resolve({
      name: this.name,
      help: this.help,
      type: 'histogram',
      aggregator: 'sum',
      values: [...this.#series.values()].flatMap((series) => this.#samplesOf(series)),
    });
  }

  #add(series: Series<L>, value: number): void {
    const { bounds } = this;
    let place = 0;
    while (place < bounds.length && value > (bounds[place] as number)) place++;
    series.counts[place] = (series.counts[place] as number) + 1;
    series.sum += value;
  }

  #seriesOf(labels: Labels<L>): Series<L> {
    let key = '';
    for (let i = 0; i < this.labelNames.length; i++) key += `${labels[this.labelNames[i] as L]}\n`;
    const known = this.#series.get(key);
    if (known) return known;
    const added = { labels, counts: new Float64Array(this.bounds.length + 1), sum: 0 };
    this.#series.set(key, added);
    return added;
  }

  #samplesOf({ labels, counts, sum }: Series<L>) {
    let count = 0;
    const buckets = [...counts].map((more, place) => ({
      metricName: `${this.name}_bucket`,
      labels: { le: this.bounds[place] ?? '+Inf', ...labels },
      value: (count += more),
    }));
    return [
      ...buckets,
      { metricName: `${this.name}_sum`, labels: { ...labels }, value: sum },
      { metricName: `${this.name}_count`, labels: { ...labels }, value: count },
    ];
  }
}

type Labels<L extends string> = Readonly<Partial<Record<L, string>>>;

const NO_LABELS = {};
/** Nothing is missing: each label may be. */
const withoutLabels = <L extends string>() => NO_LABELS as Labels<L>;

interface Series<L extends string> {
  readonly labels: Labels<L>;
  /** For each bound what is no higher, at the end what is above all. */
  readonly counts: Float64Array;
  sum: number;
}
