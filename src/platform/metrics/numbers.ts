import { type Labels, SeriesByLabels } from './series.js';

/**
 * Counters and gauges: a number for each combination of label values. The library's own look at every name and value anew
 * each time, which each request does half a dozen times.
 */
abstract class Numbers<L extends string> {
  protected readonly series: SeriesByLabels<L, { readonly labels: Labels<L>; value: number }>;

  constructor(
    readonly name: string,
    readonly help: string,
    private readonly type: 'counter' | 'gauge',
    labelNames: readonly L[],
  ) {
    this.series = new SeriesByLabels<L, { readonly labels: Labels<L>; value: number }>(labelNames, (labels) => ({
      labels,
      value: 0,
    }));
  }

  inc(by?: number): void;
  inc(labels: Labels<L>, by?: number): void;
  inc(labels: Labels<L> | number = 1, by = 1): void {
    if (typeof labels === 'number') this.series.single.value += labels;
    else this.series.of(labels).value += by;
  }

  reset(): void {
    this.series.reset();
  }

  get() {
    const { name, help, type } = this;
    return Promise.resolve({ name, help, type, aggregator: 'sum', values: this.series.all() });
  }
}

export class Counter<L extends string = never> extends Numbers<L> {
  constructor(name: string, help: string, labelNames: readonly L[]) {
    super(name, help, 'counter', labelNames);
  }
}

export class Gauge<L extends string = never> extends Numbers<L> {
  constructor(name: string, help: string, labelNames: readonly L[]) {
    super(name, help, 'gauge', labelNames);
  }

  set(value: number): void;
  set(labels: Labels<L>, value: number): void;
  set(labels: Labels<L> | number, value = 0): void {
    if (typeof labels === 'number') this.series.single.value = labels;
    else this.series.of(labels).value = value;
  }

  dec(): void {
    this.series.single.value--;
  }
}
