/**
 * One notification on its way to one integration: attempts with pauses between them until it arrived, will never arrive,
 * or its time is up.
 *
 * Keeps: no attempt begins after the deadline or after a cancel; the error that is reported is the last that an attempt
 * brought, and only without any the deadline itself. A pause that the receiver asks for is kept when it ends before the
 * deadline; otherwise the sending ends at once, and the group's next flush takes it up.
 *
 * Alertmanager: notify, RetryStage.
 */
import type { Failure, Outcome, Send, SendResult } from '../domain/notify/index.js';
import { type Instant, between, duration, formatGoDuration, plus } from '../domain/time/index.js';
import type { CancelSignal } from '../platform/cancel-signal.js';
import type { Clock } from '../platform/clock.js';
import type { Ids } from '../platform/ids.js';
import { type LogFields, type Logger, errorText } from '../platform/log.js';
import type { AttemptGate } from './attempt-gate.js';
import { Backoff } from './backoff.js';
import type { OpenChannel } from './channels.js';
import type { CallLimit, CallLimits } from './call-limit.js';
import { pause } from './pause.js';

export interface SendingParts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly gate: AttemptGate;
  readonly limits: CallLimits;
}

export class Sending {
  /** Made by the first failure. */
  #backoff: Backoff | undefined;
  #attempts = 0;
  #lastFailure: Failure | undefined;

  constructor(
    private readonly parts: SendingParts,
    private readonly send: Send,
    private readonly open: OpenChannel,
    private readonly onEnd: () => void,
  ) {}

  /** All in one function, as thousands may wait in it at the same time. A place is given back when its attempt is over. */
  async run(signal: CancelSignal): Promise<SendResult> {
    const { clock, gate, limits } = this.parts;
    const { name, channel, counts } = this.open;
    counts.begun();
    const limit = limits.under(signal, this.send.deadlineAt);
    try {
      for (;;) {
        const entered = gate.enter(name, limit);
        const isIn = typeof entered === 'boolean' ? entered : await entered;
        if (!isIn) return this.#outOfTime(limit);
        const startedAt = clock.now();
        const began = clock.elapsed();
        this.#attempts++;
        let outcome: Outcome;
        try {
          outcome = await channel.send(this.send.notification, limit);
        } catch (error) {
          outcome = this.#unexpected(error);
        } finally {
          gate.leave(name);
        }
        counts.attempted(outcome, (clock.elapsed() - began) / 1000);
        if (outcome.kind === 'delivered') return this.#delivered(outcome, startedAt);
        const failure = { ...outcome, message: this.open.redact(outcome.message) };
        if (failure.kind === 'rejected') return this.#rejected(failure);
        if (!limit.aborted) this.#note(failure);
        const resumeAt = this.#resumeAt(startedAt, failure);
        if (resumeAt >= this.send.deadlineAt && failure.retryAfterMs !== undefined) return this.#outOfTime(limit);
        const goesOn = await pause(clock, between(clock.now(), resumeAt), limit);
        if (!goesOn) return this.#outOfTime(limit);
      }
    } finally {
      limit.lift();
      this.onEnd();
    }
  }

  #unexpected(error: unknown): Failure {
    const message = this.open.redact(errorText(error));
    this.#log.error('Integration failed unexpectedly', { err: message });
    return { kind: 'rejected', reason: 'other', message };
  }

  #resumeAt(startedAt: Instant, { retryAfterMs }: Failure): Instant {
    this.#backoff ??= new Backoff(this.parts.ids);
    const byBackoff = plus(startedAt, this.#backoff.next());
    if (retryAfterMs === undefined) return byBackoff;
    const asked = plus(this.parts.clock.now(), duration(retryAfterMs));
    return asked > byBackoff ? asked : byBackoff;
  }

  /** The same error again and again is said once. */
  #note(failure: Failure): void {
    if (failure.message !== this.#lastFailure?.message)
      this.#log.warn('Notify attempt failed, will retry later', {
        attempts: this.#attempts,
        err: failure.message,
      });
    this.#lastFailure = failure;
  }

  #delivered(outcome: Extract<Outcome, { kind: 'delivered' }>, startedAt: Instant): SendResult {
    const { clock, log } = this.parts;
    const fields = (): LogFields => ({
      ...this.#who,
      attempts: this.#attempts,
      duration: formatGoDuration(between(startedAt, clock.now())),
      numAlerts: this.send.notification.alerts.length,
    });
    if (this.#attempts === 1) log.debug('Notify success', fields);
    else log.info('Notify success', fields());
    const { data } = outcome;
    return data
      ? { kind: 'delivered', data, attempts: this.#attempts }
      : { kind: 'delivered', attempts: this.#attempts };
  }

  #rejected(failure: Failure): SendResult {
    const why = `notify retry canceled due to unrecoverable error after ${this.#attempts} attempts`;
    return this.#failed(failure, why);
  }

  #outOfTime(limit: CallLimit): SendResult {
    const failure = this.#lastFailure ?? limit.failure;
    const why = `notify retry canceled after ${this.#attempts} attempts`;
    return this.#failed(failure, why);
  }

  #failed(failure: Failure, why: string): SendResult {
    this.open.counts.failed(failure);
    return { ...failure, message: `${this.open.name}: ${why}: ${failure.message}`, attempts: this.#attempts };
  }

  /** Made when there is something to say. */
  get #log(): Logger {
    return this.parts.log.with(this.#who);
  }

  get #who(): LogFields {
    const { integration, notification } = this.send;
    const { receiver, type, index } = integration;
    return { receiver, integration: `${type}[${index}]`, aggrGroup: notification.groupKey };
  }
}
