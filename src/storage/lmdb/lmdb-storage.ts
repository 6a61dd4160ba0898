import { mkdirSync, statSync } from 'node:fs';
import { compareBytes } from '../../domain/labels/index.js';
import type { Instant } from '../../domain/time/index.js';
import type { Clock } from '../../platform/clock.js';
import { errorText } from '../../platform/log.js';
import { type Damage, RECORD_KINDS, type RecordKind, type StateRecord, type Storage } from '../storage.js';
import { DirectoryInUseError, DirectoryLock } from './directory-lock.js';
import { Environment } from './environment.js';
import {
  ENVIRONMENT,
  examine,
  markOpening,
  readWhatIsWhole,
  replaceEnvironment,
  unmarkOpening,
  writeLayout,
} from './rescue.js';
import { encodeRecords } from './record-layout.js';

export interface LmdbStorageOptions {
  /** `--storage.path`. The environment is `tocsin.mdb` in it, beside Alertmanager's own files. */
  readonly directory: string;
  readonly clock: Pick<Clock, 'now' | 'elapsed'>;
  /** Called when a commit has ended, for the metrics. */
  readonly onCommit?: (commit: CommitReport) => void;
}

export interface CommitReport {
  readonly records: number;
  readonly bytes: number;
  readonly elapsedMs: number;
  readonly failed: boolean;
}

export interface StorageStats {
  /** Of the file. It keeps its largest size; what is deleted is used again. */
  readonly sizeBytes: number;
  readonly records: Readonly<Record<RecordKind, number>>;
  /** False when what is committed cannot be kept: every commit rejects. */
  readonly writable: boolean;
}

/** Nothing can be written to the data directory. The records that could be read are there; commits reject. */
export class NotWritableError extends Error {
  constructor(directory: string, cause: unknown) {
    super(`the data directory ${directory} cannot be written; nothing is kept across a restart`, { cause });
    this.name = 'NotWritableError';
  }
}

/** Where records come from and go to between open and close. */
type Backing =
  | { readonly kind: 'environment'; readonly environment: Environment }
  | { readonly kind: 'readonly'; readonly records: readonly StateRecord[]; readonly error: NotWritableError };

/**
 * A node's disk: the records in an LMDB environment of their own.
 *
 * Keeps: a commit that resolved survives the end of the process and of the machine's power; a commit that rejected left
 * nothing. `open` throws for one reason alone, that another process works in the directory. Damage is set aside and
 * reported, a disk that takes no writes is reported, and the router pages on.
 */
export class LmdbStorage implements Storage {
  readonly #options: LmdbStorageOptions;
  readonly #lock: DirectoryLock;
  #backing: Backing | undefined;
  #underWay = new Set<Promise<void>>();

  constructor(options: LmdbStorageOptions) {
    this.#options = options;
    this.#lock = new DirectoryLock(options.directory, 'tocsin.lock');
  }

