/** What WeChat says: HTTP 200 and a code that is zero when all is well. Any other status is a reason to try again. */
import type { Failure } from '../../domain/notify/index.js';
import type { Instant } from '../../domain/time/index.js';
import type { HttpResponse } from '../../platform/http-client/index.js';
import { SendFailed, rejected, retryable } from '../kit/failures.js';
import { describeJsonFault } from '../kit/json-fault.js';
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
  return answerOf(body);
}

/** The answer to who asks for a token: with one in it, the status does not matter. */
export function readToken(response: HttpResponse, now: Instant): WechatAnswer {
  const body = parseBody(response.text);
  const answer = body && answerOf(body);
  if (answer && (answer.accessToken !== '' || response.status === 200)) return answer;
  throw new SendFailed(
    response.status === 200 ? rejected(describeJsonFault(response.text)) : statusFailure(response, now),
  );
}

function answerOf(body: Readonly<Record<string, unknown>>): WechatAnswer {
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
export function failureOf(code: number, message: string): Failure {
  if (code === BUSY) return retryable(message);
  return rejected(message, code === TOO_MANY ? 'rateLimited' : 'other');
}

function parseBody(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
