import { errorText } from '../../platform/log.js';
import { type Answer, type Handler, type Request, pathOf, queryOf } from '../server/handler.js';
import { answerMessage, answerRefusal, refusal } from './answers.js';
import type { ApiOptions } from './api.js';
import { allowOrigin, answerPreflight, isPreflight, setApiHeaders } from './cors.js';
import { AlertLists } from './get-alerts.js';
import { getReceivers, getStatus } from './get-status.js';
import { checkAccept, checkContentType } from './negotiation.js';
import { BodyReader, hasDeclaredBody } from './post-body.js';
import { QueryValues } from './query-values.js';
import { type Operation, findRoute } from './routes.js';
import { SilenceLists, deleteSilence, getSilence } from './silences.js';

/**
 * API v2 as one function over Node's request and answer, in front of the framework: its pipeline alone would cost more than
 * all of this. `request.url` is expected without the route prefix.
 *
 * Keeps the order of checks: route, method, content type, accept, parameters and body.
 * Facts: reference "HTTP interface", sections 1 to 8.
 */
export function createV2Handler(options: ApiOptions): Handler {
  const api = {
    ...options,
    lists: new AlertLists(options),
    silences: new SilenceLists(options),
    bodies: new BodyReader(options),
  };
  return (request, answer) => {
    if (isPreflight(request)) {
      answerPreflight(request, answer);
      return;
    }
    allowOrigin(request, answer);
    void answerInAnyCase(api, request, answer);
  };
}

interface Api extends ApiOptions {
  readonly lists: AlertLists;
  readonly silences: SilenceLists;
  readonly bodies: BodyReader;
}

async function answerInAnyCase(api: Api, request: Request, answer: Answer): Promise<void> {
  try {
    await handle(api, request, answer);
  } catch (error) {
    // A bug, or storage that failed: what was asked for may not have happened.
    api.log.error('Request failed', { path: pathOf(request), method: request.method, err: errorText(error) });
    answerMessage(answer, 500, errorText(error));
    if (!answer.writableEnded) answer.destroy();
  }
}

function handle(api: Api, request: Request, answer: Answer): void | Promise<void> {
  const method = request.method ?? 'GET';
  const path = pathOf(request);
  const route = findRoute(method, path);
  if (route.kind === 'unknown') return answerRefusal(answer, refusal(404, `path ${path} was not found`));
  if (route.kind === 'wrong-method') return refuseMethod(answer, method, route.allowed);

  const declared = hasDeclaredBody(request);
  const isLate = method === 'POST' && !declared;
  const refused = declared ? checkContentType(request) : isLate ? undefined : checkAccept(request);
  if (refused) return answerRefusal(answer, refused);
  if (method === 'POST') return api.bodies.handle(request, answer, route.operation);
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
  api: Api,
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
      return api.lists.getAlerts(answer, query);
    case 'getAlertGroups':
      return api.lists.getGroups(answer, query);
    case 'getSilences':
      return api.silences.getSilences(answer, query);
    case 'getSilence':
      return getSilence(api, answer, silenceId);
    case 'deleteSilence':
      return deleteSilence(api, answer, silenceId);
    case 'postAlerts':
    case 'postSilences':
      throw new Error(`${operation} takes a body`);
  }
}

function refuseMethod(answer: Answer, method: string, allowed: readonly string[]): void {
  const list = allowed.join(',');
  setApiHeaders(answer);
  answer.setHeader('Allow', list);
  if (method === 'HEAD') {
    answer.writeHead(405, { 'Content-Type': 'application/json' });
    answer.end();
    return;
  }
  answerRefusal(answer, refusal(405, `method ${method} is not allowed, but [${list}] are`));
}
