import type { Answer, Request } from '../server/handler.js';

/**
 * Which pages of other origins may use API v2: they may read and post; DELETE is not for them.
 * Facts: reference "HTTP interface", section 2.2.
 */
const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'HEAD', 'OPTIONS']);
const HEADERS = ['accept', 'content-type', 'x-requested-with'];

export const isPreflight = (request: Request): boolean =>
  request.method === 'OPTIONS' && Boolean(request.headers['access-control-request-method']);

export function answerPreflight(request: Request, answer: Answer): void {
  const { headers } = request;
  const method = headers['access-control-request-method'] as string;
  const wanted = headers['access-control-request-headers'];
  const allowed: Record<string, string> = {
    Vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
  };
  if (headers.origin && METHODS.has(method) && areHeadersAllowed(wanted)) {
    allowed['Access-Control-Allow-Origin'] = '*';
    allowed['Access-Control-Allow-Methods'] = method;
    if (wanted) allowed['Access-Control-Allow-Headers'] = String(wanted);
  }
  answer.writeHead(204, allowed);
  answer.end();
}

/**
 * What every other answer of API v2 begins with. It is written with the head: one header that is set before, and Node sends
 * all of them a longer way.
 */
export const API_HEADERS = { 'Cache-Control': 'no-store', Vary: 'Origin' } as const;

/** Sets them beforehand, for those that come after them and are not known where the head is written. */
export function setApiHeaders(answer: Answer): void {
  for (const [name, value] of Object.entries(API_HEADERS)) answer.setHeader(name, value);
}

export function allowOrigin(request: Request, answer: Answer): void {
  if (!request.headers.origin || !METHODS.has(request.method ?? '')) return;
  setApiHeaders(answer);
  answer.setHeader('Access-Control-Allow-Origin', '*');
}

/** Browsers ask in lower case and in order; anything else is refused. */
function areHeadersAllowed(wanted: string | string[] | undefined): boolean {
  let last = -1;
  for (const part of String(wanted ?? '').split(',')) {
    const name = part.trim();
    if (name === '') continue;
    const place = HEADERS.indexOf(name);
    if (place <= last) return false;
    last = place;
  }
  return true;
}
