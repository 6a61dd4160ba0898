import type { Socket } from 'node:net';

/**
 * Which connections are open, and on which of them nothing is under way.
 *
 * Node keeps such a list only for servers that listen themselves. HTTP/2 connections are left to their sessions, which know
 * their streams. On the others requests have their turn one after another, as in Go: a client may send a thousand without
 * waiting for the first answer, and they come out of the parser all at once.
 */
export class Connections {
  /** How many requests are under way on each. */
  readonly #requests = new Map<Socket, number>();
  /** What each is to do when the request under way on it has its answer. */
  readonly #waiting = new Map<Socket, (() => void)[]>();
  #whenEmpty: (() => void) | undefined;

  add(socket: Socket): void {
    if (this.#requests.has(socket)) return;
    this.#requests.set(socket, 0);
    socket.once('close', () => {
      this.#requests.delete(socket);
      this.#waiting.delete(socket);
      if (this.#requests.size === 0) this.#whenEmpty?.();
    });
  }

  /** Handles a request when it is its turn. */
  begin(socket: Socket, handle: () => void): void {
    const mustWait = (this.#requests.get(socket) ?? 0) > 0 && !isHttp2(socket);
    this.#count(socket, 1);
    if (mustWait) this.#wait(socket, handle);
    else handle();
  }

  end(socket: Socket): void {
    this.#count(socket, -1);
    const waiting = this.#waiting.get(socket);
    if (!waiting) return;
    const next = waiting.shift();
    if (waiting.length === 0) {
      this.#waiting.delete(socket);
      socket.resume();
    } else socket.pause();
    // Others have their turn in between.
    if (next) setImmediate(() => this.#takeTurn(socket, next));
  }

  #takeTurn(socket: Socket, handle: () => void): void {
    handle();
    // A request that is read to its end sets the connection going again, and so does an answer that has gone out.
    if (this.#waiting.has(socket)) socket.pause();
  }

  #wait(socket: Socket, handle: () => void): void {
    const waiting = this.#waiting.get(socket);
    if (waiting) waiting.push(handle);
    else this.#waiting.set(socket, [handle]);
    // What the parser has already is still coming; more is not read until this is done.
    socket.pause();
  }

  /** Resolves when the last connection is closed. Each must be told to end after its request. */
  drained(): Promise<void> {
    this.closeIdle();
    if (this.#requests.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#whenEmpty = resolve;
    });
  }

  closeIdle(): void {
    for (const [socket, requests] of this.#requests) if (requests === 0 && !isHttp2(socket)) socket.destroy();
  }

  #count(socket: Socket, step: number): void {
    const requests = this.#requests.get(socket);
    if (requests === undefined) return;
    this.#requests.set(socket, requests + step);
    if (this.#whenEmpty && requests + step === 0 && !isHttp2(socket)) socket.end();
  }
}

const isHttp2 = (socket: Socket): boolean => 'alpnProtocol' in socket && socket.alpnProtocol === 'h2';
