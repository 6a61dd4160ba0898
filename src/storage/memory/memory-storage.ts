import { compareBytes } from '../../domain/labels/index.js';
import { type Instant } from '../../domain/time/index.js';
import {
  ByteText,
  type Damage,
  type Json,
  JsonText,
  type LoadedRecord,
  RECORD_KINDS,
  type RecordKind,
  type StateRecord,
  type Storage,
} from '../storage.js';

interface Held {
  readonly text: string;
  readonly updatedAt: Instant;
}

/**
 * The plain truth about storage: what every adapter must do, without a disk. Used by simulation and unit tests, and by
 * those who want nothing kept.
 *
 * Values are held as text, so that nobody changes a record by changing what was handed in or out. What was committed
 * outlives `close`, as it would on a disk: the same object can be opened again.
 */
export class MemoryStorage implements Storage {
  readonly #kinds = new Map<RecordKind, Map<string, Held>>(RECORD_KINDS.map((kind) => [kind, new Map()]));
  #isOpen = false;

  open(): Promise<readonly Damage[]> {
    this.#isOpen = true;
    return Promise.resolve([]);
  }

  *load(kind: RecordKind): Iterable<LoadedRecord> {
    if (!this.#isOpen) throw new Error('storage is not open');
    const held = [...this.#of(kind)].sort(([a], [b]) => compareBytes(a, b));
    for (const [key, { text, updatedAt }] of held)
      // The text is our own JSON.
      yield { kind, key, value: JSON.parse(text) as Json, updatedAt };
  }

  async commit(records: readonly StateRecord[]): Promise<void> {
    if (!this.#isOpen) throw new Error('storage is closed');
    const texts = records.map(({ value }) => (value === undefined ? undefined : asJson(value)));
    records.forEach(({ kind, key, updatedAt }, i) => {
      const text = texts[i];
      if (text === undefined) this.#of(kind).delete(key.toWellFormed());
      else this.#of(kind).set(key.toWellFormed(), { text, updatedAt });
    });
  }

  close(): Promise<void> {
    this.#isOpen = false;
    return Promise.resolve();
  }

  #of(kind: RecordKind): Map<string, Held> {
    const records = this.#kinds.get(kind);
    if (!records) throw new Error(`unknown kind of record: ${kind}`);
    return records;
  }
}

function asJson(value: Json | ByteText | JsonText): string {
  if (value instanceof JsonText) return value.json;
  const text: string | undefined = JSON.stringify(value instanceof ByteText ? value.toString() : value);
  if (text === undefined) throw new TypeError('a record needs a value that JSON can hold');
  return text;
}
