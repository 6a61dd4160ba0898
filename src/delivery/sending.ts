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
import type { Clock } from '../platform/clock.js';
import type { Ids } from '../platform/ids.js';
import { type LogFields, type Logger, errorText } from '../platform/log.js';
import type { AttemptGate } from './attempt-gate.js';
import type { AttemptMetrics } from './attempt-metrics.js';
import { Backoff } from './backoff.js';
import type { OpenChannel } from './channels.js';
import { CallLimit } from './call-limit.js';
import { pause } from './pause.js';

export interface SendingParts {
  readonly clock: Clock;
  readonly ids: Ids;
  /** Made when there is something to say. */
  readonly log: () => Logger;
  readonly gate: AttemptGate;
  readonly metrics: AttemptMetrics;
}

export class Sending {
  readonly #backoff: Backoff;
  #attempts = 0;
  #lastFailure: Failure | undefined;

  constructor(
    private readonly parts: SendingParts,
    private readonly send: Send,
    private readonly open: OpenChannel,
  ) {
    this.#backoff = new Backoff(parts.ids);
  }

  async run(signal: AbortSignal): Promise<SendResult> {
    const limit = new CallLimit(this.parts.clock, signal, this.send.deadlineAt);
    try {
      return await this.#repeat(limit);
    } finally {
      limit.lift();
    }
  }

  async #repeat(limit: CallLimit): Promise<SendResult> {
    const { clock } = this.parts;
    for (;;) {
      const leave = await this.parts.gate.enter(this.#name, limit);
      if (!leave) return this.#outOfTime(limit);
      const startedAt = clock.now();
      const outcome = await this.#attempt(limit.signal).finally(leave);
      if (outcome.kind === 'delivered') return this.#delivered(outcome, startedAt);
      if (outcome.kind === 'rejected') return this.#rejected(outcome);
      if (!limit.isOver) this.#note(outcome);
      const resumeAt = this.#resumeAt(startedAt, outcome);
      if (resumeAt >= this.send.deadlineAt && outcome.retryAfterMs !== undefined) return this.#outOfTime(limit);
      const goesOn = await pause(clock, between(clock.now(), resumeAt), limit.signal);
      if (!goesOn) return this.#outOfTime(limit);
    }
  }

  async #attempt(signal: AbortSignal): Promise<Outcome> {
    const { clock, metrics } = this.parts;
    const began = clock.elapsed();
    this.#attempts++;
    let outcome: Outcome;
    try {
      outcome = await this.open.channel.send(this.send.notification, signal);
    } catch (error) {
      const message = this.open.redact(errorText(error));
      this.parts.log().error('Integration failed unexpectedly', { err: message });
      outcome = { kind: 'rejected', reason: 'other', message };
    }
    metrics.attempted(outcome, (clock.elapsed() - began) / 1000);
    return outcome.kind === 'delivered' ? outcome : { ...outcome, message: this.open.redact(outcome.message) };
  }

  #resumeAt(startedAt: Instant, { retryAfterMs }: Failure): Instant {
    const byBackoff = plus(startedAt, this.#backoff.next());
    if (retryAfterMs === undefined) return byBackoff;
    const asked = plus(this.parts.clock.now(), duration(retryAfterMs));
    return asked > byBackoff ? asked : byBackoff;
  }

  /** The same error again and again is said once. */
  #note(failure: Failure): void {
    if (failure.message !== this.#lastFailure?.message)
      this.parts.log().warn('Notify attempt failed, will retry later', {
        attempts: this.#attempts,
        err: failure.message,
      });
    this.#lastFailure = failure;
  }

  #delivered(outcome: Extract<Outcome, { kind: 'delivered' }>, startedAt: Instant): SendResult {
    const { clock } = this.parts;
    const log = this.parts.log();
    const fields = (): LogFields => ({
      attempts: this.#attempts,
      duration: formatGoDuration(between(startedAt, clock.now())),
      numAlerts: this.send.notification.alerts.length,
    });
    if (this.#attempts === 1) log.debug('Notify success', fields);
    else log.info('Notify success', fields());
    return { ...outcome, attempts: this.#attempts };
  }

  #rejected(failure: Failure): SendResult {
    const why = `notify retry canceled due to unrecoverable error after ${this.#attempts} attempts`;
    return { ...failure, message: `${this.#name}: ${why}: ${failure.message}`, attempts: this.#attempts };
  }

  #outOfTime(limit: CallLimit): SendResult {
    const failure = this.#lastFailure ?? limit.failure;
    const why = `notify retry canceled after ${this.#attempts} attempts`;
    return { ...failure, message: `${this.#name}: ${why}: ${failure.message}`, attempts: this.#attempts };
  }

  get #name(): string {
    const { receiver, type, index } = this.send.integration;
    return `${receiver}/${type}[${index}]`;
  }
}
