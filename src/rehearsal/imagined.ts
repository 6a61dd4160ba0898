/**
 * A world for a rehearsal: nothing in it reaches a disk, a network or a real timer, so that whatever is played in it can be
 * dropped as it stands.
 */
import { EventEmitter } from 'node:events';
import { type Duration, type Instant, instant } from '../domain/time/index.js';
import type { Clock, Timer } from '../platform/clock.js';
import type { HttpClientFactory, HttpResponse } from '../platform/http-client/index.js';
import { FrameBuffer } from '../storage/log/frame.js';
import type { Damage, LoadedRecord, RecordKind, StateRecord, Storage } from '../storage/storage.js';

/** Goes with the real one, and may be put forward. Its timers fire when they are asked to. */
export class ImaginedClock implements Clock {
  #ahead = 0;
  readonly #waiting = new Set<{ readonly at: number; readonly call: () => void }>();

  constructor(private readonly real: Clock) {}

  now(): Instant {
    return instant(this.real.now() + this.#ahead);
  }

  elapsed(): number {
    return this.real.elapsed();
  }

  after(delay: Duration, call: () => void): Timer {
    const entry = { at: this.now() + Math.max(delay, 0), call };
    this.#waiting.add(entry);
    return { cancel: () => void this.#waiting.delete(entry) };
  }

  putForward(span: Duration): void {
    this.#ahead += span;
  }

  /** Fires what is due, but not what that sets in turn. */
  fire(): void {
    const now = this.now();
    const due = Array.from(this.#waiting).filter(({ at }) => at <= now);
    for (const entry of due) if (this.#waiting.delete(entry)) entry.call();
  }
}

/** Writes records down as the log does, into memory that is used again and again. */
export class ImaginedStorage implements Storage {
  readonly #frames = new FrameBuffer();
  /** The last of each kind. Nobody reads them: a specimen has to hold records, too (rehearsal.ts). */
  readonly latest = new Map<RecordKind, StateRecord>();

  open(): Promise<readonly Damage[]> {
    return Promise.resolve([]);
  }

  load(): Iterable<LoadedRecord> {
    return [];
  }

  commit(records: readonly StateRecord[]): Promise<void> {
    for (const record of records) this.latest.set(record.kind, record);
    this.#frames.append(records);
    this.#frames.clear();
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** Everybody takes everything. */
export class ImaginedHttp implements HttpClientFactory {
  requests = 0;

  client = (): ReturnType<HttpClientFactory['client']> => ({
    request: this.#take,
    post: this.#take,
    close: this.close,
  });

  close = (): Promise<void> => Promise.resolve();

  readonly #take = (): Promise<HttpResponse> => {
    this.requests++;
    return Promise.resolve({ status: 200, headers: new Map(), bytes: new Uint8Array(), text: '' });
  };
}

/** The part of a socket that plain connections use. */
export class ImaginedSocket extends EventEmitter {
  readonly writableNeedDrain = false;

  constructor(private readonly onWrite: (text: string) => void) {
    super();
  }

  write(text: string): boolean {
    this.onWrite(text);
    return true;
  }

  pause(): void {}
  resume(): void {}
  destroy(): void {}
  destroySoon(): void {}
}
