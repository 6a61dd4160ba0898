/**
 * A world for a rehearsal: nothing in it reaches a disk, a network or a real timer, so that whatever is played in it can be
 * dropped as it stands.
 */
import { EventEmitter } from 'node:events';
import type { OnReadOpts } from 'node:net';
import { NO_WEB_SETTINGS, type WebSettings } from '../api/server/web-settings.js';
import type { Duration } from '../domain/time/index.js';
import type { Clock, Timer } from '../platform/clock.js';
import type { PlainSocket } from '../platform/http-client/index.js';
import { FrameBuffer } from '../storage/log/frame.js';
import type { Damage, LoadedRecord, RecordKind, StateRecord, Storage } from '../storage/storage.js';

/** What waits for a time, and is called when somebody looks. */
export class ImaginedTimers {
  readonly #waiting = new Set<{ readonly at: number; readonly call: () => void }>();
  #made = 0;

  constructor(private readonly real: Clock) {}

  set(delay: Duration, call: () => void): Timer {
    const entry = { at: this.real.now() + Math.max(delay, 0), call };
    const remove = (): void => void this.#waiting.delete(entry);
    this.#waiting.add(entry);
    return this.#made++ % 2 === 0 ? { cancel: remove } : { cancel: () => remove() };
  }

  /** Calls what is due, but not what that sets in turn. */
  fire(): void {
    const now = this.real.now();
    const due = Array.from(this.#waiting).filter(({ at }) => at <= now);
    for (const entry of due) if (this.#waiting.delete(entry)) entry.call();
  }
}

/**
 * Two ways to make the same, as there are two ways to make a timer above: what is always made at one place the compiler takes
 * for the only one there will ever be, and the real ones are made elsewhere.
 */
export interface Imagined {
  readonly clock: (real: Clock, timers: ImaginedTimers) => Clock;
  readonly settings: () => WebSettings;
}

export const oneWay: Imagined = {
  clock: ({ now, elapsed }, timers) => ({ now, elapsed, after: (delay, call) => timers.set(delay, call) }),
  settings: () => NO_WEB_SETTINGS,
};
export const otherWay: Imagined = {
  clock: ({ now, elapsed }, timers) => ({
    now,
    elapsed,
    after(delay, call) {
      return timers.set(delay, call);
    },
  }),
  settings() {
    return NO_WEB_SETTINGS;
  },
};

/** So many are written one behind the other, as when several come in one turn: memory that is small at first has to grow then. */
const COMMITS_AT_ONCE = 8;

/** Writes records down as the log does, but into memory. */
export class ImaginedStorage implements Storage {
  readonly #frames = new FrameBuffer();
  #commits = 0;
  /** The last of each kind. Nobody reads them: a specimen has to hold records, too (rehearsal.ts). */
  readonly latest = new Map<RecordKind, StateRecord>();
  /** Nothing that is handed over is ever written; who waits for it is held. */
  isStuck = false;
  readonly #never = new Promise<void>(() => {});

  open(): Promise<readonly Damage[]> {
    return Promise.resolve([]);
  }

  load(): Iterable<LoadedRecord> {
    return [];
  }

  commit(records: readonly StateRecord[]): Promise<void> {
    for (const record of records) this.latest.set(record.kind, record);
    this.#frames.append(records);
    if (++this.#commits % COMMITS_AT_ONCE === 0) this.#frames.clear();
    return this.isStuck ? this.#never : Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const TAKEN = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');

/** Of a connection to somebody who takes what is sent, in a turn of its own; when it is not taken there is no answer. */
export class ImaginedReceiver extends EventEmitter implements PlainSocket {
  readonly writableLength = 0;
  /** Nobody reads it: a specimen has to hold a turn, too. */
  turn: NodeJS.Immediate;

  constructor(
    private readonly onread: OnReadOpts,
    private readonly isTaken: () => boolean,
  ) {
    super();
    this.turn = setImmediate(() => this.emit('connect'));
  }

  write(): boolean {
    this.turn = setImmediate(() => this.#answer());
    return true;
  }

  #answer(): void {
    if (!this.isTaken()) return;
    const { buffer, callback } = this.onread;
    const into = buffer as Buffer;
    callback(TAKEN.copy(into), into);
  }

  cork(): void {}
  uncork(): void {}
  destroy(): void {}
  setNoDelay(): void {}
  setKeepAlive(): void {}
  setTimeout(): void {}
}

/** Of a connection from a sender: the part that plain connections use. */
export class ImaginedSender extends EventEmitter {
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
