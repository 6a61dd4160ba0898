/** A clock and a storage that a process loses when it dies: its timers never fire, what it still writes goes nowhere. */
import type { Duration } from '../../src/domain/time/index.js';
import type { Clock, Timer } from '../../src/platform/clock.js';
import type { RecordKind, StateRecord, Storage } from '../../src/storage/storage.js';

export class MortalClock implements Clock {
  readonly #timers = new Set<Timer>();
  #isDead = false;

  constructor(private readonly clock: Clock) {}

  now() {
    return this.clock.now();
  }

  elapsed() {
    return this.clock.elapsed();
  }

  after(delay: Duration, call: () => void): Timer {
    if (this.#isDead) return { cancel: () => {} };
    const timer = this.clock.after(delay, () => {
      this.#timers.delete(timer);
      call();
    });
    this.#timers.add(timer);
    return {
      cancel: () => {
        this.#timers.delete(timer);
        timer.cancel();
      },
    };
  }

  kill(): void {
    this.#isDead = true;
    for (const timer of this.#timers) timer.cancel();
  }
}

export class MortalStorage implements Storage {
  #isDead = false;

  constructor(private readonly storage: Storage) {}

  open() {
    return this.storage.open();
  }

  load(kind: RecordKind) {
    return this.storage.load(kind);
  }

  commit(records: readonly StateRecord[]): Promise<void> {
    return this.#isDead ? new Promise(() => {}) : this.storage.commit(records);
  }

  close() {
    return this.#isDead ? Promise.resolve() : this.storage.close();
  }

  kill(): void {
    this.#isDead = true;
  }
}
