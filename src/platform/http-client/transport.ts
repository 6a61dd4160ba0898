/**
 * Connections, shared by all clients that would make the same ones: same TLS, same proxy, same protocol.
 *
 * A template of forty receivers of one service keeps one set of sockets, and a reload keeps those that are open as long
 * as the new configuration still uses them.
 * Plain HTTP to the target itself has a transport of its own (plain/), everything else is undici's.
 * Bound: 64 connections for each target; requests beyond wait for a free one. Idle ones are closed after five minutes.
 */
import { Agent, type Dispatcher } from 'undici';

import { directConnector, proxiedConnector, proxyAuthorization, toProxyConnector } from './connect.js';
import { joinHostPort } from './errors.js';
import type { Exchange } from './exchange.js';
import type { HttpResponse } from './http-client.js';
import { PlainTransport } from './plain/plain-transport.js';
import { headOf } from './plain/request-bytes.js';
import type { Proxy } from './proxy.js';
import { readResponse } from './response.js';
import type { TlsMaterial } from './tls.js';

export const CONNECTIONS_PER_TARGET = 64;
const IDLE_MS = 300_000;

export interface TransportKey {
  readonly tls: TlsMaterial;
  readonly http2: boolean;
  readonly proxy: Proxy | undefined;
  /** For http: rather than https: targets; matters only with a proxy. */
  readonly plain: boolean;
}

export interface Transport {
  exchange(exchange: Exchange): Promise<HttpResponse>;
  /** Each `acquire` is to be answered by one `release`; the last one closes what is idle and, later, what is busy. */
  release(): void;
}

/** The same for all that is neither encrypted nor goes through a proxy, whatever its settings say of TLS. */
const PLAIN = 'plain';

interface Entry {
  readonly plain: PlainTransport | undefined;
  /** For what the plain one cannot do, made when that comes up. */
  agent: Agent | undefined;
  users: number;
}

export class TransportPool {
  readonly #entries = new Map<string, Entry>();
  readonly #closing = new Set<Promise<unknown>>();

  acquire(key: TransportKey): Transport {
    const { tls, proxy, http2, plain } = key;
    const isDirect = plain && !proxy;
    const id = isDirect ? PLAIN : JSON.stringify([tls.identity, http2, proxy, proxy !== undefined && plain]);
    const entry = this.#entries.get(id) ?? openEntry(isDirect);
    this.#entries.set(id, entry);
    entry.users++;
    let released = false;
    return {
      exchange: (exchange) => {
        const head = entry.plain && headOf(exchange);
        return entry.plain && head
          ? entry.plain.exchange(exchange, head)
          : send((entry.agent ??= createAgent(key)), key, exchange);
      },
      release: () => {
        if (released) return;
        released = true;
        if (--entry.users > 0) return;
        this.#entries.delete(id);
        this.#retire(Promise.all([entry.plain?.close(), entry.agent?.close()]));
      },
    };
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Cuts off what is still open. */
  async destroy(): Promise<void> {
    const open = [...this.#entries.values()];
    this.#entries.clear();
    for (const { plain } of open) plain?.destroy();
    await Promise.all(open.map(({ agent }) => agent?.destroy()));
    await Promise.allSettled(this.#closing);
  }

  #retire(closed: Promise<unknown>): void {
    const done: Promise<unknown> = closed.catch(() => {}).finally(() => this.#closing.delete(done));
    this.#closing.add(done);
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

const openEntry = (isDirect: boolean): Entry => ({
  plain: isDirect ? new PlainTransport({ connectionsPerOrigin: CONNECTIONS_PER_TARGET, idleMs: IDLE_MS }) : undefined,
  agent: undefined,
  users: 0,
});

async function send(agent: Agent, key: TransportKey, exchange: Exchange): Promise<HttpResponse> {
  return readResponse(await ask(agent, key, exchange), exchange);
}

function ask(agent: Agent, { proxy, plain }: TransportKey, exchange: Exchange): Promise<Dispatcher.ResponseData> {
  const { method, target, headers, body, signal } = exchange;
  const { url, path } = target;
  const common = {
    method: method as Dispatcher.HttpMethod,
    body: body ?? null,
    // It asks of a signal no more than ours has, though its types do.
    signal: (signal as AbortSignal | undefined) ?? null,
  };
  if (!proxy || !isForwarded(proxy, plain)) return agent.request({ ...common, origin: url.origin, path, headers });

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
  return agent.request(forwarded);
}
