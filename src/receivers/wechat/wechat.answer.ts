/** What WeChat says: HTTP 200 and a code that is zero when all is well. Any other status is a reason to try again. */
import type { Failure } from '../../domain/notify/index.js';
import type { Instant } from '../../domain/time/index.js';
import type { HttpResponse } from '../../platform/http-client/index.js';
import { SendFailed, rejected, retryable } from '../kit/failures.js';
import { outcomeOf } from '../kit/status.js';
import { truncateBytes } from '../kit/truncate.js';

const SHOWN_BYTES = 1024;
const BUSY = -1;
const TOO_MANY = 45009;
/** Wrong, malformed, missing, expired. */
const REFUSED_TOKEN: readonly number[] = [40001, 40014, 41001, 42001];

export interface WechatAnswer {
  readonly code: number;
  readonly message: string;
  readonly accessToken: string;
  readonly expiresInSeconds: number | undefined;
}

/** Ends the attempt when it is none. */
export function readAnswer(response: HttpResponse, now: Instant): WechatAnswer {
  const { status, text } = response;
  if (status !== 200) throw new SendFailed(statusFailure(response, now));
  const body = parseBody(text);
  if (!body) throw new SendFailed(retryable(`could not read the answer: ${truncateBytes(text, SHOWN_BYTES)}`));
  const { errcode = 0, errmsg, access_token: accessToken, expires_in: seconds } = body;
  return {
    code: Number(errcode),
    message: typeof errmsg === 'string' ? errmsg : '',
    accessToken: typeof accessToken === 'string' ? accessToken : '',
    expiresInSeconds: typeof seconds === 'number' ? seconds : undefined,
  };
}

function statusFailure(response: HttpResponse, now: Instant): Failure {
  const { status } = response;
  const outcome = outcomeOf(response, { retryStatuses: [status], details: () => '' }, now);
  return outcome.kind === 'delivered' ? retryable(`unexpected status code ${status}`) : outcome;
}

export const refusesToken = ({ code }: WechatAnswer): boolean => REFUSED_TOKEN.includes(code);

/** For a code that is not zero. */
export function failureOf(answer: WechatAnswer, message = answer.message): Failure {
  if (answer.code === BUSY || refusesToken(answer)) return retryable(message);
  return rejected(message, answer.code === TOO_MANY ? 'rateLimited' : 'other');
}

function parseBody(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
