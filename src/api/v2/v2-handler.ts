import { errorText } from '../../platform/log.js';
import { type Answer, type Handler, type Request, pathOf, queryOf } from '../server/handler.js';
import { ALERTS_REQUIRED } from './alert-body.js';
import { type Refusal, answerMessage, answerRefusal, refusal } from './answers.js';
import type { ApiOptions } from './api.js';
import { answerPreflight, isPreflight, setApiHeaders } from './cors.js';
import { getAlertGroups, getAlerts } from './get-alerts.js';
import { getReceivers, getStatus } from './get-status.js';
import { checkAccept, checkContentType } from './negotiation.js';
import { postAlerts } from './post-alerts.js';
import { QueryValues } from './query-values.js';
import { readBody } from './read-body.js';
import { type Operation, findRoute } from './routes.js';
import { SILENCE_REQUIRED } from './silence-body.js';
import { deleteSilence, getSilence, getSilences, postSilence } from './silences.js';

/**
 * API v2 as one function over Node's request and answer, in front of the framework: its pipeline alone would cost more than
 * all of this. `request.url` is expected without the route prefix.
 *
 * Keeps the order of checks: route, method, content type, accept, parameters and body.
 * Facts: reference "HTTP interface", sections 1 to 8.
 */
export function createV2Handler(api: ApiOptions): Handler {
  return (request, answer) => {
    if (isPreflight(request)) {
      answerPreflight(request, answer);
      return;
    }
    setApiHeaders(request, answer);
    handle(api, request, answer).catch((error: unknown) => {
      // A bug, or storage that failed: what was asked for may not have happened.
      api.log.error('Request failed', { path: pathOf(request), method: request.method, err: errorText(error) });
      answerMessage(answer, 500, errorText(error));
      if (!answer.writableEnded) answer.destroy();
    });
  };
}

async function handle(api: ApiOptions, request: Request, answer: Answer): Promise<void> {
  const method = request.method ?? 'GET';
  const path = pathOf(request);
  const route = findRoute(method, path);
  if (route.kind === 'unknown') return answerRefusal(answer, refusal(404, `path ${path} was not found`));
  if (route.kind === 'wrong-method') return refuseMethod(answer, method, route.allowed);

  const declared = hasDeclaredBody(request);
  const isLate = method === 'POST' && !declared;
  const refused = declared ? checkContentType(request) : isLate ? undefined : checkAccept(request);
  if (refused) return answerRefusal(answer, refused);
  if (method === 'POST') return handleBody(api, request, answer, route.operation);
  const query = queryOf(request);
  return answerQuery(
    api,
    answer,
    route.operation,
    route.silenceId,
    query === '' ? QueryValues.EMPTY : new QueryValues(query),
  );
}

function answerQuery(
  api: ApiOptions,
  answer: Answer,
  operation: Operation,
  silenceId: string,
  query: QueryValues,
): void | Promise<void> {
  switch (operation) {
    case 'getStatus':
      return getStatus(api, answer);
    case 'getReceivers':
      return getReceivers(api, answer, query);
    case 'getAlerts':
      return getAlerts(api, answer, query);
    case 'getAlertGroups':
      return getAlertGroups(api, answer, query);
    case 'getSilences':
      return getSilences(api, answer, query);
    case 'getSilence':
      return getSilence(api, answer, silenceId);
    case 'deleteSilence':
      return deleteSilence(api, answer, silenceId);
    case 'postAlerts':
    case 'postSilences':
      throw new Error(`${operation} takes a body`);
  }
}

async function handleBody(api: ApiOptions, request: Request, answer: Answer, operation: Operation): Promise<void> {
  const body = await readBody(request, api.maxBodyBytes);
  if (body === 'gone') return;
  if (body === 'too-large') return refuseSize(api, answer);
  const isAlerts = operation === 'postAlerts';
  const required = isAlerts ? ALERTS_REQUIRED : SILENCE_REQUIRED;
  const refused = body.length === 0 ? (checkAccept(request) ?? required) : lateContentType(request);
  if (refused) return answerRefusal(answer, refused);
  return isAlerts ? postAlerts(api, answer, body) : postSilence(api, answer, body);
}

const hasDeclaredBody = ({ headers }: Request): boolean => Number(headers['content-length'] ?? 0) > 0;

/** A body whose length was not told in advance shows only now that it is one. */
const lateContentType = (request: Request): Refusal | undefined =>
  hasDeclaredBody(request) ? undefined : checkContentType(request);

function refuseMethod(answer: Answer, method: string, allowed: readonly string[]): void {
  const list = allowed.join(',');
  answer.setHeader('Allow', list);
  if (method === 'HEAD') {
    answer.writeHead(405, { 'Content-Type': 'application/json' });
    answer.end();
    return;
  }
  answerRefusal(answer, refusal(405, `method ${method} is not allowed, but [${list}] are`));
}

function refuseSize({ metrics, maxBodyBytes }: ApiOptions, answer: Answer): void {
  metrics.http.refused.inc({ reason: 'body_too_large' });
  // The rest of the body will not be read, so this connection has no next request.
  answer.shouldKeepAlive = false;
  answerRefusal(answer, refusal(413, `request body is larger than the limit of ${maxBodyBytes} bytes`));
}
