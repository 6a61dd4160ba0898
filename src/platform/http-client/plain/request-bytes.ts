/** A request as it goes over the wire: its head in Go's order, then the body. */
import type { Exchange, FlatHeaders } from '../exchange.js';
import type { Target } from '../target.js';

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

/** A head as it is before the length of the body is known. */
export interface RequestHead {
  readonly start: string;
  readonly rest: string;
  /** A length is named though there is no body. */
  readonly namesLength: boolean;
}

/** The last one for each target: most are sent the same headers with each request. */
const heads = new WeakMap<Target, { method: string; headers: FlatHeaders; head: RequestHead | undefined }>();

/** Undefined: the request is not for the plain transport. */
export function headOf(exchange: Exchange): RequestHead | undefined {
  const { method, target, headers } = exchange;
  const last = heads.get(target);
  if (last?.headers === headers && last.method === method) return last.head;
  const head = isPlain(exchange) ? writeHead(exchange) : undefined;
  heads.set(target, { method, headers, head });
  return head;
}

/** What could be misunderstood on the way (another protocol, letters that HTTP does not know) is left to others. */
function isPlain({ method, target, headers }: Exchange): boolean {
  if (!METHODS.has(method) || !target.isPlain) return false;
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] as string;
    if (!NAME.test(name) || SPOKEN_BY_CONNECTION.has(name) || !VALUE.test(headers[i + 1] as string)) return false;
  }
  return true;
}

/** Go's order: whom we ask, who we are, how much comes, and the rest by name. */
function writeHead({ method, target, headers }: Exchange): RequestHead {
  let own = '';
  const rest: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    const line = `${headers[i]}: ${headers[i + 1]}\r\n`;
    if (headers[i] === 'User-Agent') own += line;
    else rest.push(line);
  }
  if (rest.length > 1) rest.sort(byName);
  return {
    start: `${method} ${target.path} HTTP/1.1\r\nHost: ${target.host}\r\n${own}`,
    rest: `${rest.join('')}\r\n`,
    namesLength: BODY_METHODS.has(method),
  };
}

export function completeHead({ start, rest, namesLength }: RequestHead, bodyBytes: number | undefined): string {
  if (bodyBytes === undefined && !namesLength) return start + rest;
  return `${start}Content-Length: ${bodyBytes ?? 0}\r\n${rest}`;
}

/** Values of one name keep their order. */
function byName(a: string, b: string): number {
  const [left, right] = [a.slice(0, a.indexOf(':')), b.slice(0, b.indexOf(':'))];
  return left < right ? -1 : left > right ? 1 : 0;
}
