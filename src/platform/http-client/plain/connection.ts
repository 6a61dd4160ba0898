/**
 * One connection to a server that is spoken to in plain HTTP/1.1, one request at a time.
 *
 * Keeps: who is told of an answer or a failure is told once, and that a connection is free only after its answer was read to the
 * end and its request written to the end. What comes while nothing was asked closes it.
 */
import type { EventEmitter } from 'node:events';
import type { NetConnectOpts } from 'node:net';

import { byName } from '../../lookup/index.js';
import { CONNECT_TIMEOUT_MS } from '../proxy.js';
import { AnswerReader } from './answer-reader.js';
import type { HttpResponse } from '../http-client.js';

const READ_BYTES = 65_536;
/** All connections read into one place: what is kept of it is copied before the next one reads. */
const readBuffer = Buffer.allocUnsafeSlow(READ_BYTES);
const KEEP_ALIVE_PROBE_MS = 60_000;
/** A server that names the time after which it closes is left in peace a moment before. */
const HINT = /(?:^|,)\s*timeout\s*=\s*(\d{1,6})/i;
const HINT_MARGIN_MS = 1_000;

/** What is used of a socket. */
export interface PlainSocket extends Pick<EventEmitter, 'on' | 'once'> {
  readonly writableLength: number;
  write(data: string | Uint8Array, encoding?: BufferEncoding): boolean;
  cork(): void;
  uncork(): void;
  destroy(): void;
  setNoDelay(isSet: boolean): void;
  setKeepAlive(isSet: boolean, afterMs: number): void;
  setTimeout(afterMs: number): void;
}

export type Connect = (options: NetConnectOpts) => PlainSocket;

export interface ConnectionOwner {
  /** It can be used, again. */
  onFree(connection: Connection): void;
  /** It is gone. An error, when it never came about. */
  onGone(connection: Connection, error: Error | undefined): void;
}

/** A request on its way, as the connection sees it. */
export interface Asked {
  readonly head: string;
  readonly body: string | Uint8Array | undefined;
  /** Of the body in UTF-8. */
  readonly bodyBytes: number;
  readonly responseLimitBytes: number;
  onAnswer(answer: HttpResponse): void;
  /** With what is there of the answer. */
  onFailure(error: Error, begun: HttpResponse | undefined): void;
}

export class Connection {
  readonly #socket: PlainSocket;
  #asked: Asked | undefined;
  #reader: AnswerReader | undefined;
  #isOpen = false;
  #isGone = false;
  #error: Error | undefined;
  #idleMs: number;

  constructor(
    target: { readonly host: string; readonly port: number },
    { connect, idleMs }: { readonly connect: Connect; readonly idleMs: number },
    private readonly owner: ConnectionOwner,
  ) {
    this.#idleMs = idleMs;
    const callback = (read: number, buffer: Uint8Array): boolean => this.#onRead(buffer as Buffer, read);
    this.#socket = connect({ ...target, ...byName, onread: { buffer: readBuffer, callback } });
    this.#socket.setNoDelay(true);
    this.#socket.setTimeout(CONNECT_TIMEOUT_MS);
    this.#socket.once('connect', () => this.#onOpen());
    this.#socket.on('timeout', () => this.#onTimeout());
    this.#socket.on('error', (error: Error) => (this.#error ??= error));
    this.#socket.once('end', () => this.#onEnd());
    this.#socket.once('close', () => this.#onClose());
  }

  ask(asked: Asked): void {
    this.#asked = asked;
    this.#reader = new AnswerReader(asked.responseLimitBytes);
    const { head, body, bodyBytes } = asked;
    if (body === undefined) this.#socket.write(head, 'latin1');
    // One write, and without a conversion when each letter is one byte.
    else if (typeof body === 'string') this.#socket.write(head + body, body.length === bodyBytes ? 'latin1' : 'utf8');
    else {
      this.#socket.cork();
      this.#socket.write(head, 'latin1');
      this.#socket.write(body);
      this.#socket.uncork();
    }
  }

  /** What is there of the answer that is awaited. */
  get begun(): HttpResponse | undefined {
    return this.#reader?.begun;
  }

  /** Whoever has asked is told nothing more. */
  destroy(): void {
    this.#asked = undefined;
    this.#socket.destroy();
  }

  /** Cuts off what is under way, which fails. */
  close(): void {
    this.#error ??= new Error('The client is closed');
    this.#socket.destroy();
  }

  #onOpen(): void {
    this.#isOpen = true;
    this.#socket.setKeepAlive(true, KEEP_ALIVE_PROBE_MS);
    this.#socket.setTimeout(this.#idleMs);
    this.owner.onFree(this);
  }

  /** Node's own timer starts again with everything that is read or written, so that it costs nothing for each request. */
  #onTimeout(): void {
    if (!this.#isOpen) this.#error ??= connectTimeout();
    if (!this.#asked) this.#socket.destroy();
  }

  #onRead(buffer: Buffer, read: number): boolean {
    if (!this.#asked || !this.#reader) this.#socket.destroy();
    else
      try {
        if (this.#reader.push(buffer.subarray(0, read))) this.#finish();
      } catch (error) {
        this.#fail(error as Error); // thrown by the reader, which throws nothing else
      }
    return true;
  }

  #onEnd(): void {
    if (!this.#asked || !this.#reader) return;
    if (this.#reader.end()) this.#finish();
    else this.#fail(this.#reader.shortfall);
  }

  #onClose(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    if (this.#asked) this.#tellFailure(this.#error ?? new Error('EOF'));
    this.owner.onGone(this, this.#isOpen ? undefined : (this.#error ?? new Error('EOF')));
  }

  #finish(): void {
    const { answer, mayReuse } = this.#reader as AnswerReader;
    // An answer that came before the request was out: the rest of that would be taken for another one.
    const isFree = mayReuse && this.#socket.writableLength === 0;
    this.#heed(answer.headers.get('keep-alive'));
    this.#release()?.onAnswer(answer);
    if (isFree) this.owner.onFree(this);
    else this.#socket.destroy();
  }

  #fail(error: Error): void {
    this.#tellFailure(error);
    this.#socket.destroy();
  }

  #tellFailure(error: Error): void {
    const { begun } = this;
    this.#release()?.onFailure(error, begun);
  }

  /** Who has asked, for the last time. */
  #release(): Asked | undefined {
    const asked = this.#asked;
    this.#asked = undefined;
    this.#reader = undefined;
    return asked;
  }

  #heed(hint: string | undefined): void {
    if (hint === undefined) return;
    const seconds = HINT.exec(hint)?.[1];
    if (seconds === undefined) return;
    const idleMs = Math.min(Math.max(Number(seconds) * 1_000 - HINT_MARGIN_MS, 1), this.#idleMs);
    if (idleMs === this.#idleMs) return;
    this.#idleMs = idleMs;
    this.#socket.setTimeout(idleMs);
  }
}

const connectTimeout = (): Error => Object.assign(new Error('timeout'), { code: 'UND_ERR_CONNECT_TIMEOUT' });
