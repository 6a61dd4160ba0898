import type { Failure, IntegrationRef, Outcome } from '../domain/notify/index.js';
import type { Metrics } from '../platform/metrics.js';

/** What is counted for one integration: each notification once, and each of its attempts. */
export class AttemptMetrics {
  readonly #metrics: Metrics['notifications'];
  readonly #labels;

  constructor(metrics: Metrics['notifications'], integration: IntegrationRef) {
    this.#metrics = metrics;
    // The library wants a mutable record.
    this.#labels = { ...metrics.labels(integration) };
  }

  begun(): void {
    this.#metrics.total.inc(this.#labels);
  }

  attempted(outcome: Outcome, seconds: number): void {
    this.#metrics.latency.observe(this.#labels, seconds);
    this.#metrics.requests.inc(this.#labels);
    if (outcome.kind !== 'delivered') this.#metrics.requestsFailed.inc(this.#labels);
  }

  failed({ reason }: Failure): void {
    this.#metrics.failed.inc({ ...this.#labels, reason });
  }
}
