import { compareBytes } from './byte-order.js';
import { fingerprintOf } from './fingerprint.js';

/**
 * An immutable set of labels (or annotations), sorted by name in byte order.
 *
 * Names and values stand in two parallel arrays: alerts of one rule share the array of names, a look-up is a short scan
 * over interned strings, and nothing of an object's prototype can be taken for a label.
 *
 * Keeps: names strictly ascending in byte order, one value for each name.
 */
export class LabelSet {
  static readonly EMPTY = new LabelSet([], []);

  #fingerprint: string | undefined;
  /** Or the JSON object in which they stand, until they are asked for. */
  #values: readonly string[] | string;

  private constructor(
    readonly names: readonly string[],
    values: readonly string[] | string,
  ) {
    this.#values = values;
  }

  /** From pairs in any order. Of pairs with the same name the last one counts. */
  static from(pairs: Iterable<readonly [string, string]>): LabelSet {
    const byName = new Map(pairs);
    if (byName.size === 0) return LabelSet.EMPTY;
    const names = [...byName.keys()].sort(compareBytes);
    const values: string[] = [];
    for (const name of names) values.push(byName.get(name) as string);
    return new LabelSet(names, values);
  }

  static fromObject(object: Readonly<Record<string, string>>): LabelSet {
    return LabelSet.from(Object.entries(object));
  }

  /** From arrays that already keep the order. For hot paths that have sorted by themselves. */
  static ofSorted(names: readonly string[], values: readonly string[]): LabelSet {
    return names.length === 0 ? LabelSet.EMPTY : new LabelSet(names, values);
  }

  /** From a JSON object with a text under each of these names, in their order and without spaces. It is read when need be. */
  static ofWritten(names: readonly string[], json: string): LabelSet {
    return new LabelSet(names, json);
  }

  get values(): readonly string[] {
    return typeof this.#values === 'string' ? this.#readValues(this.#values) : this.#values;
  }

  /** All of it as JSON, where that is at hand and nothing in it might be written in another way. */
  get plainJson(): string | undefined {
    return typeof this.#values === 'string' && PLAIN_JSON.test(this.#values) ? this.#values : undefined;
  }

  get size(): number {
    return this.names.length;
  }

  /** The value of a label; the empty string when it is not there, as every matcher sees it. */
  get(name: string): string {
    const { names } = this;
    for (let i = 0; i < names.length; i++) if (names[i] === name) return this.values[i] as string;
    return '';
  }

  /** A label without a value means the same as none. */
  get hasEmptyValue(): boolean {
    for (let i = 0; i < this.values.length; i++) if ((this.values[i] as string).length === 0) return true;
    return false;
  }

  has(name: string): boolean {
    return this.names.includes(name);
  }

  *entries(): IterableIterator<[string, string]> {
    for (let i = 0; i < this.names.length; i++) yield [this.names[i] as string, this.values[i] as string];
  }

  /** Only the labels that the predicate keeps. */
  filter(keep: (name: string, value: string) => boolean): LabelSet {
    const names: string[] = [];
    const values: string[] = [];
    for (let i = 0; i < this.names.length; i++) {
      const [name, value] = [this.names[i] as string, this.values[i] as string];
      if (!keep(name, value)) continue;
      names.push(name);
      values.push(value);
    }
    return names.length === this.names.length ? this : LabelSet.ofSorted(names, values);
  }

  /** 16 hex digits, the identity of an alert. */
  get fingerprint(): string {
    this.#fingerprint ??= fingerprintOf(this.names, this.values);
    return this.#fingerprint;
  }

  /** For who has kept it: making it again takes longer than reading the labels. */
  rememberFingerprint(fingerprint: string): void {
    this.#fingerprint = fingerprint;
  }

  equals(other: LabelSet): boolean {
    if (this === other || (typeof this.#values === 'string' && this.#values === other.#values)) return true;
    if (this.names.length !== other.names.length) return false;
    for (let i = 0; i < this.names.length; i++)
      if (this.names[i] !== other.names[i] || this.values[i] !== other.values[i]) return false;
    return true;
  }

  /** A plain object without prototype, names in byte order. */
  toObject(): Record<string, string> {
    const object = Object.create(null) as Record<string, string>;
    for (let i = 0; i < this.names.length; i++) object[this.names[i] as string] = this.values[i] as string;
    return object;
  }

  toJSON(): Record<string, string> {
    return this.toObject();
  }

  #readValues(json: string): readonly string[] {
    // Who made it knows that it is so.
    const byName = JSON.parse(json) as Readonly<Record<string, string>>;
    const values = this.names.slice();
    for (let i = 0; i < values.length; i++) values[i] = byName[values[i] as string] as string;
    this.#values = values;
    return values;
  }
}

/** Printable ASCII without what some encoders escape. */
const PLAIN_JSON = /^[ -%'-;=?-[\]-~]*$/;

/**
 * Alertmanager's order of label sets: fewer labels first; then, at the first name of the sorted union where they differ,
 * the set that lacks the name comes first, else the lower value.
 */
export function compareLabelSets(a: LabelSet, b: LabelSet): number {
  if (a.size !== b.size) return a.size - b.size;
  // Alerts of one rule have one array of names.
  if (a.names === b.names) return compareValues(a.values, b.values);
  for (let i = 0; i < a.size; i++) {
    const byName = compareBytes(a.names[i] as string, b.names[i] as string);
    // The lower name is one that the other set lacks; who lacks it comes first.
    if (byName !== 0) return -byName;
    const byValue = compareBytes(a.values[i] as string, b.values[i] as string);
    if (byValue !== 0) return byValue;
  }
  return 0;
}

function compareValues(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return compareBytes(a[i] as string, b[i] as string);
  return 0;
}
