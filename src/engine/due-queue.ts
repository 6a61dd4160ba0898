import { type Duration, type Instant, MINUTE, between, duration, instant } from '../domain/time/index.js';
import type { Clock, Timer } from '../platform/clock.js';
import { Heap, type HeapEntry, NOT_YET } from './heap.js';

/**
 * Everything that waits, behind one timer.
 *
 * Two lanes: `transition` is what changes the state by the passing of time alone (an alert ends, a silence starts or
 * ends), `work` is what somebody does about it (a flush, maintenance). Of what is due, transitions come first, so that
 * work sees the world as it is at its own instant.
 *
 * Entries may be early, never late: who is called before its time asks again. That makes it cheap to push an end
 * further (nothing is moved) and makes a wall clock that was set back harmless (all entries move back with it, so no
 * group waits for the hours that come twice).
 *
 * Keeps: one timer at most.   Bound: one entry for each alert, silence and group, a handful besides.
 */
export type Lane = 'transition' | 'work';

export interface Due extends HeapEntry {
  readonly lane: Lane;
  /** For people: what waits here. */
  readonly what: string;
  readonly run: (now: Instant) => void;
}

/** Waking at least this often is how a clock that was set back is noticed. */
const LONGEST_SLEEP = MINUTE;
const CLOCK_STEP_MS = 1_000;
/** Work is done in slices of this length, so that ten thousand groups due at once do not hold up the rest. */
const SLICE_MS = 3;
/**
 * While notifications are on their way slices are shorter, so that what was looked at is sent before more is. What waits half
 * done lives on through collections of young objects, which then take several times as long.
 */
const SENDING_SLICE_MS = 0.25;

export class DueQueue {
  readonly #transitions = new Heap<Due>();
  readonly #work = new Heap<Due>();
  #timer: Timer | undefined;
  #wakeAt = Infinity;
  #running = false;
  #advancing = false;
  #seenWall = 0;
  #seenElapsed = 0;

  constructor(
    private readonly clock: Clock,
    private readonly onError: (what: string, error: unknown) => void,
    private readonly isSending: () => boolean,
  ) {}

  entry(lane: Lane, what: string, run: (now: Instant) => void): Due {
    return { lane, what, run, at: NOT_YET, place: -1, turn: 0 };
  }

  /** Adds or moves. */
  set(due: Due, at: Instant): void {
    this.#heapOf(due.lane).set(due, at);
    // Mostly others come sooner.
    if (at < this.#wakeAt) this.#arm();
  }

  remove(due: Due): void {
    this.#heapOf(due.lane).remove(due);
  }

  isWaiting(due: Due): boolean {
    return due.place >= 0;
  }

  start(): void {
    this.#running = true;
    this.#seenWall = this.clock.now();
    this.#seenElapsed = this.clock.elapsed();
    this.#arm();
  }

  stop(): void {
    this.#running = false;
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#wakeAt = Infinity;
  }

  /** Lets the state catch up with the time. Does no work. */
  settle(now: Instant): void {
    this.#runTransitions(now);
  }

  /** What waits, soonest first. */
  list(): { readonly what: string; readonly at: Instant }[] {
    return [...this.#transitions.values(), ...this.#work.values()]
      .sort((a, b) => a.at - b.at || a.turn - b.turn)
      .map(({ what, at }) => ({ what, at: instant(at) }));
  }

  #heapOf(lane: Lane): Heap<Due> {
    return lane === 'work' ? this.#work : this.#transitions;
  }

  #wake(): void {
    this.#timer = undefined;
    this.#wakeAt = Infinity;
    if (!this.#running) return;
    const now = this.clock.now();
    this.#followTheClock(now);
    this.#advancing = true;
    this.#runTransitions(now);
    this.#runWork(now);
    this.#advancing = false;
    this.#arm();
  }

  #runTransitions(now: Instant): void {
    while (this.#runFirst(this.#transitions, now));
  }

  #runWork(now: Instant): void {
    const began = this.clock.elapsed();
    while (this.#runFirst(this.#work, now) && this.clock.elapsed() - began <= this.#sliceMs);
  }

  get #sliceMs(): number {
    return this.isSending() ? SENDING_SLICE_MS : SLICE_MS;
  }

  /** Whether there was one that is due. */
  #runFirst(heap: Heap<Due>, now: Instant): boolean {
    const due = heap.peek();
    if (!due || due.at > now) return false;
    heap.remove(due);
    try {
      due.run(now);
    } catch (error) {
      this.onError(due.what, error);
    }
    return true;
  }

  #followTheClock(now: Instant): void {
    const elapsed = this.clock.elapsed();
    const step = now - this.#seenWall - (elapsed - this.#seenElapsed);
    this.#seenWall = now;
    this.#seenElapsed = elapsed;
    if (step > -CLOCK_STEP_MS) return;
    this.#transitions.shift(step);
    this.#work.shift(step);
  }

  #arm(): void {
    if (!this.#running || this.#advancing) return;
    const next = Math.min(this.#transitions.peek()?.at ?? Infinity, this.#work.peek()?.at ?? Infinity);
    if (next === Infinity || next >= this.#wakeAt) return;
    this.#timer?.cancel();
    const now = this.clock.now();
    const delay = sleepUntil(next, now);
    this.#wakeAt = now + delay;
    this.#timer = this.clock.after(delay, () => this.#wake());
  }
}

const sleepUntil = (at: number, now: Instant): Duration =>
  duration(Math.min(Math.max(Math.ceil(between(now, instant(at))), 0), LONGEST_SLEEP));
