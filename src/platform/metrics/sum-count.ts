/** A summary without quantiles: how often and how much. Observing is two additions. */
export class SumCount {
  #sum = 0;
  #count = 0;

  constructor(
    readonly name: string,
    readonly help: string,
  ) {}

  observe(value: number): void {
    this.#sum += value;
    this.#count++;
  }

  reset(): void {
    this.#sum = 0;
    this.#count = 0;
  }

  get() {
    return Promise.resolve({
      name: this.name,
      help: this.help,
      type: 'summary',
      aggregator: 'sum',
      values: [
        { metricName: `${this.name}_sum`, labels: {}, value: this.#sum },
        { metricName: `${this.name}_count`, labels: {}, value: this.#count },
      ],
    });
  }
}
