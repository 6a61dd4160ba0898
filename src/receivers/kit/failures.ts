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

export const messageOf = (error: unknown): string => (error as Partial<Error> | null)?.message ?? String(error);
