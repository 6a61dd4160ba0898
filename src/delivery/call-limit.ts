import type { Failure } from '../domain/notify/index.js';
import { type Duration, type Instant, between, duration } from '../domain/time/index.js';
import { type CancelSignal, Cancellation } from '../platform/cancel-signal.js';
import type { Clock, Timer } from '../platform/clock.js';

/**
 * Two ends in one: the caller's cancel and the deadline. Which came first is the failure it leads to.
 *
 * It is itself the signal that attempts are given.
 */
export class CallLimit extends Cancellation {
  /** Who waits in line with nothing under way. */
  onEnd: (() => void) | undefined;

  constructor(
    private readonly caller: CancelSignal,
    private readonly lifted: (limit: CallLimit) => void,
  ) {
    super();
  }

  get failure(): Failure {
    return this.caller.aborted
      ? { kind: 'retry', reason: 'contextCanceled', message: 'context canceled' }
      : { kind: 'retry', reason: 'contextDeadlineExceeded', message: 'context deadline exceeded' };
  }

  lift(): void {
    this.lifted(this);
  }

  end(): void {
    if (this.aborted) return;
    this.cancel(
      this.caller.aborted
        ? new DOMException('context canceled', 'AbortError')
        : new DOMException('context deadline exceeded', 'TimeoutError'),
    );
    this.onEnd?.();
  }
}

/**
 * Limits by what ends them, so that a burst has a timer for each of its deadlines and not for each of its sends. One signal
 * cancels all sends, and has one listener for all of them, as adding one takes longer the more there are.
 *
 * Bound: a deadline is forgotten with the last limit that is under it.
 */
export class CallLimits {
  readonly #callers = new WeakMap<CancelSignal, Map<Instant, Deadline>>();

  constructor(private readonly clock: Clock) {}

  under(caller: CancelSignal, deadlineAt: Instant): CallLimit {
    if (caller.aborted || deadlineAt <= this.clock.now()) return endedLimit(caller);
    const deadlines = this.#callers.get(caller) ?? this.#watch(caller);
    const deadline = deadlines.get(deadlineAt) ?? this.#open(deadlines, deadlineAt);
    const limit = new CallLimit(caller, deadline.lift);
    deadline.limits.add(limit);
    return limit;
  }

  #watch(caller: CancelSignal): Map<Instant, Deadline> {
    const deadlines = new Map<Instant, Deadline>();
    this.#callers.set(caller, deadlines);
    caller.addEventListener('abort', () => deadlines.forEach((deadline) => deadline.end()), { once: true });
    return deadlines;
  }

  #open(deadlines: Map<Instant, Deadline>, at: Instant): Deadline {
    const deadline = new Deadline(this.clock, at, () => {
      if (deadlines.get(at) === deadline) deadlines.delete(at);
    });
    deadlines.set(at, deadline);
    return deadline;
  }
}

class Deadline {
  readonly limits = new Set<CallLimit>();
  #timer: Timer;

  constructor(
    private readonly clock: Clock,
    private readonly at: Instant,
    /** Nobody may come under it any more. */
    private readonly onOver: () => void,
  ) {
    this.#timer = this.#arm();
  }

  readonly lift = (limit: CallLimit): void => {
    if (!this.limits.delete(limit) || this.limits.size > 0) return;
    this.#timer.cancel();
    this.onOver();
  };

  end(): void {
    this.onOver();
    for (const limit of this.limits) limit.end();
  }

  /** It ends in a turn of its own, when those are under it that it was made for. */
  #arm(): Timer {
    return this.clock.after(duration(Math.max(this.#left, 0)), () => this.#look());
  }

  /** The clock cuts long waits short, so the time is looked at again. */
  #look(): void {
    if (this.#left > 0) this.#timer = this.#arm();
    else this.end();
  }

  get #left(): Duration {
    return between(this.clock.now(), this.at);
  }
}

function endedLimit(caller: CancelSignal): CallLimit {
  const limit = new CallLimit(caller, () => {});
  limit.end();
  return limit;
}
