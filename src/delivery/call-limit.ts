import type { Failure } from '../domain/notify/index.js';
import { type Instant, between } from '../domain/time/index.js';
import type { Clock, Timer } from '../platform/clock.js';

/**
 * Two ends in one: the caller's cancel and the deadline. Which came first is the failure it leads to.
 *
 * The signal is made when somebody asks for it: in a burst thousands wait for their turn, and have a line and nothing else.
 */
export class CallLimit {
  #controller: AbortController | undefined;
  #reason: DOMException | undefined;
  /** Who waits with nothing under way, and so needs no signal. */
  onEnd: (() => void) | undefined;

  constructor(
    private readonly caller: AbortSignal,
    private readonly lifted: (limit: CallLimit) => void,
  ) {}

  get isOver(): boolean {
    return this.#reason !== undefined;
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#reason) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
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
    this.#reason ??= this.caller.aborted
      ? new DOMException('context canceled', 'AbortError')
      : new DOMException('context deadline exceeded', 'TimeoutError');
    this.#controller?.abort(this.#reason);
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
  readonly #callers = new WeakMap<AbortSignal, Map<Instant, Deadline>>();

  constructor(private readonly clock: Clock) {}

  under(caller: AbortSignal, deadlineAt: Instant): CallLimit {
    if (caller.aborted || deadlineAt <= this.clock.now()) return endedLimit(caller);
    const deadlines = this.#callers.get(caller) ?? this.#watch(caller);
    const deadline = deadlines.get(deadlineAt) ?? this.#open(deadlines, deadlineAt);
    const limit = new CallLimit(caller, deadline.lift);
    deadline.limits.add(limit);
    return limit;
  }

  #watch(caller: AbortSignal): Map<Instant, Deadline> {
    const deadlines = new Map<Instant, Deadline>();
    this.#callers.set(caller, deadlines);
    caller.addEventListener('abort', () => deadlines.forEach((deadline) => deadline.end()), { once: true });
    return deadlines;
  }

  #open(deadlines: Map<Instant, Deadline>, at: Instant): Deadline {
    const deadline = new Deadline(this.clock, at, () => deadlines.delete(at));
    deadlines.set(at, deadline);
    return deadline;
  }
}

class Deadline {
  readonly limits = new Set<CallLimit>();
  #timer: Timer | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly at: Instant,
    private readonly onEmpty: () => void,
  ) {
    this.#arm();
  }

  readonly lift = (limit: CallLimit): void => {
    if (!this.limits.delete(limit) || this.limits.size > 0) return;
    this.#timer?.cancel();
    this.onEmpty();
  };

  end(): void {
    for (const limit of this.limits) limit.end();
  }

  /** The clock cuts long waits short, so the time is looked at again. */
  #arm(): void {
    const left = between(this.clock.now(), this.at);
    if (left <= 0) return this.end();
    this.#timer = this.clock.after(left, () => this.#arm());
  }
}

function endedLimit(caller: AbortSignal): CallLimit {
  const limit = new CallLimit(caller, () => {});
  limit.end();
  return limit;
}
