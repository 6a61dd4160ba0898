import {
  type IntegrationRef,
  type LogEntry,
  type ToldText,
  logEntryFromRecord,
  logEntryToRecord,
  logKey,
} from '../domain/notify/index.js';
import type { Instant } from '../domain/time/index.js';
import type { Json, StateRecord } from '../storage/storage.js';
import type { EngineContext } from './context.js';
import { recordOf } from './journal.js';

/**
 * What each integration was last told about each group.
 *
 * Bound: entries by which nothing fires go with their group; the others expire (two repeats, at most the retention) and are collected, but for those of living groups: as long
 * as a group lives, what was told about it is not forgotten.
 */
export class NotificationLog {
  readonly #entries = new Map<string, LogEntry>();

  constructor(private readonly context: Pick<EngineContext, 'clock' | 'metrics' | 'journal' | 'log'>) {}

  get size(): number {
    return this.#entries.size;
  }

  get(groupKey: string, integration: IntegrationRef): LogEntry | undefined {
    const { nflog } = this.context.metrics;
    const entry = this.#entries.get(logKey(groupKey, integration));
    nflog.queries.inc();
    if (!entry) nflog.queryErrors.inc();
    return entry;
  }

  /** The same without being counted. */
  peek(groupKey: string, integration: IntegrationRef): LogEntry | undefined {
    return this.#entries.get(logKey(groupKey, integration));
  }

  values(): IterableIterator<LogEntry> {
    return this.#entries.values();
  }

  /** Takes it in; the record is the caller's to write together with what belongs to it, from texts that it may have at hand. */
  set(entry: LogEntry, now: Instant, key = logKey(entry.groupKey, entry.integration), told?: ToldText): StateRecord {
    this.#entries.set(key, entry);
    return recordOf('nflog', key, logEntryToRecord(entry, told), now);
  }

  remove(groupKey: string, integration: IntegrationRef, now: Instant): StateRecord {
    const key = logKey(groupKey, integration);
    this.#entries.delete(key);
    return recordOf('nflog', key, undefined, now);
  }

  restore(records: Iterable<{ readonly key: string; readonly value: Json | undefined }>): void {
    for (const { key, value } of records) {
      const entry = logEntryFromRecord(value);
      if (entry.ok) this.#entries.set(key, entry.value);
      else this.context.log.error('Skipping a damaged entry of the notification log', { key });
    }
  }

  collect(isAlive: (groupKey: string) => boolean, now: Instant): void {
    const { clock, journal, metrics } = this.context;
    const began = clock.elapsed();
    const removed: StateRecord[] = [];
    for (const [key, entry] of this.#entries) {
      if (entry.expiresAt > now || isAlive(entry.groupKey)) continue;
      this.#entries.delete(key);
      removed.push(recordOf('nflog', key, undefined, now));
    }
    journal.note(removed);
    metrics.nflog.maintenance.inc();
    metrics.nflog.gcDuration.observe((clock.elapsed() - began) / 1_000);
  }
}
