import { STATUS_CODES, validateHeaderValue } from 'node:http';
import type { Socket } from 'node:net';
import type { Duration } from '../../../domain/time/index.js';
import type { Clock } from '../../../platform/clock.js';

/** The part of a request that handlers of API v2 use. */
export class PlainRequest {
  readonly method = 'POST';

  constructor(
    readonly socket: Socket,
    /** The front cuts the route prefix off. */
    public url: string,
    readonly headers: Readonly<Record<string, string>>,
    readonly body: Buffer,
  ) {}
}

type Headers = Readonly<Record<string, string | number>>;

/** The part of an answer that handlers of API v2 use for a POST. It goes out in one piece, as Node would write it. */
export class PlainAnswer {
  statusCode = 200;
  headersSent = false;
  writableEnded = false;
  destroyed = false;
  shouldKeepAlive: boolean;
  #head = '';
  #set: Record<string, string> | undefined;
  readonly #onClose: (() => void)[] = [];

  constructor(
    private readonly socket: Socket,
    private readonly heads: AnswerHeads,
    /** The answer is out. */
    private readonly onEnd: () => void,
  ) {
    this.shouldKeepAlive = !heads.areLast;
  }

  setHeader(name: string, value: string): void {
    validateHeaderValue(name, value);
    (this.#set ??= {})[name] = value;
  }

  writeHead(status: number, headers: Headers): void {
    this.statusCode = status;
    this.headersSent = true;
    const all = this.#set ? { ...this.#set, ...headers } : headers;
    this.#head = this.heads.write(status, all, this.shouldKeepAlive);
  }

  end(body?: string | Buffer): void {
    const { socket } = this;
    this.writableEnded = true;
    if (body === undefined) socket.write(this.#head, 'latin1');
    else if (typeof body === 'string') socket.write(this.#head + body);
    else socket.write(Buffer.concat([Buffer.from(this.#head, 'latin1'), body]));
    this.close();
    this.onEnd();
  }

  on(_event: 'close', call: () => void): void {
    this.#onClose.push(call);
  }

  once(event: 'close', call: () => void): void {
    this.on(event, call);
  }

  destroy(): void {
    this.socket.destroy();
  }

  /** Nobody reads it any more. */
  close(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    for (const call of this.#onClose) call();
  }
}

/** Writes heads, with what stands at the end of each: the date, and whether the connection stays. */
export class AnswerHeads {
  /** No connection outlasts the answer that it waits for. */
  areLast = false;
  #second = -1;
  #date = '';
  /** The last one. Most are the same, as is the object that they are made of. */
  #status = 0;
  #headers: Headers = {};
  #text = '';
  readonly #staysOpen: string;

  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    keepAlive: Duration,
  ) {
    this.#staysOpen = `Connection: keep-alive\r\nKeep-Alive: timeout=${keepAlive / 1_000}`;
  }

  write(status: number, headers: Headers, staysOpen: boolean): string {
    if (status !== this.#status || headers !== this.#headers) {
      this.#status = status;
      this.#headers = headers;
      this.#text = startOf(status, headers);
    }
    const connection = staysOpen ? this.#staysOpen : 'Connection: close';
    return `${this.#text}Date: ${this.#dateNow()}\r\n${connection}\r\n\r\n`;
  }

  #dateNow(): string {
    const second = Math.floor(this.clock.now() / 1_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#date = new Date(second * 1_000).toUTCString();
    }
    return this.#date;
  }
}

function startOf(status: number, headers: Headers): string {
  let text = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n`;
  for (const name in headers) text += `${name}: ${headers[name]}\r\n`;
  return text;
}
