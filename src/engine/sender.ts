import {
  type FlushDecision,
  type IntegrationRef,
  type LogEntry,
  type LogPolicy,
  type Notification,
  type ReceiverData,
  type SendResult,
  type TellDecision,
  type ToldText,
  logEntryAfter,
  logKey,
  toldToText,
} from '../domain/notify/index.js';
import { type Duration, type Instant, SECOND, duration, plus } from '../domain/time/index.js';
import type { LabelSet } from '../domain/labels/index.js';
import { Cancellation } from '../platform/cancel-signal.js';
import type { EngineContext } from './context.js';
import type { Deliveries } from './deliveries.js';
import type { Deliver } from './engine.js';
import { type Group, NOTHING } from './group.js';
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

/** What one integration is told at one flush, and how long that is remembered. */
interface Telling {
  readonly tell: TellDecision;
  readonly notification: Notification;
  readonly policy: LogPolicy;
  readonly deadlineAt: Instant;
  /** In the log and among the deliveries. */
  readonly key: string;
  /** What the log will say if it arrives, but for when. */
  readonly begun: LogEntry;
  /** The part of it that stays, as it is written. */
  readonly told: ToldText;
}

const SHORTEST_DEADLINE: Duration = duration(10 * SECOND);
const DISK_PATIENCE: Duration = SECOND;

export class Sender {
  readonly #cancellation = new Cancellation();
  readonly #waiting = new Set<() => void>();
  #lastWait: { readonly written: Promise<void>; readonly over: Promise<void> } | undefined;

  constructor(
    private readonly context: EngineContext,
    private readonly parts: SenderParts,
  ) {}

  /** All integrations at once. What failed. */
  tellAll(group: Group, decision: FlushDecision, tells: readonly TellDecision[]): Promise<readonly SendFailure[]> {
    const { alerts, flushedAt } = decision;
    const routeLabels = this.parts.routeLabels.ofBatch(group, alerts, flushedAt);
    const tell = (each: TellDecision): Promise<readonly SendFailure[]> =>
      this.#tell(this.#telling(group, each, routeLabels, flushedAt));
    // Nothing is waited for twice where there is one, as most have.
    if (tells.length === 1) return tell(tells[0] as TellDecision);
    return Promise.all(tells.map(tell)).then((failures) => failures.flat());
  }

  /** Cancels what is under way. */
  cancel(): void {
    this.#cancellation.cancel(new DOMException('This operation was aborted', 'AbortError'));
    for (const goOn of this.#waiting) goOn();
  }

  #telling(group: Group, tell: TellDecision, routeLabels: LabelSet, flushedAt: Instant): Telling {
    const { route, key: groupKey, labels: groupLabels } = group;
    const { receiver, groupInterval, repeatInterval } = route;
    const { externalURL, retention } = this.context.options;
    const { reason, alerts, data } = tell;
    const policy = { retention, repeatInterval };
    const begun = logEntryAfter(groupKey, tell, policy, flushedAt);
    return {
      tell,
      notification: { receiver, groupKey, groupLabels, routeLabels, reason, alerts, flushedAt, externalURL, data },
      policy,
      deadlineAt: plus(flushedAt, duration(Math.max(groupInterval, SHORTEST_DEADLINE))),
      key: logKey(groupKey, tell.integration),
      begun,
      told: toldToText(begun),
    };
  }

  /** What failed: nothing or the one. */
  async #tell(telling: Telling): Promise<readonly SendFailure[]> {
    const { tell, notification, deadlineAt, key, begun, told } = telling;
    const { integration } = tell;
    if (tell.action === 'log-only') return this.#logOnly(telling);
    await this.#waitForDisk(this.context.journal.noteSoon([this.parts.deliveries.begin(begun, key, told)]));
    let result: SendResult;
    try {
      result = await this.parts.deliver({ integration, notification, deadlineAt }, this.#cancellation);
    } catch (error) {
      result = this.#unexpected(integration, error);
    }
    return this.#conclude(result, telling);
  }

  /** Counts as a notification, as with Alertmanager, but nobody is told. */
  #logOnly(telling: Telling): readonly SendFailure[] {
    const { notifications } = this.context.metrics;
    notifications.total.inc({ ...notifications.labels(telling.tell.integration) });
    this.#log(telling, telling.tell.data);
    return NOTHING;
  }

  #conclude(result: SendResult, telling: Telling): readonly SendFailure[] {
    if (result.kind === 'delivered') {
      this.#log(telling, result.data ?? telling.tell.data);
      return NOTHING;
    }
    const isCancelled = result.reason === 'contextCanceled';
    const { deliveries } = this.parts;
    const { key, begun } = telling;
    const now = this.context.clock.now();
    this.context.journal.note([isCancelled ? deliveries.doubt(begun, key) : deliveries.fail(key, now)]);
    return [{ message: result.message, isCancelled }];
  }

  #log({ tell, notification, policy, key, told }: Telling, data: ReceiverData): void {
    const { deliveries, log } = this.parts;
    const now = this.context.clock.now();
    const entry = logEntryAfter(notification.groupKey, data === tell.data ? tell : { ...tell, data }, policy, now);
    this.context.journal.note([log.set(entry, now, key, told), deliveries.arrive(key, now)]);
  }

  #unexpected({ receiver, type, index }: IntegrationRef, error: unknown): SendResult {
    this.context.log.error('Delivery failed unexpectedly', { receiver, type, index, err: error });
    return {
      kind: 'rejected',
      reason: 'other',
      message: `${receiver}/${type}[${index}]: ${String(error)}`,
      attempts: 1,
    };
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
