/**
 * What can go wrong between a request and its answer, said in Go's words: they are what operators know from
 * Alertmanager's log. The URL is always left out, since webhook URLs are secrets; host and port of a failed connection stay.
 */
import { isIP } from 'node:net';
import { isNativeError } from 'node:util/types';

const URL_MASK = '<redacted>';

export class HttpError extends Error {
  override readonly name = 'HttpError';

  /** `Post "<redacted>": dial tcp 127.0.0.1:9: connect: connection refused` */
  static of(method: string, cause: unknown): HttpError {
    return new HttpError(`${verb(method)} "${URL_MASK}": ${describeNetworkError(cause)}`);
  }

  static timeout(method: string, message = 'context deadline exceeded'): HttpError {
    return new HttpError(`${verb(method)} "${URL_MASK}": ${message}`);
  }

  static aborted(method: string, reason: unknown): HttpError {
    const isDeadline = (reason as { name?: unknown } | undefined)?.name === 'TimeoutError';
    return new HttpError(`${verb(method)} "${URL_MASK}": context ${isDeadline ? 'deadline exceeded' : 'canceled'}`);
  }

  static badUrl(reason: string): HttpError {
    return new HttpError(`parse "${URL_MASK}": ${reason}`);
  }
}

const verb = (method: string): string => `${method.slice(0, 1)}${method.slice(1).toLowerCase()}`;

interface SystemError extends Error {
  readonly syscall?: string;
  readonly address?: string;
  readonly port?: number;
  readonly hostname?: string;
  readonly errors?: readonly unknown[];
  readonly reason?: string;
}

const SYSTEM_TEXTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset by peer',
  EPIPE: 'broken pipe',
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'network is unreachable',
  ETIMEDOUT: 'connection timed out',
  EADDRNOTAVAIL: 'cannot assign requested address',
  EMFILE: 'too many open files',
};

const UNTRUSTED: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Go's text for an error of Node's or undici's; what it says to a plain answer depends on who wanted TLS. */
export function describeNetworkError(
  error: unknown,
  plainAnswer = 'http: server gave HTTP response to HTTPS client',
): string {
  if (!isNativeError(error)) return String(error);
  const { syscall, address, port, hostname, errors, reason } = error as SystemError;
  const code = codeOf(error);
  const known = code === undefined ? undefined : SYSTEM_TEXTS[code];
  if (syscall === 'connect' && address !== undefined)
    return `dial tcp ${joinHostPort(address, port)}: ${code === 'EMFILE' ? 'socket' : 'connect'}: ${known ?? code}`;
  if (syscall === 'getaddrinfo') return `dial tcp: lookup ${hostname}: ${lookupText(code)}`;
  // Several addresses were tried: the first tells enough.
  if (errors && errors.length > 0) return describeNetworkError(errors[0]);
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return 'dial tcp: i/o timeout';
  if (code !== undefined && UNTRUSTED.has(code))
    return 'tls: failed to verify certificate: x509: certificate signed by unknown authority';
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID')
    return 'tls: failed to verify certificate: x509: certificate has expired or is not yet valid';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return describeWrongName(error as WrongName);
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER') return plainAnswer;
  // What OpenSSL has to say stands between addresses and line numbers of its source.
  if (code?.startsWith('ERR_SSL_') && reason !== undefined) return `tls: ${reason}`;
  // The other side hung up before it answered.
  if (code === 'UND_ERR_SOCKET') return 'EOF';
  return known ?? error.message;
}

/** That of an abort is a number, and an abort is an error like others from Node 22 on. */
function codeOf({ code }: Error & { readonly code?: unknown }): string | undefined {
  return typeof code === 'string' ? code : undefined;
}

interface WrongName extends Error {
  readonly host?: string;
  readonly cert?: { readonly subjectaltname?: string };
}

/** `certificate is valid for localhost, not alerts.internal` */
function describeWrongName({ host = '', cert }: WrongName): string {
  const kind = isIP(host) === 0 ? 'DNS:' : 'IP Address:';
  const names = (cert?.subjectaltname ?? '').split(', ').filter((name) => name.startsWith(kind));
  const valid = names.map((name) => name.slice(kind.length)).join(', ');
  const why =
    valid === ''
      ? `certificate is not valid for any names, but wanted to match ${host}`
      : `certificate is valid for ${valid}, not ${host}`;
  return `tls: failed to verify certificate: x509: ${why}`;
}

const lookupText = (code: string | undefined): string =>
  code === 'ENOTFOUND' ? 'no such host' : code === 'EAI_AGAIN' ? 'server misbehaving' : `${code}`;

/** What failed, and why: flat, because the parts of Go's messages are known to readers as one line. */
export const wrapError = (what: string, error: unknown): Error => new Error(`${what}: ${describeNetworkError(error)}`);

export const joinHostPort = (host: string, port: number | string | undefined): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
