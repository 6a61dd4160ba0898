import { type Labels, SeriesByLabels } from './series.js';

/**
 * How a figure is spread, for each combination of label values. The library's own takes ten times as long to observe, which
 * each request and each write to disk does.
 */
export class Histogram<L extends string = never> {
  readonly #series: SeriesByLabels<L, Series<L>>;

  constructor(
    readonly name: string,
    readonly help: string,
    private readonly bounds: readonly number[],
    labelNames: readonly L[],
  ) {
    this.#series = new SeriesByLabels<L, Series<L>>(labelNames, (labels) => ({
      labels,
      counts: new Float64Array(bounds.length + 1),
      sum: 0,
    }));
  }

  /** The labels come first where there are any. */
  observe(...observed: [L] extends [never] ? [value: number] : [labels: Labels<L>, value: number]): void;
  observe(labels: Labels<L> | number, value = 0): void {
    if (typeof labels === 'number') this.#add(this.#series.single, labels);
    else this.#add(this.#series.of(labels), value);
  }

  /** Shows the series before anything is observed. */
  zero(labels: Labels<L>): void {
    this.#series.of(labels);
  }

  reset(): void {
    this.#series.reset();
  }

  get() {
    return Promise.resolve({
      name: this.name,
      help: this.help,
      type: 'histogram',
      aggregator: 'sum',
      values: this.#series.all().flatMap((series) => this.#samplesOf(series)),
    });
  }

  #add(series: Series<L>, value: number): void {
    const { bounds } = this;
    let place = 0;
    while (place < bounds.length && value > (bounds[place] as number)) place++;
    series.counts[place] = (series.counts[place] as number) + 1;
    series.sum += value;
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

interface Series<L extends string> {
  readonly labels: Labels<L>;
  /** For each bound what is no higher, at the end what is above all. */
  readonly counts: Float64Array;
  sum: number;
}
