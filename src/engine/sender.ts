import { type Group } from './group.js';
import {
  type FlushDecision,
  type LogEntry,
  type Notification,
  type SendResult,
  type TellDecision,
  logEntryAfter,
} from '../domain/notify/index.js';
import { type Duration, type Instant, SECOND, duration, plus } from '../domain/time/index.js';
import type { EngineContext } from './context.js';
import type { Deliveries } from './deliveries.js';
import type { Deliver } from './engine.js';
import type { NotificationLog } from './notification-log.js';
import type { RouteLabels } from './route-labels.js';

/**
 * Carries out what a flush decided: hands over, and logs what arrived.
 *
 * Order: that a send starts is on disk before it starts; what arrived is in the log at once, whatever becomes of the
 * other integrations. A disk that does not answer holds nobody up for longer than DISK_PATIENCE.
 */
export interface SendFailure {
  readonly integration: string;
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

const SHORTEST_DEADLINE: Duration = duration(10 * SECOND);
const DISK_PATIENCE: Duration = SECOND;

export class Sender {
  readonly #abort = new AbortController();

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
  }

  async #tell(
    tell: TellDecision,
    notification: Notification,
    repeatInterval: Duration,
    deadlineAt: Instant,
  ): Promise<SendFailure | undefined> {
    const { context, parts } = this;
    const policy = { retention: context.options.retention, repeatInterval };
    const entryAt = (now: Instant, data = tell.data): LogEntry =>
      logEntryAfter(notification.groupKey, { ...tell, data }, policy, now);
    if (tell.action === 'log-only') {
      context.metrics.notifications.total.inc({ ...context.metrics.notifications.labels(tell.integration) });
      const now = context.clock.now();
      void context.journal.note([parts.log.set(entryAt(now), now), parts.deliveries.end(entryAt(now), now)]);
      return undefined;
    }
    const begun = entryAt(notification.flushedAt);
    await this.#waitForDisk(context.journal.note([parts.deliveries.begin(begun)]));
    const result = await this.#handOver(tell, notification, deadlineAt);
    const now = context.clock.now();
    if (result.kind === 'delivered') {
      const logged = parts.log.set(entryAt(now, result.data), now);
      void context.journal.note([logged, parts.deliveries.end(begun, now)]);
      return undefined;
    }
    const isCancelled = result.reason === 'contextCanceled';
    if (isCancelled) parts.deliveries.doubt(begun);
    else void context.journal.note([parts.deliveries.end(begun, now)]);
    const { receiver, type, index } = tell.integration;
    return { integration: `${receiver}/${type}[${index}]`, message: result.message, isCancelled };
  }

  async #handOver(tell: TellDecision, notification: Notification, deadlineAt: Instant): Promise<SendResult> {
    const { signal } = this.#abort;
    try {
      return await this.parts.deliver({ integration: tell.integration, notification, deadlineAt }, signal);
    } catch (error) {
      this.context.log.error('Delivery failed unexpectedly', { ...tell.integration, err: error });
      return { kind: 'rejected', reason: 'other', message: String(error), attempts: 1 };
    }
  }

  #waitForDisk(written: Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.context.clock.after(DISK_PATIENCE, resolve);
      void written.then(() => {
        timer.cancel();
        resolve();
      });
    });
  }
}
