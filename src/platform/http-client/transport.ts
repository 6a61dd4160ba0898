/**
 * Connections, shared by all clients that would make the same ones: same TLS, same proxy, same protocol.
 *
 * A template of forty receivers of one service keeps one set of sockets, and a reload keeps those that are open as long
 * as the new configuration still uses them.
 * Plain HTTP to the target itself has a transport of its own (plain/), everything else is undici's (agent-transport.ts).
 * Bound: 64 connections for each target; requests beyond wait for a free one. Idle ones are closed after five minutes.
 */
import type { AgentTransport } from './agent-transport.js';
import type { Exchange } from './exchange.js';
import type { HttpResponse } from './http-client.js';
import { CONNECTIONS_PER_TARGET, IDLE_MS } from './limits.js';
import type { Connect } from './plain/connection.js';
import { PlainTransport } from './plain/plain-transport.js';
import { headOf } from './plain/request-bytes.js';
import type { TransportKey } from './transport-key.js';

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
  agent: Promise<AgentTransport> | undefined;
  users: number;
}

export class TransportPool {
  readonly #entries = new Map<string, Entry>();
  /** Nobody uses them any more; what is under way in them goes on. */
  readonly #retired = new Set<Entry>();

  constructor(private readonly connect: Connect) {}

  acquire(key: TransportKey): Transport {
    const { tls, proxy, http2, plain } = key;
    const isDirect = plain && !proxy;
    const id = isDirect ? PLAIN : JSON.stringify([tls.identity, http2, proxy, proxy !== undefined && plain]);
    const entry = this.#entries.get(id) ?? this.#open(isDirect);
    this.#entries.set(id, entry);
    entry.users++;
    let released = false;
    return {
      exchange: (exchange) => {
        const head = entry.plain && headOf(exchange);
        return entry.plain && head
          ? entry.plain.exchange(exchange, head)
          : (entry.agent ??= openAgent(key)).then((agent) => agent.exchange(exchange));
      },
      release: () => {
        if (released) return;
        released = true;
        if (--entry.users > 0) return;
        this.#entries.delete(id);
        this.#retire(entry);
      },
    };
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Cuts off what is still open, and waits for nobody: a connection that never comes about would take ten seconds. */
  destroy(): void {
    for (const { plain, agent } of [...this.#entries.values(), ...this.#retired]) {
      plain?.destroy();
      // What did not load has nothing open.
      agent?.then((made) => made.destroy()).catch(() => {});
    }
    this.#entries.clear();
    this.#retired.clear();
  }

  #open(isDirect: boolean): Entry {
    const { connect } = this;
    const options = { connect, connectionsPerOrigin: CONNECTIONS_PER_TARGET, idleMs: IDLE_MS };
    return { plain: isDirect ? new PlainTransport(options) : undefined, agent: undefined, users: 0 };
  }

  #retire(entry: Entry): void {
    this.#retired.add(entry);
    const closed = Promise.all([entry.plain?.close(), entry.agent?.then((agent) => agent.close())]);
    // An agent that was cut off cannot be closed.
    void closed.catch(() => {}).finally(() => this.#retired.delete(entry));
  }
}

/**
 * Loads what it takes. Who may need it has this done when the configuration is taken over and not at the first
 * notification: the program's files may have been replaced by then.
 */
export const loadAgents = (): Promise<typeof import('./agent-transport.js')> => import('./agent-transport.js');

const openAgent = async (key: TransportKey): Promise<AgentTransport> => new (await loadAgents()).AgentTransport(key);
