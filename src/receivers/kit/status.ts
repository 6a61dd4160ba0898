/**
 * What an HTTP status means for a notification: 2xx arrived, 5xx may be tried again, all else is final, save the statuses
 * that an integration names.
 *
 * We differ from Alertmanager: a 429 that says how long to wait is tried again after that time, for every integration.
 */
import type { Failure, FailureReason, Outcome } from '../../domain/notify/index.js';
import type { Instant } from '../../domain/time/index.js';
import type { HttpResponse } from '../../platform/http-client/index.js';
import { parseRetryAfter } from './retry-after.js';
import { truncateBytes } from './truncate.js';

/** Error pages can be long, and end in the log and in the record of the delivery. */
const DETAILS_LIMIT_BYTES = 16_384;

export interface StatusRule {
  /** Besides 5xx. */
  readonly retryStatuses?: readonly number[];
  /** What of the answer belongs in the message; all of it by default. */
  readonly details?: (response: HttpResponse) => string;
}

export function outcomeOf(response: HttpResponse, rule: StatusRule, now: Instant): Outcome {
  return isSuccess(response.status) ? { kind: 'delivered' } : failureOf(response, rule, now);
}

const isSuccess = (status: number): boolean => status >= 200 && status <= 299;

function failureOf(response: HttpResponse, { retryStatuses = [], details }: StatusRule, now: Instant): Failure {
  const { status, headers, text } = response;
  const retryAfterMs = parseRetryAfter(headers.get('retry-after'), now);
  const mayRetry =
    isServerError(status) || retryStatuses.includes(status) || (status === 429 && retryAfterMs !== undefined);
  const shown = truncateBytes(details ? details(response) : text, DETAILS_LIMIT_BYTES);
  return {
    kind: mayRetry ? 'retry' : 'rejected',
    reason: reasonOf(status),
    message: `unexpected status code ${status}${shown === '' ? '' : `: ${shown}`}`,
    ...(mayRetry && retryAfterMs !== undefined ? { retryAfterMs } : {}),
  };
}

const isServerError = (status: number): boolean => status >= 500 && status <= 599;

export function reasonOf(status: number): FailureReason {
  if (status === 401 || status === 403) return 'authError';
  if (status === 429) return 'rateLimited';
  if (status >= 400 && status <= 499) return 'clientError';
  return isServerError(status) ? 'serverError' : 'other';
}
