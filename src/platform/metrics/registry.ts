import { type Metric, Registry } from 'prom-client';

import { Histogram } from './histogram.js';
import { Counter, Gauge } from './numbers.js';
import { SumCount } from './sum-count.js';

/**
 * Declares series once, each with its name, its help and its labels, in one registry.
 *
 * Keeps: a counter or gauge without labels exists with 0 from the start; one with labels exists for the label values named
 * in `pre`. Label values come from closed lists: what a client can choose is folded by whoever counts.
 */
export class MetricRegistry {
  readonly #registry = new Registry();
  readonly #readers: (() => void)[] = [];

  counter<L extends string = never>(name: string, help: string, labelNames: readonly L[] = [], pre: Pre<L> = []) {
    const counter = new Counter<L>(name, help, labelNames);
    for (const labels of pre) counter.inc(labels, 0);
    this.#register(counter);
    return counter;
  }

  gauge<L extends string = never>(name: string, help: string, labelNames: readonly L[] = [], pre: Pre<L> = []) {
    const gauge = new Gauge<L>(name, help, labelNames);
    for (const labels of pre) gauge.set(labels, 0);
    this.#register(gauge);
    return gauge;
  }

  histogram<L extends string = never>(
    name: string,
    help: string,
    buckets: readonly number[] = DEFAULT_BUCKETS,
    labelNames: readonly L[] = [],
    pre: Pre<L> = [],
  ) {
    const histogram = new Histogram<L>(name, help, buckets, labelNames);
    for (const labels of pre) histogram.zero(labels);
    this.#register(histogram);
    return histogram;
  }

  /** Alertmanager's summaries have no quantiles: a sum and a count. */
  summary(name: string, help: string): SumCount {
    const summary = new SumCount(name, help);
    this.#register(summary);
    return summary;
  }

  #register(metric: { readonly name: string; get(): Promise<object> }): void {
    // The registry asks a metric for its name and get() and nothing else; its type lists the library's own classes.
    this.#registry.registerMetric(metric as unknown as Metric);
  }

  /** For figures that are cheaper to read than to keep: called before every exposition. */
  onRead(read: () => void): void {
    this.#readers.push(read);
  }

  async read(): Promise<readonly Family[]> {
    for (const reader of this.#readers) reader();
    // The library types the answer without the fields that samples of histograms carry.
    return (await this.#registry.getMetricsAsJSON()) as unknown as readonly Family[];
  }

  /** For sets of metrics that register themselves (the process's own). */
  get registry(): Registry {
    return this.#registry;
  }
}

export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary';
  readonly values: readonly Sample[];
}

export interface Sample {
  readonly metricName?: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

export type Pre<L extends string> = readonly Readonly<Record<L, string>>[];

export const DEFAULT_BUCKETS: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
