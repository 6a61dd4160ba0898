/**
 * What ends a call before its time, as far as those ask who make calls: whether, why, and to be told once.
 * Every AbortSignal is one; but to make one of those takes about as long as to write a request.
 */
export interface CancelSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

const NOBODY: readonly never[] = [];

/** What others are ended by. */
export class Cancellation implements CancelSignal {
  #reason: DOMException | undefined;
  /** Few at a time. */
  #listeners: readonly (() => void)[] = NOBODY;

  get aborted(): boolean {
    return this.#reason !== undefined;
  }

  get reason(): unknown {
    return this.#reason;
  }

  throwIfAborted(): void {
    if (this.#reason) throw this.#reason;
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners = this.#listeners.length === 0 ? [listener] : [...this.#listeners, listener];
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    if (this.#listeners.length === 1 && this.#listeners[0] === listener) this.#listeners = NOBODY;
    else this.#listeners = this.#listeners.filter((other) => other !== listener);
  }

  /** The first time counts. */
  cancel(reason: DOMException): void {
    if (this.#reason) return;
    this.#reason = reason;
    const told = this.#listeners;
    this.#listeners = NOBODY;
    for (const tell of told) tell();
  }
}