  async open(): Promise<readonly Damage[]> {
    if (this.#backing) throw new Error('storage is open already');
    const { directory } = this.#options;
    try {
      mkdirSync(directory, { recursive: true });
      this.#lock.acquire();
      return await this.#openWritable();
    } catch (error) {
      if (error instanceof DirectoryInUseError) throw error;
      return this.#openReadable(error);
    }
  }

  *load(kind: RecordKind): Iterable<StateRecord> {
    const backing = this.#opened();
    if (backing.kind === 'environment') yield* backing.environment.read(kind);
    else yield* backing.records.filter((record) => record.kind === kind);
  }

  async commit(records: readonly StateRecord[]): Promise<void> {
    const backing = this.#opened();
    if (backing.kind === 'readonly') throw backing.error;
    if (records.length === 0) return;
    const write = this.#write(backing.environment, records);
    this.#underWay.add(write);
    try {
      await write;
    } finally {
      this.#underWay.delete(write);
    }
  }

  async close(): Promise<void> {
    const backing = this.#backing;
    if (!backing) return;
    this.#backing = undefined;
    await Promise.allSettled(this.#underWay);
    if (backing.kind === 'environment') await backing.environment.close();
    this.#lock.release();
  }

  /** Commits under way. */
  get pending(): number {
    return this.#underWay.size;
  }

  stats(): StorageStats {
    const backing = this.#opened();
    const count = (kind: RecordKind): number =>
      backing.kind === 'environment'
        ? backing.environment.count(kind)
        : backing.records.filter((record) => record.kind === kind).length;
    // An entry for each kind.
    const records = Object.fromEntries(RECORD_KINDS.map((kind) => [kind, count(kind)])) as Record<RecordKind, number>;
    return { sizeBytes: this.#sizeBytes(), records, writable: backing.kind === 'environment' };
  }

  async #openWritable(): Promise<readonly Damage[]> {
    const { directory } = this.#options;
    const now = this.#options.clock.now();
    const path = `${directory}/${ENVIRONMENT}`;
    const damage: Damage[] = [];
    const faults = examine(directory);
    markOpening(directory, now);
    if (faults.length > 0) damage.push(await replaceEnvironment(directory, faults, readWhatIsWhole(path), now));
    let environment: Environment;
    try {
      environment = openEnvironment(path);
    } catch (error) {
      // Whatever the page reader overlooked and the library did not.
      damage.push(await replaceEnvironment(directory, [errorText(error)], readWhatIsWhole(path), now));
      environment = openEnvironment(path);
    }
    if (environment.damaged.length > 0) {
      damage.push(await this.#leaveOutDamaged(environment, now));
      environment = openEnvironment(path);
    }
    unmarkOpening(directory);
    this.#backing = { kind: 'environment', environment };
    return damage;
  }

  /** Single records that are not whole. What else is in the environment goes into a new one, and the old one is kept. */
  async #leaveOutDamaged(environment: Environment, now: Instant): Promise<Damage> {
    const { directory } = this.#options;
    const lost = environment.damaged.length;
    const fault = `records that are not whole: ${lost} (${[...new Set(environment.damaged)].join(', ')})`;
    const records = RECORD_KINDS.flatMap((kind) => [...environment.read(kind)]);
    await environment.close();
    try {
      return await replaceEnvironment(directory, [fault], { records, lost }, now);
    } catch (error) {
      // No room for another: they stay where they are, unread, and are reported again at the next start.
      return { what: `${fault}, and no copy could be made: ${errorText(error)}`, lostRecords: lost };
    }
  }

  #openReadable(cause: unknown): readonly Damage[] {
    const { directory } = this.#options;
    this.#lock.release();
    const error = new NotWritableError(directory, cause);
    const { records, lost } = readWhatIsWhole(`${directory}/${ENVIRONMENT}`);
    const sorted = [...records].sort((a, b) => compareBytes(a.key, b.key));
    this.#backing = { kind: 'readonly', records: sorted, error };
    return [{ what: errorText(error), ...(lost > 0 ? { lostRecords: lost } : {}) }];
  }

  async #write(environment: Environment, records: readonly StateRecord[]): Promise<void> {
    const { clock, onCommit } = this.#options;
    const begunAt = clock.elapsed();
    const encoded = encodeRecords(records);
    let failed = true;
    try {
      await environment.write(encoded);
      failed = false;
    } finally {
      const bytes = encoded.reduce((sum, record) => sum + (record.bytes?.length ?? 0), 0);
      onCommit?.({ records: records.length, bytes, elapsedMs: clock.elapsed() - begunAt, failed });
    }
  }

  #sizeBytes(): number {
    try {
      return statSync(`${this.#options.directory}/${ENVIRONMENT}/data.mdb`).size;
    } catch {
      return 0;
    }
  }

  #opened(): Backing {
    if (!this.#backing) throw new Error('storage is closed');
    return this.#backing;
  }
}

function openEnvironment(path: string): Environment {
  writeLayout(path);
  return new Environment(path);
}
