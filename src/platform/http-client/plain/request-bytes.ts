/** A request as it goes over the wire: its head in Go's order, then the body. */
import type { Exchange } from '../exchange.js';

/** These change how a connection is spoken on. A request that brings one is not for the plain transport. */
const SPOKEN_BY_CONNECTION: ReadonlySet<string> = new Set([
  'Connection',
  'Content-Length',
  'Expect',
  'Host',
  'Keep-Alive',
  'Proxy-Connection',
  'Te',
  'Trailer',
  'Transfer-Encoding',
  'Upgrade',
]);
const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
const BODY_METHODS: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);
const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^[\t\x20-\x7e]*$/;

/** What could be misunderstood on the way (another protocol, letters that HTTP does not know) is left to others. */
export function isPlain({ method, target, headers }: Exchange): boolean {
  if (!METHODS.has(method) || target.url.protocol !== 'http:') return false;
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] as string;
    if (!NAME.test(name) || SPOKEN_BY_CONNECTION.has(name) || !VALUE.test(headers[i + 1] as string)) return false;
  }
  return true;
}

/** Go's order: whom we ask, who we are, how much comes, and the rest by name. */
export function headOf({ method, target, headers }: Exchange, bodyBytes: number | undefined): string {
  let own = '';
  const rest: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    const line = `${headers[i]}: ${headers[i + 1]}\r\n`;
    if (headers[i] === 'User-Agent') own += line;
    else rest.push(line);
  }
  if (rest.length > 1) rest.sort(byName);
  const length = bodyBytes ?? (BODY_METHODS.has(method) ? 0 : undefined);
  const lengthLine = length === undefined ? '' : `Content-Length: ${length}\r\n`;
  return `${method} ${target.path} HTTP/1.1\r\nHost: ${target.url.host}\r\n${own}${lengthLine}${rest.join('')}\r\n`;
}

/** Values of one name keep their order. */
function byName(a: string, b: string): number {
  const [left, right] = [a.slice(0, a.indexOf(':')), b.slice(0, b.indexOf(':'))];
  return left < right ? -1 : left > right ? 1 : 0;
}
