/**
 * Plain HTTP/1.1 over kept connections: what most webhooks and services beside us are spoken to in, and the one path that
 * a burst of ten thousand notifications takes.
 *
 * Bound: so many connections for each origin; requests beyond wait in line. A connection is opened only for who waits.
 */
import type { HttpResponse } from '../http-client.js';
import type { Exchange } from '../exchange.js';
import { type Asked, type Connect, Connection, type ConnectionOwner } from './connection.js';
import { type RequestHead, completeHead } from './request-bytes.js';

export interface PlainOptions {
  readonly connect: Connect;
  readonly connectionsPerOrigin: number;
  readonly idleMs: number;
}

export class PlainTransport {
  readonly #origins = new Map<string, Origin>();
  #isClosing = false;
  #markClosed: () => void = () => {};

  constructor(private readonly options: PlainOptions) {}

  exchange(exchange: Exchange, head: RequestHead): Promise<HttpResponse> {
    const { host } = exchange.target;
    let origin = this.#origins.get(host);
    if (!origin) {
      origin = new Origin(exchange.target.url, this.options, () => this.#forget(host));
      this.#origins.set(host, origin);
    }
    const admitting = origin;
    return new Promise((resolve, reject) =>
      admitting.admit(new PlainRequest(exchange, head, admitting, resolve, reject)),
    );
  }

  /** Lets go of what is idle; resolves when what is under way has ended. */
  close(): Promise<void> {
    this.#isClosing = true;
    const closed = new Promise<void>((resolve) => (this.#markClosed = resolve));
    for (const origin of this.#origins.values()) origin.close();
    if (this.#origins.size === 0) this.#markClosed();
    return closed;
  }

  /** Cuts off what is under way. */
  destroy(): void {
    for (const origin of this.#origins.values()) origin.destroy();
  }

  #forget(host: string): void {
    this.#origins.delete(host);
    if (this.#isClosing && this.#origins.size === 0) this.#markClosed();
  }
}

/** The connections to one server, and who waits for one. */
class Origin implements ConnectionOwner {
  readonly #target: { readonly host: string; readonly port: number };
  readonly #connections = new Set<Connection>();
  /** The last one that was used is the next: the others may grow old. */
  readonly #idle: Connection[] = [];
  readonly #waiting = new Set<PlainRequest>();
  /** Those of the connections that are not there yet. */
  readonly #opening = new Set<Connection>();
  #isClosing = false;

  constructor(
    url: URL,
    private readonly options: PlainOptions,
    private readonly onEmpty: () => void,
  ) {
    this.#target = { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || 80 };
  }

  admit(request: PlainRequest): void {
    const connection = this.#idle.pop();
    if (connection) return request.start(connection);
    this.#waiting.add(request);
    this.#open();
  }

  /** Whoever waited gives up its place, whoever was served its connection. */
  abandon(request: PlainRequest, connection: Connection | undefined): void {
    this.#waiting.delete(request);
    connection?.destroy();
    this.#endIfEmpty();
  }

  onFree(connection: Connection): void {
    this.#opening.delete(connection);
    const next = this.#waiting.size > 0 ? this.#waiting.values().next().value : undefined;
    if (next) {
      this.#waiting.delete(next);
      next.start(connection);
    } else if (this.#isClosing) connection.destroy();
    else this.#idle.push(connection);
  }

  onGone(connection: Connection, error: Error | undefined): void {
    this.#connections.delete(connection);
    if (this.#opening.delete(connection)) this.#failOne(error);
    else this.#leaveIdle(connection);
    this.#open();
    this.#endIfEmpty();
  }

  close(): void {
    this.#isClosing = true;
    for (const connection of this.#idle.splice(0)) connection.destroy();
  }

  destroy(): void {
    this.#isClosing = true;
    for (const request of this.#waiting) request.onFailure(new Error('The client is closed'), undefined);
    this.#waiting.clear();
    for (const connection of this.#connections) connection.close();
  }

  /** Who has waited longest learns that there is no way; for the others another one is tried. */
  #failOne(error: Error | undefined): void {
    const [first] = this.#waiting;
    if (!first || !error) return;
    this.#waiting.delete(first);
    first.onFailure(error, undefined);
  }

  /** One for each that waits, up to the bound. */
  #open(): void {
    const { connectionsPerOrigin } = this.options;
    while (this.#opening.size < this.#waiting.size && this.#connections.size < connectionsPerOrigin) {
      const connection = new Connection(this.#target, this.options, this);
      this.#connections.add(connection);
      this.#opening.add(connection);
    }
  }

  #leaveIdle(connection: Connection): void {
    const place = this.#idle.indexOf(connection);
    if (place >= 0) this.#idle.splice(place, 1);
  }

  #endIfEmpty(): void {
    if (this.#connections.size + this.#waiting.size === 0) this.onEmpty();
  }
}

const ONCE = { once: true };

/** One request, from the line it waits in to its answer. */
class PlainRequest implements Asked {
  readonly head: string;
  readonly body: string | Uint8Array | undefined;
  readonly bodyBytes: number;
  readonly responseLimitBytes: number;
  #connection: Connection | undefined;

  constructor(
    private readonly exchange: Exchange,
    head: RequestHead,
    private readonly origin: Origin,
    private readonly resolve: (answer: HttpResponse) => void,
    private readonly reject: (error: Error) => void,
  ) {
    const { body, responseLimitBytes, signal } = exchange;
    this.body = body;
    this.responseLimitBytes = responseLimitBytes;
    this.bodyBytes = body === undefined ? 0 : Buffer.byteLength(body);
    this.head = completeHead(head, body === undefined ? undefined : this.bodyBytes);
    signal?.addEventListener('abort', this.#cancel, ONCE);
  }

  start(connection: Connection): void {
    this.#connection = connection;
    connection.ask(this);
  }

  onAnswer(answer: HttpResponse): void {
    this.#unhook();
    this.resolve(answer);
  }

  onFailure(error: Error, begun: HttpResponse | undefined): void {
    this.#unhook();
    if (begun && this.exchange.statusSuffices) this.resolve(begun);
    else this.reject(error);
  }

  readonly #cancel = (): void => {
    const begun = this.#connection?.begun;
    this.origin.abandon(this, this.#connection);
    this.onFailure(new Error('aborted'), begun);
  };

  #unhook(): void {
    this.exchange.signal?.removeEventListener('abort', this.#cancel);
  }
}
