/**
 * TLS, HTTP/2 and proxies: undici's connections.
 *
 * undici and what it asks for are some five megabytes of a process, which one that speaks plain HTTP alone never needs: nothing
 * but `loadAgents` loads this module, when something may need it.
 */
import { Agent, type Dispatcher } from 'undici';

import type { CancelSignal } from '../cancel-signal.js';
import { directConnector, proxiedConnector, proxyAuthorization, toProxyConnector } from './connect.js';
import { joinHostPort } from './errors.js';
import type { Exchange } from './exchange.js';
import type { HttpResponse } from './http-client.js';
import { CONNECTIONS_PER_TARGET, IDLE_MS } from './limits.js';
import type { Proxy } from './proxy.js';
import { readResponse } from './response.js';
import type { TransportKey } from './transport-key.js';

export class AgentTransport {
  readonly #key: TransportKey;
  readonly #agent: Agent;

  constructor(key: TransportKey) {
    this.#key = key;
    this.#agent = createAgent(key);
  }

  async exchange(exchange: Exchange): Promise<HttpResponse> {
    return readResponse(await unlessAborted(this.#ask(exchange), exchange.signal), exchange);
  }

  /** Lets go of what is idle; resolves when what is under way has ended. */
  close(): Promise<void> {
    return this.#agent.close();
  }

  /** Cuts off what is under way. */
  destroy(): Promise<void> {
    return this.#agent.destroy();
  }

  #ask({ method, target, headers, body, signal }: Exchange): Promise<Dispatcher.ResponseData> {
    const { proxy, plain } = this.#key;
    const { url, path } = target;
    const common = {
      method: method as Dispatcher.HttpMethod,
      body: body ?? null,
      // It asks of a signal no more than ours has, though its types do.
      signal: (signal as AbortSignal | undefined) ?? null,
    };
    if (!proxy || !isForwarded(proxy, plain))
      return this.#agent.request({ ...common, origin: url.origin, path, headers });

    const authorization = proxyAuthorization(proxy);
    const own = authorization === undefined ? [] : ['Proxy-Authorization', authorization];
    // `servername`, which the types leave out: TLS to the proxy is not to be asked for the target's name.
    const forwarded = {
      ...common,
      origin: `${proxy.protocol}//${joinHostPort(proxy.host, proxy.port)}`,
      path: `${url.origin}${path}`,
      headers: ['Host', url.host, ...own, ...headers],
      servername: proxy.host,
    };
    return this.#agent.request(forwarded);
  }
}

/** undici listens to the signal of a request only once that has a connection, which it may wait for in vain. */
async function unlessAborted<T>(asked: Promise<T>, signal: CancelSignal | undefined): Promise<T> {
  if (!signal) return asked;
  let giveUp = (): void => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    giveUp = () => reject(signal.reason as Error);
    signal.addEventListener('abort', giveUp, { once: true });
  });
  try {
    return await Promise.race([asked, aborted]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

const COMMON = {
  connections: CONNECTIONS_PER_TARGET,
  keepAliveTimeout: IDLE_MS,
  keepAliveMaxTimeout: IDLE_MS,
  // How long an answer may take is for the notification's deadline to say.
  headersTimeout: 0,
  bodyTimeout: 0,
};

function createAgent({ tls, http2, proxy, plain }: TransportKey): Agent {
  const options = { tls: tls.options, http2 };
  if (!proxy) return new Agent({ ...COMMON, allowH2: http2, connect: directConnector(options) });
  if (isForwarded(proxy, plain))
    return new Agent({ ...COMMON, connect: toProxyConnector({ ...options, http2: false }) });
  return new Agent({ ...COMMON, allowH2: http2, connect: proxiedConnector(proxy, options) });
}

/** Plain HTTP is handed to an HTTP proxy to be fetched; everything else goes through a tunnel. */
const isForwarded = (proxy: Proxy, plain: boolean): boolean => plain && proxy.protocol !== 'socks5:';
