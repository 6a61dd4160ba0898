import { type Duration, duration } from '../../domain/time/index.js';
import type { Clock, Timer } from '../../platform/clock.js';
import type { StateRecord } from '../storage.js';
import { FrameBuffer } from './frame.js';
import { Segment } from './segment.js';

/** `background`: to the disk within SYNC_WITHIN and the time it takes. `always`: before a commit resolves. */
export type SyncPolicy = 'background' | 'always';

export interface LogWriterDeps {
  readonly directory: string;
  readonly sync: SyncPolicy;
  readonly clock: Pick<Clock, 'after' | 'elapsed'>;
  /** Sums up all segments up to one and removes them. How many bytes are left of them. */
  readonly compact: (upTo: number) => Promise<number>;
  /** Something that costs nobody an answer went wrong. */
  readonly onFault: (what: string, error: unknown) => void;
  /** A segment is full when it has so many bytes, or as many as the last snapshot if that is more. */
  readonly segmentBytes: number;
}

const SYNC_WITHIN: Duration = duration(50);
/** Larger writes and slower disks are for the thread pool. */
const MOST_IN_PLACE_BYTES = 256 * 1024;
const SLOW_MS = 20;
const DISTRUST_MS = 5_000;

/**
 * Writes commits to the log: those that are called while a write is under way share the next one, and so do those of one turn
 * of the event loop.
 *
 * A write to the system's memory takes some ten microseconds, and waking another thread for it several times as many. So it is
 * done in place, at the end of the turn; but a disk that hangs must not hold up the event loop with it. Hence not while the
 * disk owes the confirmation of what was written before, and not for a while after a write that was slow.
 *
 * Keeps: a commit that resolved survives the end of the process (and, by its policy, of the machine's power); one that
 * rejected left nothing.
 * Bound: the files have at most twice the bytes of a segment beside the snapshot, or one more when compaction fails.
 */
export class LogWriter {
  #next = new Batch();
  /** Memory for the batch after. */
  #spare = new FrameBuffer();
  #run: Promise<void> | undefined;
  #pending = 0;
  #syncTimer: Timer | undefined;
  #syncing: Promise<void> | undefined;
  #compacting: Promise<void> | undefined;
  #fullAt: number;
  #distrustUntil = 0;

  constructor(
    private readonly deps: LogWriterDeps,
    private segment: Segment,
    snapshotBytes: number,
  ) {
    this.#fullAt = Math.max(deps.segmentBytes, snapshotBytes);
  }

  /** Commits that have not resolved. */
  get pending(): number {
    return this.#pending;
  }

  commit(records: readonly StateRecord[]): Promise<void> {
    const batch = this.#next;
    batch.frames.append(records);
    batch.commits++;
    this.#pending++;
    if (!this.#mayWriteInPlace(batch)) this.#run ??= this.#writeInPool();
    else if (batch.commits === 1) setImmediate(() => this.#endTurn());
    return batch.written;
  }

  /** Sums up what there is. Nothing waits for it, and there is one at a time. */
  compact(upTo: number): void {
    this.#compacting ??= this.#compact(upTo).finally(() => (this.#compacting = undefined));
  }

  async close(): Promise<void> {
    if (this.#next.commits > 0) this.#run ??= this.#writeInPool();
    while (this.#run) await this.#run;
    this.#syncTimer?.cancel();
    await this.#syncing;
    await this.#sync(this.segment);
    await this.#compacting;
    await this.segment.close();
  }

  #mayWriteInPlace({ frames }: Batch): boolean {
    return (
      this.deps.sync === 'background' &&
      !this.#run &&
      !this.#syncing &&
      frames.size <= MOST_IN_PLACE_BYTES &&
      !this.#isDistrusted &&
      !this.#isFull
    );
  }

  /** Most disks never are, so the clock is mostly not asked. */
  get #isDistrusted(): boolean {
    return this.#distrustUntil > 0 && this.deps.clock.elapsed() < this.#distrustUntil;
  }

  /** Requests that were read together are answered together. */
  #endTurn(): void {
    const batch = this.#next;
    if (batch.commits === 0 || this.#run) return;
    if (this.#mayWriteInPlace(batch)) this.#writeInPlace(batch);
    else this.#run = this.#writeInPool();
  }

  #writeInPlace(batch: Batch): void {
    const { clock } = this.deps;
    const startedAt = clock.elapsed();
    this.#next = new Batch(this.#spare);
    try {
      this.segment.appendNow(batch.frames.bytes);
      batch.resolve();
      this.#syncSoon();
    } catch (error) {
      batch.reject(writeError(error));
    }
    const endedAt = clock.elapsed();
    if (endedAt - startedAt > SLOW_MS) this.#distrustUntil = endedAt + DISTRUST_MS;
    this.#finishBatch(batch);
  }

  /** What is full is left to a turn that may wait. */
  get #isFull(): boolean {
    return this.segment.size >= this.#fullAt && !this.#compacting;
  }

  #finishBatch(batch: Batch): void {
    this.#pending -= batch.commits;
    batch.frames.clear();
    this.#spare = batch.frames;
  }

  /** One batch. What came in the meantime may be written in place again, and most often is. */
  async #writeInPool(): Promise<void> {
    const batch = this.#next;
    this.#next = new Batch(this.#spare);
    await this.#write(batch);
    this.#finishBatch(batch);
    if (this.#isFull) await this.#beginSegment();
    this.#run = undefined;
    this.#endTurn();
  }

  async #write(batch: Batch): Promise<void> {
    try {
      await this.segment.append(batch.frames.bytes);
      if (this.deps.sync === 'always') await this.segment.sync();
      batch.resolve();
    } catch (error) {
      batch.reject(writeError(error));
      return;
    }
    if (this.deps.sync === 'background') this.#syncSoon();
  }

  #syncSoon(): void {
    if (this.#syncTimer || this.#syncing) return;
    this.#syncTimer = this.deps.clock.after(SYNC_WITHIN, () => {
      this.#syncTimer = undefined;
      this.#syncing = this.#sync(this.segment).then(() => {
        this.#syncing = undefined;
        if (!this.segment.isSynced) this.#syncSoon();
      });
    });
  }

  async #sync(segment: Segment): Promise<void> {
    if (segment.isSynced) return;
    try {
      await segment.sync();
    } catch (error) {
      this.deps.onFault('The disk does not confirm what was written', error);
    }
  }

  async #beginSegment(): Promise<void> {
    const full = this.segment;
    try {
      this.segment = await Segment.create(this.deps.directory, full.number + 1, full.size);
    } catch (error) {
      // The full one goes on growing.
      this.#fullAt += this.deps.segmentBytes;
      this.deps.onFault('No new segment can be begun', error);
      return;
    }
    void this.#finish(full);
    this.compact(full.number);
  }

  async #finish(segment: Segment): Promise<void> {
    await this.#syncing;
    await this.#sync(segment);
    await segment.close();
  }

  async #compact(upTo: number): Promise<void> {
    try {
      this.#fullAt = Math.max(this.deps.segmentBytes, await this.deps.compact(upTo));
    } catch (error) {
      this.#fullAt += this.deps.segmentBytes;
      this.deps.onFault('The log cannot be summed up', error);
    }
  }
}

const writeError = (cause: unknown): Error => new Error('the records could not be written to disk', { cause });

/** Commits that are written in one go. */
class Batch {
  commits = 0;
  resolve: () => void = () => {};
  reject: (error: Error) => void = () => {};
  readonly written = new Promise<void>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });

  constructor(readonly frames = new FrameBuffer()) {}
}
