import { setImmediate as nextTurn } from 'node:timers/promises';

import type { Clock } from '../../platform/clock.js';

/** So long one answer holds the event loop before others have their turn. The clock is asked at the first of so many steps. */
const SLICE_MS = 8;
const STEPS_PER_LOOK = 64;

/** Long work in slices: lets others have their turn when its own is over. */
export class Slices {
  #steps = 0;
  #until: number;

  constructor(private readonly clock: Pick<Clock, 'elapsed'>) {
    this.#until = clock.elapsed() + SLICE_MS;
  }

  /** Called after each small step; whether to `pause` now. */
  isOver(): boolean {
    return this.#steps++ % STEPS_PER_LOOK === 0 && this.clock.elapsed() >= this.#until;
  }

  async pause(): Promise<void> {
    await nextTurn();
    this.#until = this.clock.elapsed() + SLICE_MS;
  }
}

/** Goes through a generator in slices. */
export async function inSlices<T>(steps: Iterator<unknown, T>, clock: Pick<Clock, 'elapsed'>): Promise<T> {
  const slices = new Slices(clock);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (slices.isOver()) await slices.pause();
  }
}
