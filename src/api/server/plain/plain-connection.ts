import type { Socket } from 'node:net';
import type { Duration } from '../../../domain/time/index.js';
import type { Clock } from '../../../platform/clock.js';
import { emptyList } from '../../../platform/empty-list.js';
import type { Connections } from '../connections.js';
import type { Answer, Handler, Request } from '../handler.js';
import { PlainAnswer, PlainRequest, type AnswerHeads } from './exchange.js';
import { HeadReader, type RequestHead } from './request-head.js';

export interface PlainOptions {
  /** Whose POSTs are read here. */
  readonly targets: ReadonlySet<string>;
  readonly mostBodyBytes: number;
  /** A connection on which nothing happens for so long is closed. */
  readonly keepAlive: Duration;
  readonly handler: Handler;
  readonly connections: Connections;
  /** Gives a connection to Node's own server for good, with what was read and not answered. */
  readonly handOver: (socket: Socket, bytes: Buffer) => void;
  /** The connection broke, or ended in the middle of a request. */
  readonly onBroken: (error: NodeJS.ErrnoException, socket: Socket) => void;
  readonly clock: Clock;
}

const FIRST_LETTER = 0x50;
const NOTHING = Buffer.alloc(0);
const doNothing = (): void => {};

/** One connection, as long as its requests are plain. */
export class PlainConnection {
  /** All bytes of the request that is being read, and whatever came while it was answered. */
  #pieces = emptyList<Buffer>();
  #size = 0;
  readonly #reader = new HeadReader();
  #head: RequestHead | undefined;
  #answer: PlainAnswer | undefined;
  /** The client has said that nothing more will come. */
  #isLast = false;
  #hasAnswered = false;
  #since: number;

  constructor(
    private readonly socket: Socket,
    private readonly options: PlainOptions,
    private readonly heads: AnswerHeads,
    private readonly onGone: () => void,
  ) {
    this.#since = options.clock.elapsed();
    socket.on('data', this.#onData).on('end', this.#onEnd).on('error', this.#onError).on('close', this.#onClose);
  }

  /** Called now and then. */
  look(patience: Duration, now: number): void {
    if (this.#answer) return;
    const age = now - this.#since;
    if (this.#head || !this.#hasAnswered) {
      if (age >= patience) this.#handOver();
    } else if (age >= this.options.keepAlive) this.socket.destroy();
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#pieces.push(chunk);
    this.#size += chunk.length;
    // What comes too early waits for Node's server.
    if (this.#answer) this.socket.pause();
    else if (!this.#head && !this.#begin(chunk)) this.#handOver();
    else this.#handleIfWhole();
  };

  /** Whether it is a request for us. */
  #begin(chunk: Buffer): boolean {
    const { targets, mostBodyBytes, connections, clock } = this.options;
    if (chunk[0] !== FIRST_LETTER || this.socket.writableNeedDrain) return false;
    const head = this.#reader.read(chunk);
    if (!head || head.bodyBytes > mostBodyBytes || !targets.has(head.target)) return false;
    this.#head = head;
    this.#since = clock.elapsed();
    connections.begin(this.socket, doNothing);
    return true;
  }

  #handleIfWhole(): void {
    const head = this.#head as RequestHead;
    const end = head.headBytes + head.bodyBytes;
    if (this.#size < end) return;
    const bytes = this.#takeBytes();
    if (bytes.length > end) this.#keep(bytes.subarray(end));
    // A view made here: those that Node's own side makes are of another shape for the engine.
    const body = Buffer.from(bytes.buffer, bytes.byteOffset + head.headBytes, head.bodyBytes);
    const request = new PlainRequest(this.socket, head.target, head.headers, body);
    const answer = new PlainAnswer(this.socket, this.heads, this.#onAnswered);
    this.#answer = answer;
    // Both have all that is used of them for a POST.
    this.options.handler(request as unknown as Request, answer as unknown as Answer);
  }

  readonly #onAnswered = (): void => {
    const { socket } = this;
    const staysOpen = (this.#answer as PlainAnswer).shouldKeepAlive && !this.#isLast;
    this.#answer = this.#head = undefined;
    this.#hasAnswered = true;
    this.#since = this.options.clock.elapsed();
    this.options.connections.end(socket);
    if (!staysOpen) socket.destroySoon();
    else if (this.#size > 0) this.#handOver();
  };

  readonly #onEnd = (): void => {
    this.#isLast = true;
    if (this.#answer) this.#answer.shouldKeepAlive = false;
    else if (this.#head) this.options.onBroken(new Error('the request ends in its body'), this.socket);
    else this.socket.end();
  };

  readonly #onError = (error: Error): void => this.options.onBroken(error, this.socket);

  readonly #onClose = (): void => {
    this.onGone();
    this.#answer?.close();
  };

  #handOver(): void {
    const { socket } = this;
    const { connections, handOver } = this.options;
    socket.off('data', this.#onData).off('end', this.#onEnd).off('error', this.#onError).off('close', this.#onClose);
    this.onGone();
    if (this.#head) connections.end(socket);
    handOver(socket, this.#takeBytes());
  }

  #keep(bytes: Buffer): void {
    this.#pieces.push(bytes);
    this.#size += bytes.length;
  }

  #takeBytes(): Buffer {
    const [first = NOTHING] = this.#pieces;
    const bytes = this.#pieces.length > 1 ? Buffer.concat(this.#pieces, this.#size) : first;
    this.#pieces = [];
    this.#size = 0;
    return bytes;
  }
}
