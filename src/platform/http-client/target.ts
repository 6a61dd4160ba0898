/**
 * Where a request goes: the URL, and its path as it is sent.
 *
 * URLs are read as Go reads them, and the path goes out as it was written (dots, double slashes, `<`), because that is
 * what a user's receiver has seen from Alertmanager. Only what HTTP does not allow at all (a space, a letter beyond ASCII)
 * is escaped; Alertmanager sends it raw and is refused.
 *
 * What each request asks of its URL stands beside it: URLs make the answer anew each time.
 */
import { parseGoUrl } from '../../config/schema/go-url.js';
import { HttpError } from './errors.js';

export interface Target {
  readonly url: URL;
  readonly path: string;
  /** With the port, unless it is the scheme's own. */
  readonly host: string;
  /** http: rather than https: */
  readonly isPlain: boolean;
  /** It carries a name or a password. */
  readonly hasUser: boolean;
}

export function parseTarget(text: string, method: string): Target {
  const parsed = parseGoUrl(text);
  if (!parsed.ok) throw HttpError.badUrl(withoutUrl(parsed.issues[0]?.message ?? ''));
  const { scheme, host, text: printed } = parsed.value;
  if (!isWeb(`${scheme}:`)) throw HttpError.of(method, unsupported(scheme));
  if (host === '') throw HttpError.of(method, new Error('http: no Host in request URL'));
  try {
    return targetOf(new URL(printed), pathOf(printed));
  } catch {
    throw HttpError.badUrl('invalid host');
  }
}

/** Where an answer sends us on. */
export function followLocation(location: string, from: URL): Target {
  let url: URL;
  try {
    url = new URL(location, from);
  } catch {
    throw new Error('failed to parse Location header');
  }
  if (!isWeb(url.protocol)) throw unsupported(url.protocol.slice(0, -1));
  return targetOf(url, `${url.pathname}${url.search}`);
}

const targetOf = (url: URL, path: string): Target => ({
  url,
  path,
  host: url.host,
  isPlain: url.protocol === 'http:',
  hasUser: url.username !== '' || url.password !== '',
});

const isWeb = (protocol: string): boolean => protocol === 'http:' || protocol === 'https:';
const unsupported = (scheme: string): Error => new Error(`unsupported protocol scheme "${scheme}"`);

/** `parse "<the URL>": invalid port` → `invalid port` */
const withoutUrl = (message: string): string => message.replace(/^parse "(?:[^"\\]|\\.)*": /s, '');

function pathOf(printed: string): string {
  const [, path = ''] = /^[^/]*\/\/[^/?#]*([^#]*)/.exec(printed) ?? [];
  const sendable = path.toWellFormed().replaceAll(/[^!-~]/gu, encodeURIComponent);
  return sendable.startsWith('/') ? sendable : `/${sendable}`;
}
