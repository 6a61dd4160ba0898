/**
 * Stands where delivery stands and keeps what it is given; tests say how the other side answers. Its clock is the
 * test's.
 */
import type { Deliver } from '../../src/engine/engine.js';
import type { Send, SendResult } from '../../src/domain/notify/index.js';
import { type Instant, duration, instant, plus } from '../../src/domain/time/index.js';
import type { Clock } from '../../src/platform/clock.js';

export interface Delivery {
  /** When it arrived, or failed for good. */
  readonly at: Instant;
  /** `default/0` */
  readonly hook: string;
  readonly send: Send;
  readonly result: SendResult;
}

/** How a webhook answers: with a status, after a while. */
export interface Answer {
  readonly status: number;
  readonly afterMs: number;
}

const OK: Answer = { status: 200, afterMs: 0 };
const RETRY_EVERY_MS = 500;

export class Collector {
  readonly deliveries: Delivery[] = [];
  readonly #answers = new Map<string, Answer>();
  /** The process died: what it was about to do never happens, and nobody learns how it ended. */
  #isDead = false;

  constructor(private readonly clock: Clock) {}

  answer(hook: string, answer: Partial<Answer>): void {
    this.#answers.set(hook, { ...OK, ...answer });
  }

  /** What arrived. */
  get received(): readonly Delivery[] {
    return this.deliveries.filter(({ result }) => result.kind === 'delivered');
  }

  kill(): void {
    this.#isDead = true;
  }

  /** Tries again while the other side fails with 5xx, every half second, until the deadline. */
  readonly deliver: Deliver = async (send, signal) => {
    const { receiver, index } = send.integration;
    const hook = `${receiver}/${index}`;
    for (let attempts = 1; ; attempts++) {
      const result = await this.#attempt(hook, send, attempts, signal);
      if (result.kind !== 'retry') return this.#keep(hook, send, result);
      const again = plus(this.clock.now(), duration(RETRY_EVERY_MS));
      if (again > send.deadlineAt) return this.#keep(hook, send, result);
      if (!(await this.#sleep(RETRY_EVERY_MS, signal))) return this.#keep(hook, send, cancelled(attempts));
    }
  };

  async #attempt(hook: string, send: Send, attempts: number, signal: AbortSignal): Promise<SendResult> {
    const { status, afterMs } = this.#answers.get(hook) ?? OK;
    const patience = send.deadlineAt - this.clock.now();
    if (afterMs > 0 && !(await this.#sleep(Math.min(afterMs, patience), signal))) return cancelled(attempts);
    if (afterMs > patience) return failure('retry', 'contextDeadlineExceeded', attempts);
    if (status < 300) return { kind: 'delivered', attempts };
    return status >= 500
      ? failure('retry', 'serverError', attempts, status)
      : failure('rejected', 'clientError', attempts, status);
  }

  #keep(hook: string, send: Send, result: SendResult): SendResult | Promise<never> {
    if (this.#isDead) return new Promise(() => {});
    this.deliveries.push({ at: this.clock.now(), hook, send, result });
    return result;
  }

  /** Whether it could sleep to the end. */
  #sleep(ms: number, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = this.clock.after(duration(ms), () => {
        signal.removeEventListener('abort', onAbort);
        resolve(true);
      });
      const onAbort = (): void => {
        timer.cancel();
        resolve(false);
      };
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }
}

const failure = (
  kind: 'retry' | 'rejected',
  reason: 'serverError' | 'clientError' | 'contextDeadlineExceeded' | 'contextCanceled',
  attempts: number,
  status?: number,
): SendResult => ({
  kind,
  reason,
  attempts,
  message: status === undefined ? reason : `unexpected status code ${status}`,
});

const cancelled = (attempts: number): SendResult => failure('rejected', 'contextCanceled', attempts);

export const secondsSince = (start: Instant, at: Instant): number => instant(at - start) / 1_000;
