import type { Instant } from '../time/index.js';
import type { Alert } from './alert.js';

/**
 * At most so many alerts of one alertname (`--alerts.per-alertname-limit`).
 *
 * An alert that is known always passes, whatever its end. A new one takes a free place or that of an alert whose end is
 * past. Alerts without an alertname share the bucket of the empty name.
 * Bound: limit entries for each name; stale buckets go when collected.
 * Alertmanager: limit.Bucket, which keeps a heap. Here past ends are looked for only when the bucket is full, and not even
 * then while the earliest end known is still to come.
 */
export class AlertLimiter {
  readonly #buckets = new Map<string, Bucket>();

  /** `limit` 0 or below: no limit. */
  constructor(readonly limit: number) {}

  /** Whether the alert may be stored; it then holds a place. */
  admit({ labels, endsAt }: Pick<Alert, 'labels' | 'endsAt'>, now: Instant): boolean {
    if (this.limit <= 0) return true;
    const name = labels.get('alertname');
    let bucket = this.#buckets.get(name);
    if (!bucket) this.#buckets.set(name, (bucket = new Bucket(this.limit)));
    return bucket.upsert(labels.fingerprint, endsAt.at, now);
  }

  /** Drops the buckets whose alerts are all past their end. */
  collect(now: Instant): void {
    for (const [name, bucket] of this.#buckets) if (bucket.isStale(now)) this.#buckets.delete(name);
  }

  /** How many names have a bucket. */
  get size(): number {
    return this.#buckets.size;
  }
}

class Bucket {
  readonly #ends = new Map<string, Instant>();
  /** No entry ends before this; may be too early, never too late. */
  #earliest = Infinity;

  constructor(readonly capacity: number) {}

  upsert(fingerprint: string, endsAt: Instant, now: Instant): boolean {
    if (!this.#ends.has(fingerprint) && !this.#makeRoom(now)) return false;
    this.#ends.set(fingerprint, endsAt);
    this.#earliest = Math.min(this.#earliest, endsAt);
    return true;
  }

  isStale(now: Instant): boolean {
    for (const endsAt of this.#ends.values()) if (endsAt >= now) return false;
    return true;
  }

  #makeRoom(now: Instant): boolean {
    if (this.#ends.size < this.capacity) return true;
    if (this.#earliest >= now) return false;
    this.#dropPast(now);
    return this.#ends.size < this.capacity;
  }

  /** Drops all at once: a place that is free and one whose alert is past admit the same alerts. */
  #dropPast(now: Instant): void {
    this.#earliest = Infinity;
    for (const [fingerprint, endsAt] of this.#ends) {
      if (endsAt < now) this.#ends.delete(fingerprint);
      else this.#earliest = Math.min(this.#earliest, endsAt);
    }
  }
}
