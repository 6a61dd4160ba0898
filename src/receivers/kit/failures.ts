import type { Failure, FailureReason } from '../../domain/notify/index.js';

/** Another attempt may succeed: the network failed, the server is ill. */
export const retryable = (message: string, reason: FailureReason = 'other'): Failure => ({
  kind: 'retry',
  reason,
  message,
});

/** The same would only be refused again: a template that fails, a file that is not there. */
export const rejected = (message: string, reason: FailureReason = 'other'): Failure => ({
  kind: 'rejected',
  reason,
  message,
});

/** The same failure, said with more words. */
export const prefixed = (prefix: string, failure: Failure): Failure => ({
  ...failure,
  message: `${prefix}: ${failure.message}`,
});

/** Ends an attempt from within; the channel turns it into its outcome. */
export class SendFailed extends Error {
  override readonly name = 'SendFailed';

  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

export const messageOf = (error: unknown): string => (error as Partial<Error> | null)?.message ?? String(error);
