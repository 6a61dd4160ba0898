/**
 * URLs as Go reads and prints them. The web's own URL class will not do: it repairs what Go refuses (spaces, backslashes,
 * upper-case hosts) and adds slashes, so that neither verdicts nor the printed configuration would agree.
 *
 * Keeps: never throws; what it prints, it reads again.
 */
import { isIPv6 } from 'node:net';
import { type Result, failed, ok } from '../../domain/issue/index.js';
import { quoteGo } from '../../domain/matcher/index.js';

export interface GoUrl {
  readonly scheme: string;
  /** With its port, unescaped. */
  readonly host: string;
  readonly user: { readonly name: string; readonly password: string | undefined } | undefined;
  /** Unescaped. */
  readonly path: string;
  /** As Go prints it. */
  readonly text: string;
  /** What stands before the path and after it, as printed. */
  readonly before: string;
  readonly after: string;
}

interface Parts {
  scheme: string;
  opaque: string;
  user: GoUrl['user'];
  host: string;
  omitHost: boolean;
  rawPath: string;
  query: string;
}

/** Where a character stands decides whether it must be escaped. Letters, digits and `-_.~` never are. */
const UNRESERVED = 'A-Za-z0-9\\-._~';
const SAFE = {
  path: new RegExp(`[${UNRESERVED}$&+,/:;=@]`),
  host: new RegExp(`[${UNRESERVED}!"$&'()*+,:;<=>[\\]]`),
  user: new RegExp(`[${UNRESERVED}$&+,;=]`),
  fragment: new RegExp(`[${UNRESERVED}!$&()*+,/:;=?@]`),
} as const;
type Place = keyof typeof SAFE;
/** Left alone in a path or fragment that its author escaped otherwise than Go would. */
const TOLERATED = /[!$&'()*+,;=:@[\]%]/;

class Malformed extends Error {}

export function parseGoUrl(text: string): Result<GoUrl> {
  const hash = text.indexOf('#');
  const [main, fragment] = hash < 0 ? [text, ''] : [text.slice(0, hash), text.slice(hash + 1)];
  let failing = main;
  try {
    const parts = parseParts(main);
    failing = text;
    const printedFragment = fragment === '' ? '' : `#${escapedAs(fragment, 'fragment')}`;
    const path = unescape(parts.rawPath, 'path');
    const { scheme, host, user } = parts;
    const after = parts.query + printedFragment;
    const before = printBefore(parts, path);
    const printed = before + (parts.opaque === '' ? escapedAs(parts.rawPath, 'path') : parts.opaque) + after;
    return ok({ scheme, host, user, path, text: printed, before, after });
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    const message = `parse ${quoteGo(failing)}: ${error.message}`;
    return failed({ code: 'invalid-url', path: '', message });
  }
}

/** Printed with the password, if there is one, replaced by `xxxxx`. */
export function redactGoUrl(text: string): string {
  const parsed = parseGoUrl(text);
  if (!parsed.ok || parsed.value.user?.password === undefined) return text;
  const name = escape(parsed.value.user.name, 'user');
  const start = text.indexOf('//') + 2;
  const authorityEnd = /[/?#]/.exec(text.slice(start))?.index ?? text.length - start;
  const at = text.slice(start, start + authorityEnd).lastIndexOf('@');
  return `${text.slice(0, start)}${name}:xxxxx${text.slice(start + at)}`;
}

function parseParts(text: string): Parts {
  if (hasControlCharacter(text)) throw new Malformed('net/url: invalid control character in URL');
  const { scheme, rest } = splitScheme(text);
  const parts: Parts = { scheme, opaque: '', user: undefined, host: '', omitHost: false, rawPath: '', query: '' };
  const question = rest.indexOf('?');
  const beforeQuery = question < 0 ? rest : rest.slice(0, question);
  parts.query = question < 0 ? '' : rest.slice(question);
  if (!beforeQuery.startsWith('/')) {
    if (scheme !== '') return { ...parts, opaque: beforeQuery };
    if (beforeQuery.split('/', 1)[0]?.includes(':')) {
      throw new Malformed('first path segment in URL cannot contain colon');
    }
  }
  if (beforeQuery.startsWith('//') && (scheme !== '' || !beforeQuery.startsWith('///'))) {
    const slash = beforeQuery.indexOf('/', 2);
    readAuthority(slash < 0 ? beforeQuery.slice(2) : beforeQuery.slice(2, slash), parts);
    return { ...parts, rawPath: slash < 0 ? '' : beforeQuery.slice(slash) };
  }
  return { ...parts, omitHost: scheme !== '' && beforeQuery.startsWith('/'), rawPath: beforeQuery };
}

function splitScheme(text: string): { scheme: string; rest: string } {
  if (text.startsWith(':')) throw new Malformed('missing protocol scheme');
  const [matched, scheme = ''] = /^([A-Za-z][A-Za-z0-9+\-.]*):/.exec(text) ?? [];
  return matched === undefined
    ? { scheme: '', rest: text }
    : { scheme: scheme.toLowerCase(), rest: text.slice(matched.length) };
}

function readAuthority(authority: string, parts: Parts): void {
  const at = authority.lastIndexOf('@');
  parts.host = parseHost(authority.slice(at + 1));
  if (at < 0) return;
  const userinfo = authority.slice(0, at);
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(userinfo)) throw new Malformed('net/url: invalid userinfo');
  const colon = userinfo.indexOf(':');
  parts.user = {
    name: unescape(colon < 0 ? userinfo : userinfo.slice(0, colon), 'user'),
    password: colon < 0 ? undefined : unescape(userinfo.slice(colon + 1), 'user'),
  };
}

function parseHost(host: string): string {
  const bracket = host.lastIndexOf('[');
  if (bracket > 0) throw new Malformed('invalid IP-literal');
  if (bracket === 0) return parseIpLiteral(host);
  const colon = host.lastIndexOf(':');
  if (colon >= 0) checkPort(host.slice(colon));
  return unescape(host, 'host');
}

function parseIpLiteral(host: string): string {
  const close = host.lastIndexOf(']');
  if (close < 0) throw new Malformed("missing ']' in host");
  const port = host.slice(close + 1);
  checkPort(port);
  const name = host.slice(1, close);
  const zone = name.indexOf('%25');
  const address = zone < 0 ? unescape(name, 'host') : unescape(name.slice(0, zone), 'host');
  if (!isIPv6(address)) throw new Malformed(/^[0-9.]+$/.test(address) ? 'invalid IP-literal' : noAddress(address));
  return `[${address}${zone < 0 ? '' : unescape(name.slice(zone), 'host')}]${port}`;
}

const noAddress = (address: string): string => `invalid host: ParseAddr(${quoteGo(address)}): unable to parse IP`;

function checkPort(port: string): void {
  if (!/^(?::[0-9]*)?$/.test(port)) throw new Malformed(`invalid port ${quoteGo(port)} after host`);
}

function unescape(text: string, place: Place): string {
  if (place === 'host') {
    const bad = [...text].find((char) => char !== '%' && char < '\u0080' && !SAFE.host.test(char));
    const escapedAscii = /%(?!25)[0-7][0-9A-Fa-f]/.exec(text);
    if (escapedAscii && (bad === undefined || text.indexOf(bad) > escapedAscii.index)) {
      throw new Malformed(`invalid URL escape ${quoteGo(escapedAscii[0])}`);
    }
    if (bad !== undefined) throw new Malformed(`invalid character ${quoteGo(bad)} in host name`);
  }
  const broken = /%(?![0-9A-Fa-f]{2}).{0,2}/s.exec(text);
  if (broken) throw new Malformed(`invalid URL escape ${quoteGo(broken[0])}`);
  if (!text.includes('%')) return text;
  return Buffer.from(
    text.replaceAll(/%([0-9A-Fa-f]{2})|[^%]+/g, (run, hex: string | undefined) =>
      hex === undefined ? Buffer.from(run).toString('latin1') : String.fromCharCode(Number.parseInt(hex, 16)),
    ),
    'latin1',
  ).toString('utf8');
}

function escape(text: string, place: Place): string {
  return text.replaceAll(/./gsu, (char) =>
    SAFE[place].test(char)
      ? char
      : [...Buffer.from(char)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}

/** The author's own escaping is kept when it is a valid one. */
function escapedAs(raw: string, place: 'path' | 'fragment'): string {
  const plain = unescape(raw, place);
  const valid = [...raw].every((char) => TOLERATED.test(char) || SAFE[place].test(char));
  return valid || plain === '*' ? raw : escape(plain, place);
}

/** With more of a path; Go forgets how the author had escaped it. */
export const appendPath = ({ before, path, after }: GoUrl, more: string): string =>
  before + escape(path + more, 'path') + after;

function printBefore(parts: Parts, path: string): string {
  const scheme = parts.scheme === '' ? '' : `${parts.scheme}:`;
  if (parts.opaque !== '') return scheme;
  const { user, host } = parts;
  const hasAuthority =
    (scheme !== '' || host !== '' || user !== undefined) && !(parts.omitHost && host === '' && !user);
  const slashes = hasAuthority && (host !== '' || path !== '' || user !== undefined) ? '//' : '';
  const password = user?.password === undefined ? '' : `:${escape(user.password, 'user')}`;
  const credentials = user ? `${escape(user.name, 'user')}${password}@` : '';
  return scheme + slashes + credentials + escape(host, 'host');
}

function hasControlCharacter(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}
