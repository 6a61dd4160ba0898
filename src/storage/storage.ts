import type { Instant } from '../domain/time/index.js';

/**
 * Durability: what this node must not forget. Hot state lives in memory; what is worth keeping is a record.
 *
 * `silence`   one silence                     key: its id
 * `nflog`     what one integration was told   key: logKey()
 * `alert`     one alert                       key: its fingerprint
 * `lease`     the latest end of an alert      key: its fingerprint
 * `group`     timers of one alert group       key: route id and group key
 * `delivery`  a send that is under way        key: logKey()
 * `meta`      facts about the store itself    key: a name (`imported`, `version` …)
 */
export type RecordKind = 'silence' | 'nflog' | 'alert' | 'group' | 'delivery' | 'meta' | 'lease';

export const RECORD_KINDS: readonly RecordKind[] = ['silence', 'nflog', 'alert', 'group', 'delivery', 'meta', 'lease'];

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * A text that somebody else wrote for the most part, and of which nobody makes a string: a head, and behind it the UTF-8 that
 * stands between two places of a body. Nobody writes to those bytes any more. It comes back as a string.
 */
export class ByteText {
  constructor(
    readonly head: string,
    readonly bytes: Buffer,
    readonly start: number,
    readonly end: number,
  ) {}

  toString(): string {
    return this.head + this.bytes.toString('utf8', this.start, this.end);
  }
}

/** A value of which somebody has the JSON at hand. It comes back as what it says. */
export class JsonText {
  constructor(readonly json: string) {}
}

export interface StateRecord {
  readonly kind: RecordKind;
  /** Any text, of any length. */
  readonly key: string;
  /** `undefined` deletes. */
  readonly value: Json | ByteText | JsonText | undefined;
  readonly updatedAt: Instant;
}

/** As it comes back. */
export interface LoadedRecord extends StateRecord {
  readonly value: Json | undefined;
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
  load(kind: RecordKind): Iterable<LoadedRecord>;
  /**
   * Writes all or nothing. Resolves when the records are on disk; commits that are called one after another become
   * visible in that order, and many at once share one write.
   */
  commit(records: readonly StateRecord[]): Promise<void>;
  /** Waits for what was committed, then lets go of the files. */
  close(): Promise<void>;
}
