import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { compareBytes } from '../../domain/labels/index.js';
import type { Clock } from '../../platform/clock.js';
import { errorText } from '../../platform/log.js';
import type { Damage, LoadedRecord, RecordKind, StateRecord, Storage } from '../storage.js';
import { compactInThread } from './compaction.js';
import { DirectoryInUseError, DirectoryLock } from './directory-lock.js';
import { LatestRecords, type LogContents, listFiles, readLog, removeFiles, snapshotName } from './log-files.js';
import { LogWriter, type SyncPolicy } from './log-writer.js';
import { decodeRecord } from './record-layout.js';
import { Segment } from './segment.js';
import { LOG_DIRECTORY, replaceLog } from './set-aside.js';

export interface LogStorageOptions {
  /** `--storage.path`. The log is `tocsin.log` in it, beside Alertmanager's own files. */
  readonly directory: string;
  /** `--storage.sync`. */
  readonly sync: SyncPolicy;
  readonly clock: Pick<Clock, 'now' | 'elapsed' | 'after'>;
  /** Something that costs nobody an answer went wrong. */
  readonly onFault: (what: string, error: unknown) => void;
  readonly segmentBytes?: number;
  /** Sums up the log in this directory. */
  readonly compact?: (directory: string, upTo: number) => Promise<void>;
}

/** Reading so much at the start takes a fraction of a second. */
const SEGMENT_BYTES = 64 * 1024 * 1024;
/** Less often than unsaved records are tried again. */
const TRY_EVERY_MS = 5_000;
/** Each start begins one. */
const MOST_SEGMENTS = 16;

/** Nothing can be written to the data directory. The records that could be read are there; commits reject. */
export class NotWritableError extends Error {
  constructor(directory: string, cause: unknown) {
    super(`the data directory ${directory} cannot be written; nothing is kept across a restart`, { cause });
    this.name = 'NotWritableError';
  }
}

/** Where records go to between open and close. */
type Backing = LogWriter | NotWritableError;

/**
 * A node's disk: a log of commits, summed up now and then. What stands is in the engine's memory; here it is read once, at
 * the start.
 *
 * Keeps: a commit that resolved survives the end of the process; a commit that rejected left nothing. `open` throws for one
 * reason alone, that another process works in the directory. Damage is set aside and reported; a disk that takes no writes
 * is reported, the router pages on, and commits try from time to time whether it takes them now.
 */
export class LogStorage implements Storage {
  readonly #lock: DirectoryLock;
  readonly #path: string;
  #backing: Backing | undefined;
  /** What was read, until something is committed. */
  #contents: LogContents | undefined;
  /** Files of the log as it was read. */
  #filesThen = '';
  #triedAt = 0;
  #trying: Promise<LogWriter> | undefined;

  constructor(private readonly options: LogStorageOptions) {
    this.#lock = new DirectoryLock(options.directory, 'tocsin.lock');
    this.#path = `${options.directory}/${LOG_DIRECTORY}`;
  }

