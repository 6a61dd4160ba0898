/** What Telegram says to a message: `ok`, or a code with a description and what to do about it. */
import type { Failure, Outcome } from '../../domain/notify/index.js';
import type { Instant } from '../../domain/time/index.js';
import type { HttpResponse } from '../../platform/http-client/index.js';
import { retryable } from '../kit/failures.js';
import { parseRetryAfter } from '../kit/retry-after.js';
import { outcomeOf, reasonOf } from '../kit/status.js';
import { truncateBytes } from '../kit/truncate.js';

export interface TelegramAnswer {
  readonly outcome: Outcome;
  /** The chat that has taken the place of the one that was asked for. */
  readonly movedTo?: string;
}

interface Body {
  readonly ok?: unknown;
  readonly error_code?: unknown;
  readonly description?: unknown;
  readonly parameters?: { readonly retry_after?: unknown; readonly migrate_to_chat_id?: unknown } | null;
}

export function readAnswer(response: HttpResponse, now: Instant): TelegramAnswer {
  const body = parseBody(response.text);
  if (!body) return { outcome: withoutWords(response, now) };
  if (body.ok === true) return { outcome: { kind: 'delivered' } };
  const code = typeof body.error_code === 'number' ? body.error_code : 0;
  const failure = retryable(`telegram: ${String(body.description ?? '')} (${code})`, reasonOf(code));
  const { retry_after: seconds, migrate_to_chat_id: chat } = body.parameters ?? {};
  return {
    outcome: withPause(failure, seconds, parseRetryAfter(response.headers.get('retry-after'), now)),
    ...(typeof chat === 'number' ? { movedTo: String(chat) } : {}),
  };
}

function withPause(failure: Failure, seconds: unknown, headerMs: number | undefined): Failure {
  const asked = typeof seconds === 'number' && seconds >= 0 ? seconds * 1000 : headerMs;
  return asked === undefined ? failure : { ...failure, retryAfterMs: asked };
}

/** Not Telegram but something before it, or something else at its place. */
function withoutWords(response: HttpResponse, now: Instant): Outcome {
  const outcome = outcomeOf(response, { retryStatuses: [response.status] }, now);
  return outcome.kind === 'delivered'
    ? retryable(`could not read the answer of Telegram: ${truncateBytes(response.text, 1024)}`)
    : outcome;
}

function parseBody(text: string): Body | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}
