import { type Duration, type Instant, duration, plus } from '../domain/time/index.js';
import type { Clock } from '../platform/clock.js';
import type { Logger } from '../platform/log.js';
import type { Metrics } from '../platform/metrics.js';
import type { RecordKind, StateRecord, Storage } from '../storage/storage.js';
import type { Due, DueQueue } from './due-queue.js';
import { emptyList } from '../platform/empty-list.js';

/**
 * The engine's way to the disk. A disk that fails or hangs never stops paging: the state in memory goes on, the failure is
 * logged and counted, and what could not be written is tried again until it is.
 *
 * Keeps: of two writes of one record the later one stays, also when the earlier one failed and is tried again.
 * Bound: one unsaved record for each record there is.
 */
export interface JournalDeps {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Pick<Metrics, 'tocsin'>;
  readonly queue: DueQueue;
}

const RETRY_EVERY: Duration = duration(10_000);
const SAVED_AT_ONCE = 500;

export class Journal {
  readonly #unsaved = new Map<string, StateRecord>();
  /** What is being written, oldest first. */
  readonly #writing = emptyList<readonly StateRecord[]>();
  /** What was noted in this turn. */
  #notes: Notes | undefined;
  readonly #retry: Due;
  #retrying = false;
  /** While there is something unsaved, and until that has been told. */
  #outage: Outage | undefined;

  constructor(private readonly deps: JournalDeps) {
    this.#retry = deps.queue.entry('work', 'unsaved records', () => void this.#saveAgain());
  }

  /** Resolves when the records are on disk, rejects when they are not (yet). */
  write(records: readonly StateRecord[]): Promise<void> {
    if (records.length === 0) return Promise.resolve();
    if (this.#notes) this.#writeNotes(this.#notes);
    return this.#commit(records);
  }

  /** For those who go on in any case. Handed to the storage at the end of the turn, with all else that is noted in it. */
  note(records: readonly StateRecord[]): void {
    if (records.length > 0) this.#add(records);
  }

  /** The same for those who wait for it: handed over as soon as what runs now has ended. Never rejects. */
  noteSoon(records: readonly StateRecord[]): Promise<void> {
    if (records.length === 0) return Promise.resolve();
    const notes = this.#add(records);
    if (!notes.areUrgent) queueMicrotask(() => this.#writeNotes(notes));
    notes.areUrgent = true;
    return notes.written;
  }

  get unsavedCount(): number {
    return this.#unsaved.size;
  }

  #add(records: readonly StateRecord[]): Notes {
    if (!this.#notes) {
      const notes = (this.#notes = new Notes());
      setImmediate(() => this.#writeNotes(notes));
    }
    for (const record of records) this.#notes.records.push(record);
    return this.#notes;
  }

  #writeNotes(notes: Notes): void {
    if (notes !== this.#notes) return; // handed over before
    this.#notes = undefined;
    // A failure was logged, counted and kept for another try by #commit.
    void this.#commit(notes.records).then(
      () => notes.done(),
      () => notes.done(),
    );
  }

  async #commit(records: readonly StateRecord[]): Promise<void> {
    const { clock, metrics, storage } = this.deps;
    const began = clock.elapsed();
    // What is written now takes the place of what could not be.
    if (this.#unsaved.size > 0) for (const record of records) this.#unsaved.delete(recordId(record));
    this.#writing.push(records);
    try {
      await storage.commit(records);
      metrics.tocsin.storeCommitDuration.observe((clock.elapsed() - began) / 1_000);
    } catch (error) {
      this.#keepUnsaved(this.#notTakenUp(records), error);
      throw new StorageError('the change is in force but could not be written to disk', { cause: error });
    } finally {
      // Mostly the first.
      this.#writing.splice(this.#writing.indexOf(records), 1);
    }
  }

  /** The latest of each record, without those that a later write has taken up. */
  #notTakenUp(records: readonly StateRecord[]): readonly StateRecord[] {
    const latest = new Map(records.map((record) => [recordId(record), record]));
    let isLater = false;
    for (const writing of this.#writing) {
      if (isLater) for (const record of writing) latest.delete(recordId(record));
      if (writing === records) isLater = true;
    }
    return [...latest.values()];
  }

  #keepUnsaved(records: readonly StateRecord[], error: unknown): void {
    this.deps.metrics.tocsin.storeCommitErrors.inc();
    for (const record of records) this.#unsaved.set(recordId(record), record);
    if (this.#outage) {
      this.#outage.failures++;
      this.#outage.error = error;
    } else {
      this.#outage = { failures: 1, error };
      this.#tellOutage(this.#outage);
    }
    this.#planRetry(this.deps.clock.now());
  }

  #planRetry(now: Instant): void {
    if (!this.deps.queue.isWaiting(this.#retry)) this.deps.queue.set(this.#retry, plus(now, RETRY_EVERY));
  }

  async #saveAgain(): Promise<void> {
    if (this.#retrying || !this.#outage) return;
    this.#retrying = true;
    const { failures } = this.#outage;
    while (this.#unsaved.size > 0 && this.#outage.failures === failures) await this.#saveSome();
    this.#retrying = false;
    this.#tellOutage(this.#outage);
    if (this.#unsaved.size === 0) this.#outage = undefined;
    else this.#planRetry(this.deps.clock.now());
  }

  /** So many that a disk that is still full costs little. */
  async #saveSome(): Promise<void> {
    // What is later than the unsaved stays later.
    if (this.#notes) this.#writeNotes(this.#notes);
    const records: StateRecord[] = [];
    for (const record of this.#unsaved.values()) if (records.push(record) === SAVED_AT_ONCE) break;
    // A failure was counted and kept by #commit.
    await this.#commit(records).catch(() => {});
  }

  /** At its begin, with each try and at its end, not with each change: the log may lie on the same disk. */
  #tellOutage({ failures, error }: Outage): void {
    const unsaved = this.#unsaved.size;
    if (unsaved === 0) this.deps.log.info('State is written again', { failures });
    else this.deps.log.error('Writing state failed, will try again', { failures, unsaved, err: error });
  }
}

/** A time in which the disk does not take what it is given. */
interface Outage {
  /** Commits. */
  failures: number;
  /** The last one's. */
  error: unknown;
}

class Notes {
  readonly records: StateRecord[] = [];
  areUrgent = false;
  done: () => void = () => {};
  readonly written = new Promise<void>((resolve) => {
    this.done = resolve;
  });
}

/** The state in memory has changed, the one on disk has not. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}

export const recordOf = (
  kind: RecordKind,
  key: string,
  value: StateRecord['value'],
  updatedAt: Instant,
): StateRecord => ({
  kind,
  key,
  value,
  updatedAt,
});

const recordId = ({ kind, key }: StateRecord): string => `${kind} ${key}`;
