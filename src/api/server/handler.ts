import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * What runs in front of the framework: plain functions over Node's own request and answer.
 * HTTP/2 requests come in the compatible form, which has the same methods.
 */
export type Request = IncomingMessage & {
  /** All of it, where it was read before the handlers are called (plain/). */
  readonly body?: Buffer;
};
export type Answer = ServerResponse;
export type Handler = (request: Request, answer: Answer) => void;

/** Text as Go's http.Error sends it. */
export function answerText(answer: Answer, status: number, text: string, headers: Record<string, string> = {}): void {
  if (answer.headersSent || answer.destroyed) return;
  const body = Buffer.from(text);
  answer.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Content-Length': body.length,
    ...headers,
  });
  answer.end(body);
}

/** The path of a request, still escaped, without its query. */
export function pathOf(request: Request): string {
  const url = request.url ?? '/';
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

/** The query of a request, still escaped. */
export function queryOf(request: Request): string {
  const url = request.url ?? '';
  const start = url.indexOf('?');
  return start < 0 ? '' : url.slice(start + 1);
}
