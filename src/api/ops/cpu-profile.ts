import { SECOND, duration } from '../../domain/time/index.js';
import { systemClock } from '../../platform/clock.js';

const LONGEST_SECONDS = 60;

/** Records where this process spends its time, one recording at a time, for so many seconds. */
export class CpuProfiler {
  #isRunning = false;

  /** Undefined while another recording is under way. */
  async record(seconds: number, gone: AbortSignal): Promise<string | undefined> {
    // Loaded for who asks: most processes are never looked at, and it costs memory.
    const { Session } = await import('node:inspector/promises');
    if (this.#isRunning) return undefined;
    this.#isRunning = true;
    const session = new Session();
    try {
      session.connect();
      await session.post('Profiler.enable');
      await session.post('Profiler.start');
      await wait(Math.min(Math.max(seconds, 1), LONGEST_SECONDS), gone);
      const { profile } = await session.post('Profiler.stop');
      return JSON.stringify(profile);
    } finally {
      session.disconnect();
      this.#isRunning = false;
    }
  }
}

const wait = (seconds: number, gone: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = systemClock.after(duration(seconds * SECOND), resolve);
    gone.addEventListener('abort', () => {
      timer.cancel();
      resolve();
    });
  });
