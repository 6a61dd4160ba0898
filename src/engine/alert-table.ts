import { randomInt } from 'node:crypto';
import { digitsOf } from '../domain/labels/index.js';
import type { KnownAlert } from './group.js';
import { SlotIndex } from './slot-index.js';

const FIRST_CAPACITY = 64;

/**
 * All alerts, each in a slot of its own, found by fingerprint or by the mark of the latest report (engine.ts, ReportHints),
 * which each report of each evaluation asks for.
 *
 * What an index needs to know of an alert stands in rows of numbers beside it: an alert costs some forty bytes in here, none of
 * which the engine's collector looks at, but for the one reference.
 * Bound: at most two slots for each alert of the time when there were most.
 */
export class AlertTable {
  readonly #alerts: (KnownAlert | undefined)[] = [];
  readonly #freeSlots: number[] = [];
  #hashes = new Int32Array(FIRST_CAPACITY);
  /** Nought for an alert that has none. */
  #marks = new Float64Array(FIRST_CAPACITY);
  readonly #byFingerprint = new SlotIndex((slot) => this.#hashes[slot] as number);
  readonly #byMark = new SlotIndex((slot) => this.#marks[slot] as number);

  get size(): number {
    return this.#alerts.length - this.#freeSlots.length;
  }

  get(fingerprint: string): KnownAlert | undefined {
    const hash = hashOf(fingerprint);
    const index = this.#byFingerprint;
    for (let place = index.home(hash); ; place = index.next(place)) {
      const slot = index.slotAt(place);
      if (slot < 0) return undefined;
      const known = this.#alerts[slot] as KnownAlert;
      if (this.#hashes[slot] === hash && known.fingerprint === fingerprint) return known;
    }
  }

  /** Of whose fingerprint there is none yet. */
  add(known: KnownAlert): void {
    const slot = this.#freeSlots.pop() ?? this.#alerts.length;
    if (slot === this.#hashes.length) this.#grow();
    this.#alerts[slot] = known;
    this.#hashes[slot] = hashOf(known.fingerprint);
    this.#byFingerprint.add(slot);
    known.slot = slot;
  }

  delete(known: KnownAlert): void {
    const { slot } = known;
    this.mark(known, 0);
    this.#byFingerprint.remove(slot);
    this.#alerts[slot] = undefined;
    this.#freeSlots.push(slot);
    known.slot = -1;
  }

  /** In no order. */
  *values(): IterableIterator<KnownAlert> {
    for (const known of this.#alerts) if (known) yield known;
  }

  /** The alert whose latest report had this mark. */
  marked(mark: number): KnownAlert | undefined {
    const slot = this.#slotMarked(mark);
    return slot < 0 ? undefined : this.#alerts[slot];
  }

  /** Nought takes the mark away. One that another alert has goes over to this one. */
  mark({ slot }: KnownAlert, mark: number): void {
    if (this.#marks[slot] === mark) return;
    if (mark !== 0) this.#unmark(this.#slotMarked(mark));
    this.#unmark(slot);
    if (mark === 0) return;
    this.#marks[slot] = mark;
    this.#byMark.add(slot);
  }

  #unmark(slot: number): void {
    if (slot < 0 || this.#marks[slot] === 0) return;
    this.#byMark.remove(slot);
    this.#marks[slot] = 0;
  }

  #slotMarked(mark: number): number {
    const index = this.#byMark;
    for (let place = index.home(mark); ; place = index.next(place)) {
      const slot = index.slotAt(place);
      if (slot < 0 || this.#marks[slot] === mark) return slot;
    }
  }

  #grow(): void {
    const [hashes, marks] = [this.#hashes, this.#marks];
    this.#hashes = new Int32Array(2 * hashes.length);
    this.#hashes.set(hashes);
    this.#marks = new Float64Array(2 * marks.length);
    this.#marks.set(marks);
  }
}

/** Of the process, so that nobody can think up alerts that all want the same place. Odd, or a bit would count for nothing. */
const [HIGH_FACTOR, LOW_FACTOR] = [randomInt(2 ** 31) * 2 + 1, randomInt(2 ** 31) * 2 + 1];

/** All of its bits, in a small integer whose low bits depend on each of them. */
export function hashOf(fingerprint: string): number {
  const high = digitsOf(fingerprint, 0, 8);
  const low = digitsOf(fingerprint, 8, 8);
  const sum = (Math.imul(high, HIGH_FACTOR) + Math.imul(low, LOW_FACTOR)) | 0;
  const stirred = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b);
  return (stirred ^ (stirred >>> 15)) & 0x7fffffff;
}
