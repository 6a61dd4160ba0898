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

  add(socket: Socket): void {
    if (this.#requests.has(socket)) return;
    this.#requests.set(socket, 0);
    socket.once('close', () => this.#requests.delete(socket));
  }

  begin(socket: Socket): void {
    this.#count(socket, 1);
  }

  end(socket: Socket): void {
    this.#count(socket, -1);
  }

  get size(): number {
    return this.#requests.size;
  }

  closeIdle(): void {
    for (const [socket, requests] of this.#requests) if (requests === 0 && !isHttp2(socket)) socket.destroy();
  }

  #count(socket: Socket, step: number): void {
    const requests = this.#requests.get(socket);
    if (requests !== undefined) this.#requests.set(socket, requests + step);
  }
}

const isHttp2 = (socket: Socket): boolean => 'alpnProtocol' in socket && socket.alpnProtocol === 'h2';
