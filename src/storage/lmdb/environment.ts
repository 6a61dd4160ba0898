import { open, type RootDatabase } from 'lmdb';
import { RECORD_KINDS, type RecordKind, type StateRecord } from '../storage.js';
import type { EncodedRecord } from './record-layout.js';
import { Tree } from './tree.js';

/**
 * The open LMDB environment: one tree for each kind of record.
 *
 * Durable means fdatasync before a commit is answered (`overlappingSync: false`; it is also the cheaper of the two ways,
 * see docs/decisions/0002-storage-on-lmdb.md). What is handed over while a write is under way shares the next. The map
 * grows by itself, and pages that are no longer used are used again: the file grows to its high-water mark and stays there.
 */
export class Environment {
  readonly #root: RootDatabase<Buffer, number>;
  readonly #trees: ReadonlyMap<RecordKind, Tree>;
  /** The kind of each record that was found on opening and is not whole. */
  readonly damaged: readonly RecordKind[];

  /** Throws what LMDB says. */
  constructor(directory: string) {
    const root = open<Buffer, number>({
      path: directory,
      // Without it a dot in the name makes it a file.
      noSubdir: false,
      overlappingSync: false,
      // A commit is a batch of its own; the library's batch around each turn leaves a rejection that nobody can handle.
      eventTurnBatching: false,
      maxDbs: RECORD_KINDS.length,
      encoding: 'binary',
    });
    this.#root = root;
    this.#trees = new Map(RECORD_KINDS.map((kind) => [kind, new Tree(root, kind)]));
    this.damaged = RECORD_KINDS.flatMap((kind) => Array<RecordKind>(this.#tree(kind).learn()).fill(kind));
  }

  /** Resolves when all of it is on disk; rejects when none of it is. */
  async write(records: readonly EncodedRecord[]): Promise<void> {
    const batch = {};
    let done = false;
    try {
      await this.#root.batch(() => {
        for (const { kind, key, bytes } of records) {
          if (bytes === undefined) this.#tree(kind).remove(key, batch);
          else this.#tree(kind).put(key, bytes);
        }
      });
      done = true;
    } catch (error) {
      throw await notWritten(error);
    } finally {
      for (const { kind, key, bytes } of records) if (bytes === undefined) this.#tree(kind).settle(key, batch, done);
    }
  }

  /** In key order. */
  read(kind: RecordKind): Iterable<StateRecord> {
    return this.#tree(kind).records();
  }

  count(kind: RecordKind): number {
    return this.#tree(kind).size;
  }

  async close(): Promise<void> {
    await this.#root.close();
  }

  #tree(kind: RecordKind): Tree {
    const tree = this.#trees.get(kind);
    if (!tree) throw new Error(`unknown kind of record: ${kind}`);
    return tree;
  }
}

/** LMDB's promise is rejected with a hint at another promise, which is rejected with the reason. */
async function notWritten(error: unknown): Promise<Error> {
  const reason = (error as { commitError?: Promise<never> } | null)?.commitError;
  const cause = reason ? await reason.catch((told: unknown) => told) : error;
  return new Error('the records could not be written to disk', { cause });
}
