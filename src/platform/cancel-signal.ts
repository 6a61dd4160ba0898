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
