import { describe, expect, it } from '@jest/globals';

import { secondsAfter } from '../../test/support/builders.js';
import { EPOCH, VirtualClock } from '../../test/support/virtual-clock.js';
import { type Duration, type Instant, duration, instant } from '../domain/time/index.js';
import type { Clock } from '../platform/clock.js';
import { type Due, DueQueue, type Lane } from './due-queue.js';
import { Heap, type HeapEntry } from './heap.js';

const at = (s: number): Instant => secondsAfter(EPOCH, s);

function aQueue(clock: Clock & { advanceTo(at: Instant): Promise<void> } = new VirtualClock(), isSending = false) {
  const ran: string[] = [];
  const errors: string[] = [];
  const queue = new DueQueue(
    clock,
    (what, error) => errors.push(`${what}: ${String(error)}`),
    () => isSending,
  );
  const due = (what: string, lane: Lane = 'work'): Due =>
    queue.entry(lane, what, (now) => ran.push(`${what}@${(now - EPOCH) / 1_000}`));
  return { clock, queue, ran, errors, due };
}

describe('due-queue', () => {
  it('runs each entry once, at its time, in order', async () => {
    const { clock, queue, ran, due } = aQueue();
    queue.start();
    queue.set(due('c'), at(3));
    queue.set(due('a'), at(1));
    queue.set(due('b'), at(1));
    await clock.advanceTo(at(10));
    expect(ran).toEqual(['a@1', 'b@1', 'c@3']);
  });

  it('runs transitions before work of the same instant', async () => {
    const { clock, queue, ran, due } = aQueue();
    queue.start();
    queue.set(due('flush'), at(1));
    queue.set(due('silence starts', 'transition'), at(1));
    await clock.advanceTo(at(2));
    expect(ran).toEqual(['silence starts@1', 'flush@1']);
  });

  it('moves and removes what waits', async () => {
    const { clock, queue, ran, due } = aQueue();
    const [early, late, gone] = [due('early'), due('late'), due('gone')];
    queue.start();
    queue.set(early, at(5));
    queue.set(late, at(1));
    queue.set(gone, at(2));
    queue.set(early, at(0.5));
    queue.set(late, at(6));
    queue.remove(gone);
    await clock.advanceTo(at(10));
    expect(ran).toEqual(['early@0.5', 'late@6']);
  });

  it('runs nothing before it is started and after it is stopped', async () => {
    const { clock, queue, ran, due } = aQueue();
    queue.set(due('a'), at(1));
    await clock.advanceTo(at(2));
    expect(ran).toEqual([]);
    queue.start();
    await clock.advanceTo(at(2));
    queue.set(due('b'), at(3));
    queue.stop();
    await clock.advanceTo(at(4));
    expect(ran).toEqual(['a@2']);
  });

  it('settles transitions without doing work', () => {
    const { queue, ran, due } = aQueue();
    queue.set(due('flush'), at(1));
    queue.set(due('ends', 'transition'), at(1));
    queue.settle(at(2));
    expect(ran).toEqual(['ends@2']);
  });

  it('goes on after an entry that throws', async () => {
    const { clock, queue, ran, errors, due } = aQueue();
    queue.start();
    queue.set(
      queue.entry('work', 'bad', () => {
        throw new Error('oops');
      }),
      at(1),
    );
    queue.set(due('good'), at(1));
    await clock.advanceTo(at(2));
    expect([ran, errors]).toEqual([['good@1'], ['bad: Error: oops']]);
  });

  it('needs one timer whatever waits', () => {
    const clock = new VirtualClock();
    const { queue, due } = aQueue(clock);
    queue.start();
    for (let i = 100; i > 0; i--) queue.set(due(String(i)), at(i));
    expect(clock.pending).toBe(1);
  });

  it('lists what waits, soonest first', () => {
    const { queue, due } = aQueue();
    queue.set(due('b'), at(2));
    queue.set(due('a', 'transition'), at(3));
    expect(queue.list()).toEqual([
      { what: 'b', at: at(2) },
      { what: 'a', at: at(3) },
    ]);
  });

  it('waits for years without a wake-up that is too early', async () => {
    const { clock, queue, ran, due } = aQueue();
    queue.start();
    queue.set(due('far'), at(40 * 86_400));
    await clock.advanceTo(at(40 * 86_400 - 1));
    expect(ran).toEqual([]);
    await clock.advanceTo(at(40 * 86_400));
    expect(ran).toEqual([`far@${40 * 86_400}`]);
  });

  it('does not sit out the hours by which a wall clock is set back', async () => {
    const clock = new SteppedClock();
    const { queue, ran, due } = aQueue(clock);
    queue.start();
    queue.set(due('flush'), at(300));
    await clock.advanceTo(at(10));
    clock.stepMs = -3_600_000;
    await clock.advanceTo(at(310));
    expect(ran).toEqual(['flush@-3300']);
  });

  it.each([
    ['so that others get their turn', false, 10],
    ['shorter ones while something is sent', true, 20],
  ])('works in slices, %s', async (_why, isSending, slices) => {
    const clock = new BusyClock();
    const { queue, ran, due } = aQueue(clock, isSending);
    queue.start();
    for (let i = 0; i < 20; i++) queue.set(due(String(i)), at(1));
    await clock.advanceTo(at(1));
    expect([ran.length, clock.wakes]).toEqual([20, slices]);
  });
});

/** Its wall can be set; what is monotonic goes on. */
class SteppedClock extends VirtualClock {
  stepMs = 0;

  override now(): Instant {
    return instant(super.now() + this.stepMs);
  }
}

/** Looking at it takes two milliseconds. */
class BusyClock extends VirtualClock {
  #looks = 0;
  wakes = 0;

  override elapsed(): number {
    return super.elapsed() + 2 * this.#looks++;
  }

  override after(delay: Duration, call: () => void) {
    return super.after(duration(delay), () => {
      this.wakes++;
      call();
    });
  }
}

describe('heap', () => {
  it('keeps its order under any moves', () => {
    const heap = new Heap();
    const entries = Array.from({ length: 200 }, () => ({ at: 0, place: -1, turn: 0 }));
    let state = 7;
    const random = (below: number): number => (state = (state * 16_807) % 2_147_483_647) % below;
    for (let i = 0; i < 2_000; i++) {
      const entry = entries[random(entries.length)] as (typeof entries)[number];
      const what = random(8);
      const [first] = inOrder(entries);
      if (what === 0) heap.remove(entry);
      else if (what === 1) expect(heap.pop()).toBe(first);
      else heap.set(entry, random(1_000));
      expect(heap.size).toBe(inOrder(entries).length);
    }
    const waiting = inOrder(entries);
    const popped = Array.from({ length: heap.size }, () => heap.pop());
    expect(popped).toEqual(waiting);
    expect(heap.size).toBe(0);
  });
});

/** Those that wait. */
const inOrder = (entries: readonly HeapEntry[]): readonly HeapEntry[] =>
  entries.filter(({ place }) => place >= 0).sort((a, b) => a.at - b.at || a.turn - b.turn);
