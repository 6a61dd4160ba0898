/**
 * Redirects by the rules of Go's client: ten hops, a changed method drops the body, and what is sensitive is not taken
 * to another host, nor back again from there.
 */
export const MAX_HOPS = 10;

export interface Hop {
  readonly method: string;
  readonly keepsBody: boolean;
}

/** Undefined: the answer is final. */
export function redirectOf(status: number, method: string): Hop | undefined {
  switch (status) {
    case 301:
    case 302:
    case 303:
      return { method: method === 'GET' || method === 'HEAD' ? method : 'GET', keepsBody: false };
    case 307:
    case 308:
      return { method, keepsBody: true };
    default:
      return undefined;
  }
}

/** The same host or one below it; ports do not matter. */
export function staysWithin(target: string, origin: string): boolean {
  if (target === origin) return true;
  // An IPv6 address ends like nothing that has a parent.
  if (origin === '' || target.includes(':') || target.includes('%')) return false;
  return target.endsWith(`.${origin}`);
}

export const SENSITIVE_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'www-authenticate',
  'cookie',
  'cookie2',
  'proxy-authorization',
  'proxy-authenticate',
]);

/** They speak of the body and go with it. */
export const BODY_HEADERS: ReadonlySet<string> = new Set([
  'content-encoding',
  'content-language',
  'content-location',
  'content-type',
]);
