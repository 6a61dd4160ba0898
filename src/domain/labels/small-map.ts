/**
 * A map of which there are many, most of them with one entry: that one needs no table, which would take more memory than all
 * around it.
 */
export class SmallMap<K extends object | string, V> {
  #key: K | undefined;
  #value: V | undefined;
  /** All entries, from the second on. */
  #table: Map<K, V> | undefined;

  get size(): number {
    if (this.#table) return this.#table.size;
    return this.#key === undefined ? 0 : 1;
  }

  has(key: K): boolean {
    return this.#table ? this.#table.has(key) : this.#key === key;
  }

  get(key: K): V | undefined {
    if (this.#table) return this.#table.get(key);
    return this.#key === key ? this.#value : undefined;
  }

  set(key: K, value: V): void {
    if (!this.#table && (this.#key === undefined || this.#key === key)) {
      this.#key = key;
      this.#value = value;
      return;
    }
    this.#table ??= new Map(this.entries());
    this.#table.set(key, value);
    this.#clearFirst();
  }

  delete(key: K): boolean {
    if (this.#table) return this.#table.delete(key);
    if (this.#key !== key) return false;
    this.#clearFirst();
    return true;
  }

  /** In the order in which they came. */
  keys(): Iterable<K> {
    if (this.#table) return this.#table.keys();
    return this.#key === undefined ? [] : [this.#key];
  }

  entries(): Iterable<readonly [K, V]> {
    if (this.#table) return this.#table;
    return this.#key === undefined ? [] : [[this.#key, this.#value as V]];
  }

  #clearFirst(): void {
    this.#key = undefined;
    this.#value = undefined;
  }
}
