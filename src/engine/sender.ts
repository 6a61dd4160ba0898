import {
  type FlushDecision,
  type LogEntry,
  type Notification,
  type ReceiverData,
  type SendResult,
  type TellDecision,
  logEntryAfter,
} from '../domain/notify/index.js';
import { type Duration, type Instant, SECOND, duration, plus } from '../domain/time/index.js';
import type { EngineContext } from './context.js';
import type { Deliveries } from './deliveries.js';
import type { Deliver } from './engine.js';
import type { Group } from './group.js';
import type { NotificationLog } from './notification-log.js';
import type { RouteLabels } from './route-labels.js';

/**
 * Carries out what a flush decided: hands over, and logs what arrived.
 *
 * Order: that a send starts is on disk before it starts; what arrived is in the log at once, whatever becomes of the
 * other integrations. A disk that does not answer holds nobody up for longer than DISK_PATIENCE.
 */
export interface SendFailure {
  /** Names the integration. */
  readonly message: string;
  /** A stop cancelled it. */
  readonly isCancelled: boolean;
}

export interface SenderParts {
  readonly log: NotificationLog;
  readonly deliveries: Deliveries;
  readonly routeLabels: RouteLabels;
  readonly deliver: Deliver;
}

type EntryAt = (now: Instant, data?: ReceiverData) => LogEntry;

const SHORTEST_DEADLINE: Duration = duration(10 * SECOND);
const DISK_PATIENCE: Duration = SECOND;

export class Sender {
  readonly #abort = new AbortController();
  readonly #waiting = new Set<() => void>();
  #lastWait: { readonly written: Promise<void>; readonly over: Promise<void> } | undefined;

  constructor(
    private readonly context: EngineContext,
    private readonly parts: SenderParts,
  ) {}

  /** All integrations at once. What failed. */
  async tellAll(
    group: Group,
    decision: FlushDecision,
    tells: readonly TellDecision[],
  ): Promise<readonly SendFailure[]> {
    const { route } = group;
    const deadlineAt = plus(decision.flushedAt, duration(Math.max(route.groupInterval, SHORTEST_DEADLINE)));
    const routeLabels = this.parts.routeLabels.ofBatch(group, decision.alerts, decision.flushedAt);
    const results = await Promise.all(
      tells.map((tell) => {
        const notification: Notification = {
          receiver: route.receiver,
          groupKey: group.key,
          groupLabels: group.labels,
          routeLabels,
          reason: tell.reason,
          alerts: tell.alerts,
          flushedAt: decision.flushedAt,
          externalURL: this.context.options.externalURL,
          data: tell.data,
        };
        return this.#tell(tell, notification, route.repeatInterval, deadlineAt);
      }),
    );
    return results.filter((failure) => failure !== undefined);
  }

  /** Cancels what is under way. */
  cancel(): void {
    this.#abort.abort();
    for (const goOn of this.#waiting) goOn();
  }

  async #tell(
    tell: TellDecision,
    notification: Notification,
    repeatInterval: Duration,
    deadlineAt: Instant,
  ): Promise<SendFailure | undefined> {
    const policy = { retention: this.context.options.retention, repeatInterval };
    const entryAt: EntryAt = (now, data = tell.data) =>
      logEntryAfter(notification.groupKey, { ...tell, data }, policy, now);
    if (tell.action === 'log-only') return this.#logOnly(tell, entryAt);
    const begun = entryAt(notification.flushedAt);
    await this.#waitForDisk(this.context.journal.noteSoon([this.parts.deliveries.begin(begun)]));
    const result = await this.#handOver(tell, notification, deadlineAt);
    return this.#conclude(result, begun, entryAt);
  }

  /** Counts as a notification, as with Alertmanager, but nobody is told. */
  #logOnly({ integration }: TellDecision, entryAt: EntryAt): undefined {
    const { notifications } = this.context.metrics;
    notifications.total.inc({ ...notifications.labels(integration) });
    const now = this.context.clock.now();
    this.#log(entryAt(now), now);
  }

  #conclude(result: SendResult, begun: LogEntry, entryAt: EntryAt): SendFailure | undefined {
    const now = this.context.clock.now();
    if (result.kind === 'delivered') {
      this.#log(entryAt(now, result.data), now);
      return undefined;
    }
    const isCancelled = result.reason === 'contextCanceled';
    const { deliveries } = this.parts;
    this.context.journal.note([isCancelled ? deliveries.doubt(begun) : deliveries.fail(begun, now)]);
    return { message: result.message, isCancelled };
  }

  #log(entry: LogEntry, now: Instant): void {
    const { deliveries, log } = this.parts;
    this.context.journal.note([log.set(entry, now), deliveries.arrive(entry, now)]);
  }

  async #handOver(tell: TellDecision, notification: Notification, deadlineAt: Instant): Promise<SendResult> {
    const { signal } = this.#abort;
    try {
      return await this.parts.deliver({ integration: tell.integration, notification, deadlineAt }, signal);
    } catch (error) {
      this.context.log.error('Delivery failed unexpectedly', { ...tell.integration, err: error });
      const { receiver, type, index } = tell.integration;
      return {
        kind: 'rejected',
        reason: 'other',
        message: `${receiver}/${type}[${index}]: ${String(error)}`,
        attempts: 1,
      };
    }
  }

  /** What is noted in one turn is written at once, and so those who wait for it wait together: in the one queue, once. */
  #waitForDisk(written: Promise<void>): Promise<void> {
    if (this.#lastWait?.written === written) return this.#lastWait.over;
    const { clock, queue } = this.context;
    const over = new Promise<void>((resolve) => {
      const goOn = (): void => {
        queue.remove(impatience);
        this.#waiting.delete(goOn);
        resolve();
      };
      const impatience = queue.entry('transition', 'sends wait for the disk', goOn);
      queue.set(impatience, plus(clock.now(), DISK_PATIENCE));
      this.#waiting.add(goOn);
      void written.then(goOn);
    });
    this.#lastWait = { written, over };
    return over;
  }
}
