import { type Answer, type Request, queryOf } from './handler.js';

const NAMES: Readonly<Record<number, string>> = {
  301: 'Moved Permanently',
  302: 'Found',
  307: 'Temporary Redirect',
};

/** As Go's http.Redirect: the query is kept, and a GET gets a line of HTML to click on. */
export function redirect(request: Request, answer: Answer, status: 301 | 302 | 307, path: string): void {
  const query = queryOf(request);
  const target = query === '' ? path : `${path}?${query}`;
  const { method } = request;
  const body = method === 'GET' ? `<a href="${escapeHtml(target)}">${NAMES[status]}</a>.\n\n` : '';
  answer.writeHead(status, {
    Location: target,
    ...(method === 'GET' || method === 'HEAD' ? { 'Content-Type': 'text/html; charset=utf-8' } : {}),
    'Content-Length': Buffer.byteLength(body),
  });
  answer.end(body);
}

const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&#34;')
    .replaceAll("'", '&#39;');

/** Without `//`, `.` and `..`; a slash at the end stays. */
export function cleanPath(path: string): string {
  if (!/\/\/|\/\.{1,2}(?:\/|$)/.test(path)) return path;
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  }
  const isOpen = /\/\.{0,2}$/.test(path) && kept.length > 0;
  return `/${kept.join('/')}${isOpen ? '/' : ''}`;
}
