import type { Database, RootDatabase } from 'lmdb';
import { compareBytes } from '../../domain/labels/index.js';
import type { RecordKind, StateRecord } from '../storage.js';
import { decodeRecord, isWholeRecord, keyOf } from './record-layout.js';

/**
 * The records of one kind.
 *
 * In the tree they stand in the order in which their keys were first seen, under a number, and memory knows which
 * number a key has. Keys come in random order (fingerprints, UUIDs): sorted by them, each new record would land on a page
 * of its own, and a write of 64 alerts would write 64 pages where 12 do. What was seen together lies together, too, and is
 * updated together.
 *
 * Keeps: a key has one number, from its first write until its deletion is on disk. So whatever fails in between, no key
 * ever has two records.
 */
export class Tree {
  readonly #db: Database<Buffer, number>;
  readonly #numbers = new Map<string, number>();
  /** Keys whose deletion is under way, and which deletion it is. */
  readonly #dying = new Map<string, object>();
  #next = 0;

  constructor(
    root: RootDatabase<Buffer, number>,
    private readonly kind: RecordKind,
  ) {
    const options = { name: kind, encoding: 'binary', keyEncoder: arrivalKey } as const;
    // The library's types leave out keyEncoder, its documentation does not.
    this.#db = root.openDB<Buffer, number>(options);
  }

  /** Reads every byte and learns the keys. How many records are not whole: these are left alone and not found again. */
  learn(): number {
    let damaged = 0;
    for (const { key: number, value } of this.#db.getRange({})) {
      if (isWholeRecord(value)) this.#numbers.set(keyOf(value), number);
      else damaged++;
      this.#next = number + 1;
    }
    return damaged;
  }

  /** To be called within a batch; the batch says how it went. */
  put(key: string, bytes: Buffer): void {
    let number = this.#numbers.get(key);
    if (number === undefined) this.#numbers.set(key, (number = this.#next++));
    else this.#dying.delete(key);
    void this.#db.put(number, bytes);
  }

  remove(key: string, batch: object): void {
    const number = this.#numbers.get(key);
    if (number === undefined) return;
    this.#dying.set(key, batch);
    void this.#db.remove(number);
  }

  /** The deletion is over: done, or nothing has changed. A key that was written again meanwhile keeps its number. */
  settle(key: string, batch: object, done: boolean): void {
    if (this.#dying.get(key) !== batch) return;
    this.#dying.delete(key);
    if (done) this.#numbers.delete(key);
  }

  *records(): Iterable<StateRecord> {
    for (const key of [...this.#numbers.keys()].sort(compareBytes)) {
      const number = this.#numbers.get(key);
      const bytes = number === undefined ? undefined : this.#db.get(number);
      const record = bytes && decodeRecord(this.kind, bytes, key);
      if (record) yield record;
    }
  }

  get size(): number {
    // LMDB's own counter; the library leaves the shape of its statistics open.
    return (this.#db.getStats() as { entryCount: number }).entryCount;
  }
}

/** Eight bytes, the highest first, so that LMDB's order is that of the numbers. */
const arrivalKey = {
  writeKey(number: number, target: Uint8Array, start: number): number {
    let rest = number;
    for (let at = start + 7; at >= start; at--) {
      target[at] = rest % 256;
      rest = Math.floor(rest / 256);
    }
    return start + 8;
  },
  readKey(target: Uint8Array, start: number): number {
    let number = 0;
    for (let at = start; at < start + 8; at++) number = number * 256 + (target[at] as number);
    return number;
  },
};