  async open(): Promise<readonly Damage[]> {
    if (this.#backing) throw new Error('storage is open already');
    try {
      this.#take();
      return await this.#beginWriting(readIfThere(this.#path));
    } catch (error) {
      if (error instanceof DirectoryInUseError) throw error;
      return this.#openReadable(error);
    }
  }

  *load(kind: RecordKind): Iterable<LoadedRecord> {
    this.#opened();
    const { latest } = (this.#contents ??= readLog(this.#path));
    const records = [...latest.of(kind).values()].sort((a, b) => compareBytes(a.key, b.key));
    for (const raw of records) {
      const record = decodeRecord(raw);
      if (record) yield record;
    }
  }

  async commit(records: readonly StateRecord[]): Promise<void> {
    const backing = this.#opened();
    if (records.length === 0) return;
    const writer = backing instanceof NotWritableError ? await this.#tryAgain(backing) : backing;
    this.#contents = undefined;
    await writer.commit(records);
  }

  async close(): Promise<void> {
    await this.#trying?.catch(() => undefined);
    const backing = this.#backing;
    if (!backing) return;
    this.#backing = undefined;
    this.#contents = undefined;
    if (backing instanceof LogWriter) await backing.close();
    this.#lock.release();
  }

  /** Commits under way. */
  get pending(): number {
    return this.#backing instanceof LogWriter ? this.#backing.pending : 0;
  }

  #take(): void {
    mkdirSync(this.options.directory, { recursive: true });
    this.#lock.acquire();
  }

  async #beginWriting(found: LogContents): Promise<readonly Damage[]> {
    const { directory, clock } = this.options;
    const damage: Damage[] = [];
    let contents = (this.#contents = found);
    if (contents.faults.length > 0) {
      damage.push(replaceLog(directory, contents, clock.now()));
      contents = this.#contents = readLog(this.#path);
    }
    mkdirSync(this.#path, { recursive: true });
    removeFiles(this.#path, listFiles(this.#path).leftOver);
    // Should it not come about, these are the files of the next try.
    this.#filesThen = filesIn(this.#path);
    const segment = await Segment.create(this.#path, contents.last + 1, contents.lastBytes);
    this.#backing = this.#writerTo(segment, contents);
    return damage;
  }

  #writerTo(segment: Segment, { snapshotBytes, segmentBytes }: LogContents): LogWriter {
    const { sync, clock, onFault, compact = compactInThread, segmentBytes: full = SEGMENT_BYTES } = this.options;
    const compactAndMeasure = async (upTo: number): Promise<number> => {
      await compact(this.#path, upTo);
      return statSync(`${this.#path}/${snapshotName(upTo)}`).size;
    };
    const deps = { directory: this.#path, sync, clock, onFault, segmentBytes: full, compact: compactAndMeasure };
    const writer = new LogWriter(deps, segment, snapshotBytes);
    if (segmentBytes >= Math.max(full, snapshotBytes) || listFiles(this.#path).segments.length > MOST_SEGMENTS)
      writer.compact(segment.number - 1);
    return writer;
  }

  /** What made it unwritable at the start may be over: a full disk has room. */
  #tryAgain(why: NotWritableError): Promise<LogWriter> {
    const now = this.options.clock.elapsed();
    if (!this.#trying) {
      if (now - this.#triedAt < TRY_EVERY_MS) return Promise.reject(why);
      this.#triedAt = now;
      this.#trying = this.#beginLate().finally(() => (this.#trying = undefined));
    }
    return this.#trying;
  }

  async #beginLate(): Promise<LogWriter> {
    try {
      this.#take();
      // Another volume may lie there now, or another router may have been at work.
      if (filesIn(this.#path) !== this.#filesThen)
        throw new Error('its log is no longer the one that was read; a restart reads it');
      // Read at the start, and kept as nothing was committed since.
      const found = this.#contents as LogContents;
      for (const { what } of await this.#beginWriting(found))
        this.options.onFault('Damaged data directory', new Error(what));
    } catch (error) {
      this.#lock.release();
      throw (this.#backing = new NotWritableError(this.options.directory, error));
    }
    return this.#backing as LogWriter; // set by #beginWriting
  }

  #openReadable(cause: unknown): readonly Damage[] {
    this.#lock.release();
    this.#triedAt = this.options.clock.elapsed();
    const error = new NotWritableError(this.options.directory, cause);
    this.#contents = readIfThere(this.#path);
    this.#filesThen = filesIn(this.#path);
    this.#backing = error;
    return [{ what: [errorText(error), ...this.#contents.faults].join('; ') }];
  }

  #opened(): Backing {
    if (!this.#backing) throw new Error('storage is closed');
    return this.#backing;
  }
}

function filesIn(path: string): string {
  try {
    return readdirSync(path).sort().join();
  } catch {
    return '';
  }
}

function readIfThere(path: string): LogContents {
  const nothing = { lostBytes: 0, last: 0, lastBytes: 0, snapshotBytes: 0, segmentBytes: 0 };
  const latest = new LatestRecords();
  if (!existsSync(path)) return { latest, faults: [], ...nothing };
  try {
    return readLog(path);
  } catch (error) {
    return { latest, faults: [`it cannot be read (${(error as Error).message})`], ...nothing };
  }
}
