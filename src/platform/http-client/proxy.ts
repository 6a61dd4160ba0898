/** Which proxy, if any, a request goes through. Decided for each URL, redirects included. */
import { compileNoProxy } from './no-proxy.js';
import type { ProxySettings } from './settings.js';

/** For TCP and TLS together. Without it a silent host would hold a notification until its deadline. */
export const CONNECT_TIMEOUT_MS = 10_000;

export interface Proxy {
  readonly protocol: 'http:' | 'https:' | 'socks5:';
  readonly host: string;
  readonly port: number;
  /** Name and password from the proxy's URL. */
  readonly user: { readonly name: string; readonly password: string } | undefined;
  /** Sent when a tunnel is asked for. */
  readonly connectHeaders: readonly (readonly [name: string, value: string])[];
}

/** Throws for a proxy that cannot be used: at the request and not before, as the file's loader accepts any text. */
export type ProxyChoice = (target: URL) => Proxy | undefined;

export type Environment = Readonly<Record<string, string | undefined>>;

const DIRECT: ProxyChoice = () => undefined;

export function compileProxyChoice(settings: ProxySettings, environment: Environment): ProxyChoice {
  const headers = connectHeaders(settings);
  if (settings.proxyFromEnvironment) return environmentChoice(environment, headers);
  const url = settings.proxyUrl?.reveal();
  if (!url) return DIRECT;
  const proxy = lazily(() => parseProxy(url, headers));
  if (!settings.noProxy) return proxy;
  const isDirect = compileNoProxy(settings.noProxy);
  return (target) => (isDirect(target.hostname, portOf(target)) ? undefined : proxy());
}

function environmentChoice(environment: Environment, headers: Proxy['connectHeaders']): ProxyChoice {
  const read = (name: string): string => environment[name.toUpperCase()] || environment[name] || '';
  const proxyOf = (name: string): (() => Proxy | undefined) => {
    const text = read(name);
    return text === '' ? () => undefined : lazily(() => parseProxy(withScheme(text), headers));
  };
  const forHttp = proxyOf('http_proxy');
  const forHttps = proxyOf('https_proxy');
  const isDirect = compileNoProxy(read('no_proxy'));
  return (target) => {
    if (isDirect(target.hostname, portOf(target))) return undefined;
    return target.protocol === 'https:' ? forHttps() : forHttp();
  };
}

const withScheme = (text: string): string => (text.includes('://') ? text : `http://${text}`);

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'socks5:': 1080 };

function parseProxy(text: string, connectHeaders: Proxy['connectHeaders']): Proxy {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new Error('invalid proxy address');
  }
  const protocol = url.protocol === 'socks5h:' ? 'socks5:' : url.protocol;
  if (protocol !== 'http:' && protocol !== 'https:' && protocol !== 'socks5:')
    throw new Error(`unsupported proxy scheme "${url.protocol.slice(0, -1)}"`);
  const name = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  return {
    protocol,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (DEFAULT_PORTS[protocol] as number),
    user: name === '' && password === '' ? undefined : { name, password },
    connectHeaders,
  };
}

const connectHeaders = ({ proxyConnectHeader }: ProxySettings): Proxy['connectHeaders'] =>
  [...(proxyConnectHeader ?? [])].flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value?.reveal() ?? '']),
  );

export const portOf = (url: URL): string => url.port || String(DEFAULT_PORTS[url.protocol] ?? '');

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
