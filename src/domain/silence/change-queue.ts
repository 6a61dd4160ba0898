import type { Instant } from '../time/index.js';
import type { Silence } from './silence.js';

/**
 * The starts and ends of silences, the earliest first: a binary heap.
 *
 * A change of a silence that has been replaced is not searched for; it is dropped when it comes up, or when the heap has
 * doubled since it was last cleaned.
 *
 * Bound: twice the changes of the living silences, and a few besides.
 */
interface Change {
  readonly at: Instant;
  readonly silence: Silence;
}

const SMALL = 64;

export class ChangeQueue {
  #heap: Change[] = [];
  /** When it was asked last: what was before is over. */
  #askedAt: number = -Infinity;
  #cleanAbove = SMALL;

  /** `isCurrent` tells the silences that still count from those that were replaced or removed. */
  constructor(private readonly isCurrent: (silence: Silence) => boolean) {}

  add(silence: Silence): void {
    // Most begin when they are set, often in the same millisecond as the one before.
    if (silence.startsAt > this.#askedAt) this.#push({ at: silence.startsAt, silence });
    this.#push({ at: silence.endsAt, silence });
    if (this.#heap.length > this.#cleanAbove) this.#clean();
  }

  /** The earliest change after now. */
  next(now: Instant): Instant | undefined {
    this.#askedAt = now;
    for (let first = this.#heap[0]; first; first = this.#heap[0]) {
      if (first.at > now && this.isCurrent(first.silence)) return first.at;
      this.#dropFirst();
    }
    return undefined;
  }

  #clean(): void {
    const kept = this.#heap.filter(({ silence }) => this.isCurrent(silence));
    if (kept.length < this.#heap.length) {
      this.#heap = [];
      for (const change of kept) this.#push(change);
    }
    this.#cleanAbove = Math.max(SMALL, 2 * kept.length);
  }

  #push(change: Change): void {
    const heap = this.#heap;
    let place = heap.length;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above] as Change;
      if (parent.at <= change.at) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = change;
  }

  #dropFirst(): void {
    const heap = this.#heap;
    const last = heap.pop() as Change;
    if (heap.length === 0) return;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const right = left + 1;
      const child = right < heap.length && (heap[right] as Change).at < (heap[left] as Change).at ? right : left;
      if (child >= heap.length || (heap[child] as Change).at >= last.at) break;
      heap[place] = heap[child] as Change;
      place = child;
    }
    heap[place] = last;
  }
}
