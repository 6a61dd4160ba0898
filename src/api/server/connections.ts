import type { Socket } from 'node:net';

/**
 * Which connections are open, and on which of them nothing is under way.
 *
 * Node keeps such a list only for servers that listen themselves. HTTP/2 connections are left to their sessions, which know
 * their streams.
 */
export class Connections {
  /** How many requests are under way on each. */
  readonly #requests = new Map<Socket, number>();
  #whenEmpty: (() => void) | undefined;

  add(socket: Socket): void {
    if (this.#requests.has(socket)) return;
    this.#requests.set(socket, 0);
    socket.once('close', () => {
      this.#requests.delete(socket);
      if (this.#requests.size === 0) this.#whenEmpty?.();
    });
  }

  begin(socket: Socket): void {
    this.#count(socket, 1);
  }

  end(socket: Socket): void {
    this.#count(socket, -1);
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
