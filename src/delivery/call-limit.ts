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
  readonly #caller: AbortSignal;
  readonly #cancel = (): void => this.#end(new DOMException('context canceled', 'AbortError'));
  #timer: Timer | undefined;
  /** Who waits with nothing under way, and so needs no signal. */
  onEnd: (() => void) | undefined;

  constructor(clock: Clock, caller: AbortSignal, deadlineAt: Instant) {
    this.#caller = caller;
    if (caller.aborted) this.#cancel();
    else limitsOf(caller).add(this.#cancel);
    this.#arm(clock, deadlineAt);
  }

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
    return this.#caller.aborted
      ? { kind: 'retry', reason: 'contextCanceled', message: 'context canceled' }
      : { kind: 'retry', reason: 'contextDeadlineExceeded', message: 'context deadline exceeded' };
  }

  lift(): void {
    this.#timer?.cancel();
    limitsUnder.get(this.#caller)?.delete(this.#cancel);
  }

  #end(reason: DOMException): void {
    this.#reason ??= reason;
    this.#controller?.abort(this.#reason);
    this.onEnd?.();
  }

  /** The clock cuts long waits short, so the time is looked at again. */
  #arm(clock: Clock, deadlineAt: Instant): void {
    const left = between(clock.now(), deadlineAt);
    if (left <= 0) return this.#end(new DOMException('context deadline exceeded', 'TimeoutError'));
    this.#timer = clock.after(left, () => this.#arm(clock, deadlineAt));
  }
}

/** One signal cancels all sends. It has one listener for all of them, as adding one takes longer the more there are. */
const limitsUnder = new WeakMap<AbortSignal, Set<() => void>>();

function limitsOf(caller: AbortSignal): Set<() => void> {
  const known = limitsUnder.get(caller);
  if (known) return known;
  const limits = new Set<() => void>();
  limitsUnder.set(caller, limits);
  caller.addEventListener('abort', () => limits.forEach((cancel) => cancel()), { once: true });
  return limits;
}
