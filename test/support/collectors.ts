/**
 * Stands where delivery stands and keeps what it is given; tests say how the other side answers. Its clock is the
 * test's.
 */
import type { Deliver } from '../../src/engine/engine.js';
import type { Send, SendResult } from '../../src/domain/notify/index.js';
import { type Instant, duration } from '../../src/domain/time/index.js';
import type { CancelSignal } from '../../src/platform/cancel-signal.js';
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
const FIRST_PAUSE_MS = 500;
const PAUSE_GROWTH = 1.5;

/** The receivers: they outlive the processes that send to them. */
export class Collector {
  readonly deliveries: Delivery[] = [];
  readonly #answers = new Map<string, Answer>();

  constructor(private readonly clock: Clock) {}

  answer(hook: string, answer: Partial<Answer>): void {
    this.#answers.set(hook, { ...OK, ...answer });
  }

  answerOf(hook: string): Answer {
    return this.#answers.get(hook) ?? OK;
  }

  /** What arrived. */
  get received(): readonly Delivery[] {
    return this.deliveries.filter(({ result }) => result.kind === 'delivered');
  }

  keep(hook: string, send: Send, result: SendResult): void {
    this.deliveries.push({ at: this.clock.now(), hook, send, result });
  }

  /** What one process sends by. */
  connect(): Line {
    return new Line(this, this.clock);
  }
}

/**
 * Tries again while the other side fails with 5xx, with Alertmanager's growing pauses but no jitter, until the deadline. When it is cut, what is under way
 * arrives all the same if it was to arrive, but nobody learns of it.
 */
export class Line {
  /** Sends that have not come to an end. */
  underWay = 0;
  #isCut = false;

  constructor(
    private readonly collector: Collector,
    private readonly clock: Clock,
  ) {}

  cut(): void {
    this.#isCut = true;
  }

  readonly deliver: Deliver = async (send, signal) => {
    const { receiver, index } = send.integration;
    const hook = `${receiver}/${index}`;
    this.underWay++;
    let pause = FIRST_PAUSE_MS;
    for (let attempts = 1; ; attempts++, pause *= PAUSE_GROWTH) {
      const result = await this.#attempt(hook, send, attempts, signal);
      if (result.kind !== 'retry' || this.#isCut) return this.#end(hook, send, result);
      const patience = send.deadlineAt - this.clock.now();
      if (!(await this.#sleep(Math.min(pause, patience), signal))) return this.#end(hook, send, cancelled(attempts));
      if (pause >= patience || this.#isCut) return this.#end(hook, send, result);
    }
  };

  async #attempt(hook: string, send: Send, attempts: number, signal: CancelSignal): Promise<SendResult> {
    const { status, afterMs } = this.collector.answerOf(hook);
    const patience = send.deadlineAt - this.clock.now();
    if (afterMs > 0 && !(await this.#sleep(Math.min(afterMs, patience), signal))) return cancelled(attempts);
    if (afterMs > patience) return failure('retry', 'contextDeadlineExceeded', attempts);
    if (status < 300) return { kind: 'delivered', attempts };
    return status >= 500
      ? failure('retry', 'serverError', attempts, status)
      : failure('rejected', 'clientError', attempts, status);
  }

  #end(hook: string, send: Send, result: SendResult): SendResult | Promise<never> {
    this.underWay--;
    this.collector.keep(hook, send, result);
    return this.#isCut ? new Promise(() => {}) : result;
  }

  /** Whether it could sleep to the end. */
  #sleep(ms: number, signal: CancelSignal): Promise<boolean> {
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
