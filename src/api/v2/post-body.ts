import type { Answer, Request } from '../server/handler.js';
import { ALERTS_REQUIRED } from './alert-body.js';
import { type Refusal, answerRefusal, jsonHeaders, jsonText, refusal } from './answers.js';
import type { ApiOptions } from './api.js';
import { checkAccept, checkContentType } from './negotiation.js';
import { AlertPosts } from './post-alerts.js';
import { type Body, BodyBudget, readAway } from './read-body.js';
import type { Operation } from './routes.js';
import { SILENCE_REQUIRED } from './silence-body.js';
import { postSilence } from './silences.js';

/** A silence has a few hundred bytes. It is read in one go, unlike alerts. */
const MAX_SILENCE_BYTES = 8 * 1024 * 1024;
/** So many of the largest bodies may be in memory at a time. */
const LARGEST_AT_A_TIME = 2;

/** Reads the bodies of POST requests and hands them over. One for the process: it counts what is in memory. */
export class BodyReader {
  readonly #bodies: BodyBudget;
  readonly #alerts: AlertPosts;

  constructor(private readonly api: ApiOptions) {
    this.#alerts = new AlertPosts(api);
    this.#bodies = new BodyBudget(LARGEST_AT_A_TIME * api.maxBodyBytes);
  }

  handle(request: Request, answer: Answer, operation: Operation): Promise<void> | void {
    const { maxBodyBytes } = this.api;
    const limit = operation === 'postAlerts' ? maxBodyBytes : Math.min(maxBodyBytes, MAX_SILENCE_BYTES);
    return this.#bodies.withBody(request, limit, (body) => {
      if (!Buffer.isBuffer(body)) return this.#refuse(request, answer, body, limit);
      const isAlerts = operation === 'postAlerts';
      const required = isAlerts ? ALERTS_REQUIRED : SILENCE_REQUIRED;
      const refused = body.length === 0 ? (checkAccept(request) ?? required) : lateContentType(request);
      if (refused) return answerRefusal(answer, refused);
      return isAlerts ? this.#alerts.post(answer, body) : postSilence(this.api, answer, body);
    });
  }

  /** Says so at once, and ends when the client has sent what it had. */
  #refuse(request: Request, answer: Answer, body: Exclude<Body, Buffer>, limit: number): void {
    if (body === 'gone') return;
    const { status, code, message } = body === 'too-large' ? tooLarge(limit) : TOO_MANY;
    this.api.metrics.http.refused.inc({ reason: body === 'too-large' ? 'body_too_large' : 'too_many_bodies' });
    const text = Buffer.from(`{"code":${code},"message":${jsonText(message)}}`);
    answer.shouldKeepAlive = false;
    answer.writeHead(status, jsonHeaders(text.length));
    answer.write(text);
    readAway(request, () => answer.end());
  }
}

const tooLarge = (limit: number): Refusal => refusal(413, `request body is larger than the limit of ${limit} bytes`);
const TOO_MANY = refusal(503, 'too many large request bodies at a time, try again later');

export const hasDeclaredBody = ({ body, headers }: Request): boolean =>
  body ? body.length > 0 : Number(headers['content-length'] ?? 0) > 0;

/** A body whose length was not told in advance shows only now that it is one. */
const lateContentType = (request: Request): Refusal | undefined =>
  hasDeclaredBody(request) ? undefined : checkContentType(request);
