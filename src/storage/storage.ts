import type { Instant } from '../domain/time/index.js';

/**
 * Durability: what this node must not forget. Hot state lives in memory; what is worth keeping is a record.
 *
 * `silence`   one silence                     key: its id
 * `nflog`     what one integration was told   key: logKey()
 * `alert`     one alert                       key: its fingerprint
 * `group`     timers of one alert group       key: route id and group key
 * `delivery`  a send that is under way        key: logKey()
 * `meta`      facts about the store itself    key: a name (`imported`, `version` …)
 */
export type RecordKind = 'silence' | 'nflog' | 'alert' | 'group' | 'delivery' | 'meta';

export const RECORD_KINDS: readonly RecordKind[] = ['silence', 'nflog', 'alert', 'group', 'delivery', 'meta'];

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface StateRecord {
  readonly kind: RecordKind;
  /** Any text, of any length. */
  readonly key: string;
  /** `undefined` deletes. */
  readonly value: Json | undefined;
  readonly updatedAt: Instant;
}

/** Something that was found damaged on opening: what, where the copy lies, how much was lost. */
export interface Damage {
  readonly what: string;
  readonly keptAt?: string;
  readonly lostBytes?: number;
}

export interface Storage {
  /** Makes the directory if need be. Damage never throws: it is set aside and reported. */
  open(): Promise<readonly Damage[]>;
  /** All records of a kind, in key order. Only between open and close. */
  load(kind: RecordKind): Iterable<StateRecord>;
  /**
   * Writes all or nothing. Resolves when the records are on disk; commits that are called one after another become
   * visible in that order, and many at once share one write.
   */
  commit(records: readonly StateRecord[]): Promise<void>;
  /** Waits for what was committed, then lets go of the files. */
  close(): Promise<void>;
}
