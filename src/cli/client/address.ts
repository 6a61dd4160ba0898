/** `--alertmanager.url`: where the API is, and with which password. */
import { ToolError } from '../tool-error.js';

export interface Address {
  /** Of the API, without a slash at the end. Holds no password. */
  readonly base: URL;
  /** The value of the Authorization header. */
  readonly authorization: string | undefined;
}

/** `host:port` alone is HTTP; what is left out is `http://localhost:9093`. */
export function parseAddress(text: string): Address {
  const url = readUrl(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new ToolError(
      `unsupported protocol scheme ${JSON.stringify(url.protocol.slice(0, -1))} in --alertmanager.url`,
    );
  const { username, password } = url;
  const base = new URL(`${url.pathname.replaceAll(/\/+/g, '/').replace(/\/$/, '')}/api/v2`, url.origin);
  return { base, authorization: username === '' && password === '' ? undefined : basic(username, password) };
}

function readUrl(text: string): URL {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text.replace(/^\/\//, '')}`;
  const complete = withScheme === 'http://' ? 'http://localhost:9093' : withScheme;
  try {
    return new URL(complete);
  } catch {
    throw new ToolError(`--alertmanager.url is not a URL: ${text.replace(/\/\/[^/@]*@/, '//')}`);
  }
}

const basic = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;
