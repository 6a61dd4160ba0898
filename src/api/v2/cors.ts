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

/** The headers that every other answer of API v2 carries. */
export function setApiHeaders(request: Request, answer: Answer): void {
  answer.setHeader('Cache-Control', 'no-store');
  answer.setHeader('Vary', 'Origin');
  if (request.headers.origin && METHODS.has(request.method ?? '')) answer.setHeader('Access-Control-Allow-Origin', '*');
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
