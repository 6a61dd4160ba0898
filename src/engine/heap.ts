import { emptyList } from '../platform/empty-list.js';

/**
 * A binary heap whose entries know their place, so that one that waits can be moved or taken out in O(log n).
 *
 * Who is taken out as the first mostly comes again at once, for a later time. So the first place stays empty until then, and
 * the next entry is put there: it sinks once, and no other one is moved up for the time between.
 *
 * Keeps: `peek()` is the entry with the lowest `at`; entries with equal `at` come in the order in which they were set.
 */
export interface HeapEntry {
  at: number;
  /** Place in the heap, -1 outside. Only the heap writes it. */
  place: number;
  /** Breaks ties. Only the heap writes it. */
  turn: number;
}

/**
 * The time of an entry that has none yet. Not zero: the engine keeps small integers in another way than times, and what has met
 * entries with the one is undone by the first with the other.
 */
export const NOT_YET = -Infinity;

export class Heap<T extends HeapEntry> {
  readonly #entries = emptyList<T>();
  #isFirstEmpty = false;
  #turns = 0;

  get size(): number {
    return this.#isFirstEmpty ? this.#entries.length - 1 : this.#entries.length;
  }

  peek(): T | undefined {
    this.#fillFirst();
    return this.#entries[0];
  }

  /** Adds the entry, or moves it if it is in already. */
  set(entry: T, at: number): void {
    if (entry.place < 0) this.#add(entry);
    else this.#fillFirst();
    entry.at = at;
    entry.turn = this.#turns++;
    this.#sink(this.#rise(entry.place));
  }

  remove(entry: T): void {
    if (entry.place < 0) return;
    this.#fillFirst();
    const { place } = entry;
    entry.place = -1;
    if (place === 0) {
      this.#isFirstEmpty = true;
      return;
    }
    const last = this.#entries.pop() as T;
    if (last === entry) return;
    this.#put(last, place);
    this.#sink(this.#rise(place));
  }

  pop(): T | undefined {
    const first = this.peek();
    if (first) this.remove(first);
    return first;
  }

  /** Moves all entries by the same span, which leaves their order as it is. */
  shift(span: number): void {
    for (const entry of this.values()) entry.at += span;
  }

  /** In no order. */
  values(): IterableIterator<T> {
    this.#fillFirst();
    return this.#entries.values();
  }

  #add(entry: T): void {
    if (this.#isFirstEmpty) {
      this.#isFirstEmpty = false;
      this.#put(entry, 0);
    } else this.#put(entry, this.#entries.length);
  }

  /** Nobody came in time. */
  #fillFirst(): void {
    if (!this.#isFirstEmpty) return;
    this.#isFirstEmpty = false;
    const last = this.#entries.pop() as T;
    if (this.#entries.length === 0) return; // it stood for the empty place itself
    this.#put(last, 0);
    this.#sink(0);
  }

  #rise(place: number): number {
    const entry = this.#entries[place] as T;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = this.#entries[above] as T;
      if (!comesBefore(entry, parent)) break;
      this.#put(parent, place);
      place = above;
    }
    this.#put(entry, place);
    return place;
  }

  #sink(place: number): void {
    const entry = this.#entries[place] as T;
    for (;;) {
      const child = this.#earlierChild(place);
      if (!child || !comesBefore(child, entry)) break;
      const below = child.place;
      this.#put(child, place);
      place = below;
    }
    this.#put(entry, place);
  }

  #earlierChild(place: number): T | undefined {
    const left = this.#entries[2 * place + 1];
    const right = this.#entries[2 * place + 2];
    return right && left && comesBefore(right, left) ? right : left;
  }

  #put(entry: T, place: number): void {
    this.#entries[place] = entry;
    entry.place = place;
  }
}

const comesBefore = (a: HeapEntry, b: HeapEntry): boolean => a.at < b.at || (a.at === b.at && a.turn < b.turn);
