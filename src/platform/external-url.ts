/**
 * Under which URL users reach the router, and under which path it serves. Alertmanager's rules: trailing slashes go, a path
 * begins with one, inner slashes stay; the prefix of all routes is that path unless one is given.
 */
export interface PublicAddress {
  /** Without a trailing slash. */
  readonly externalURL: string;
  /** Empty, or beginning with a slash and not ending in one. */
  readonly routePrefix: string;
}

export interface AddressInput {
  readonly externalUrl: string;
  readonly routePrefix: string;
  readonly hostname: string;
  /** Port of the first listener. */
  readonly port: number;
}

export function publicAddress({ externalUrl, routePrefix, hostname, port }: AddressInput): PublicAddress {
  const external = externalUrl === '' ? `http://${hostname}:${port}/` : externalUrl;
  const { base, path } = splitUrl(external);
  const cleanPath = path.replace(/\/+$/, '');
  const slashedPath = cleanPath === '' || cleanPath.startsWith('/') ? cleanPath : `/${cleanPath}`;
  const prefix = trimSlashes(routePrefix === '' ? slashedPath : routePrefix);
  return { externalURL: base + slashedPath, routePrefix: prefix === '' ? '' : `/${prefix}` };
}

const trimSlashes = (text: string): string => text.replace(/^\/+|\/+$/g, '');

/** By hand: the URL class would rewrite what the user wrote (`/////a//`, host case, default ports). */
function splitUrl(text: string): { base: string; path: string } {
  const match = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\/([^/?#]*)([^?#]*)/.exec(text);
  const scheme = match?.[1]?.toLowerCase();
  if (match === null || (scheme !== 'http' && scheme !== 'https'))
    throw new Error(`--web.external-url ${JSON.stringify(text)}: only http and https URLs are possible`);
  if (!URL.canParse(text) || match[2] === '')
    throw new Error(`--web.external-url ${JSON.stringify(text)} is not a URL`);
  return { base: `${scheme}://${match[2]}`, path: match[3] ?? '' };
}
