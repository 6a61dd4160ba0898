import type { IntegrationRef, Notification, ReceiverData } from './notification.js';
import type { Instant } from '../time/index.js';

/** Alertmanager's classes of failure; also the `reason` label of its metric. */
export type FailureReason =
  'other' | 'clientError' | 'serverError' | 'authError' | 'rateLimited' | 'contextCanceled' | 'contextDeadlineExceeded';

/** How one attempt ended. Messages never hold a secret. */
export type Outcome = Delivered | Failure;

export interface Delivered {
  readonly kind: 'delivered';
  /** What the integration wants to find again at the next notification of the group. */
  readonly data?: ReceiverData;
}

export interface Failure {
  /** `retry`: another attempt may succeed. `rejected`: it would not. */
  readonly kind: 'retry' | 'rejected';
  readonly reason: FailureReason;
  readonly message: string;
  /** The receiver asked for a pause (Retry-After). */
  readonly retryAfterMs?: number;
}

/** One notification for one integration, as a flush hands it over. */
export interface Send {
  readonly integration: IntegrationRef;
  readonly notification: Notification;
  /** No attempt begins or goes on after this. */
  readonly deadlineAt: Instant;
}

/** How a send ended after all its attempts. */
export type SendResult = (Delivered | Failure) & { readonly attempts: number };
