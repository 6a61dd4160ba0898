import {
  type IntegrationRef,
  type LogEntry,
  type ToldText,
  hashOf,
  logEntryFromRecord,
  logEntryToRecord,
  logKey,
} from '../domain/notify/index.js';
import type { Alert } from '../domain/alert/index.js';
import type { Duration, Instant } from '../domain/time/index.js';
import type { Json, StateRecord } from '../storage/storage.js';
import { recordOf } from './journal.js';

/**
 * Sends of which we do not know whether they arrived: the process died, or a stop cancelled them, between the sending and
 * the entry in the log. What still fires is sent again (better twice than never); of what has resolved since, the receiver
 * is told, though no log says that it ever heard of it.
 *
 * The record of a delivery is the log entry that its success would have left. Who has its key (`logKey`) and what it says as
 * texts hands them over, as they take longer to make than to write.
 * Bound: one for each integration of a group; collected after the retention.
 */
export class Deliveries {
  readonly #unsure = new Map<string, LogEntry>();

  /** To be written when a send starts. */
  begin(entry: LogEntry, key: string, told: ToldText): StateRecord {
    const doubtful = this.#withEarlier(entry, key);
    return this.#record(doubtful, key, doubtful === entry ? told : undefined);
  }

  /** It arrived, and with it the truth: what went before no longer matters. */
  arrive(key: string, now: Instant): StateRecord {
    return this.#forget(key, now);
  }

  /** It did not arrive. Whether an earlier one did is as unknown as before. */
  fail(key: string, now: Instant): StateRecord {
    const earlier = this.#unsure.get(key);
    return earlier ? this.#record(earlier, key) : this.#forget(key, now);
  }

  /** It was cancelled: it may have arrived. */
  doubt(entry: LogEntry, key = keyOf(entry)): StateRecord {
    const doubtful = this.#withEarlier(entry, key);
    this.#unsure.set(key, doubtful);
    return this.#record(doubtful, key);
  }

  values(): IterableIterator<LogEntry> {
    return this.#unsure.values();
  }

  restore(records: Iterable<{ readonly value: Json | undefined }>): void {
    for (const { value } of records) {
      const entry = logEntryFromRecord(value);
      if (entry.ok) this.#unsure.set(keyOf(entry.value), entry.value);
    }
  }

  /**
   * What the integration knows for all we know: what is in the log, and of the alerts of the group those that it may have
   * been told of. It is owed their end. What of them still fires is told (again).
   */
  believed(
    groupKey: string,
    integration: IntegrationRef,
    logged: LogEntry | undefined,
    alerts: readonly Alert[],
  ): LogEntry | undefined {
    const unsure = this.#unsure.size > 0 ? this.#unsure.get(logKey(groupKey, integration)) : undefined;
    if (!unsure) return logged;
    const told = new Set(unsure.firing);
    const base = logged ?? { ...unsure, firing: [], resolved: [], data: {} };
    const owed = alerts.filter(({ labels }) => told.has(hashOf(labels, unsure.hashing)));
    if (owed.length === 0) return logged;
    return { ...base, owed: [...(base.owed ?? []), ...owed.map(({ labels }) => hashOf(labels, base.hashing))] };
  }

  /** Alerts that went to another group take the doubt along. */
  move(fromKey: string, toKey: string, integration: IntegrationRef, alerts: readonly Alert[]): readonly StateRecord[] {
    const unsure = this.#unsure.get(logKey(fromKey, integration));
    if (!unsure || fromKey === toKey) return [];
    const told = new Set(unsure.firing);
    const moved = alerts.map(({ labels }) => hashOf(labels, unsure.hashing)).filter((hash) => told.has(hash));
    if (moved.length === 0) return [];
    return [this.doubt({ ...unsure, groupKey: toKey, firing: moved })];
  }

  /** What was told of these alerts for certain, and later, ends the doubt about them. */
  resolveDoubt(told: LogEntry, alerts: readonly Alert[], now: Instant): readonly StateRecord[] {
    const key = keyOf(told);
    const unsure = this.#unsure.get(key);
    if (!unsure || unsure.sentAt > told.sentAt) return [];
    const certain = new Set(alerts.map(({ labels }) => hashOf(labels, unsure.hashing)));
    const firing = unsure.firing.filter((hash) => !certain.has(hash));
    if (firing.length === 0) return [this.#forget(key, now)];
    this.#unsure.set(key, { ...unsure, firing });
    return [this.#record({ ...unsure, firing }, key)];
  }

  collect(retention: Duration, now: Instant): readonly StateRecord[] {
    const old = [...this.#unsure.values()].filter(({ sentAt }) => sentAt + retention < now);
    return old.map((entry) => this.#forget(keyOf(entry), now));
  }

  #withEarlier(entry: LogEntry, key: string): LogEntry {
    const earlier = this.#unsure.get(key);
    return earlier ? { ...entry, firing: [...new Set([...earlier.firing, ...entry.firing])] } : entry;
  }

  #forget(key: string, now: Instant): StateRecord {
    this.#unsure.delete(key);
    return recordOf('delivery', key, undefined, now);
  }

  #record(entry: LogEntry, key: string, told?: ToldText): StateRecord {
    return recordOf('delivery', key, logEntryToRecord(entry, told), entry.sentAt);
  }
}

const keyOf = ({ groupKey, integration }: LogEntry): string => logKey(groupKey, integration);
