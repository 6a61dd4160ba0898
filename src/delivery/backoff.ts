/**
 * The pauses between attempts: half a second, each half as long again, never above a minute, each taken anywhere between
 * half and one and a half of itself, so that those who failed together do not come back together.
 * A pause runs from the start of the attempt before it: a slow failure has waited already.
 *
 * Alertmanager: notify, RetryStage.
 */
import { type Duration, duration } from '../domain/time/index.js';
import type { Ids } from '../platform/ids.js';

const FIRST_MS = 500;
const FACTOR = 1.5;
const LONGEST_MS = 60_000;
const JITTER = 0.5;

export class Backoff {
  #ms = FIRST_MS;

  constructor(private readonly ids: Pick<Ids, 'random'>) {}

  next(): Duration {
    const spread = JITTER * this.#ms;
    const pause = this.#ms - spread + 2 * spread * this.ids.random();
    this.#ms = Math.min(this.#ms * FACTOR, LONGEST_MS);
    return duration(pause);
  }
}
