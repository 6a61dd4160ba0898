/**
 * A few connections for requests sent at a pace. When all are busy a request waits, and its time counts from when it should
 * have been sent: a server that falls behind cannot make its own figures better.
 */
import { Connection } from './connection.mjs';
import { now } from './now.mjs';

export class Pool {
  #port;
  #connections;
  #free;
  #waiting = [];

  constructor(port, connections) {
    this.#port = port;
    this.#connections = new Set(connections);
    this.#free = connections;
  }

  static open = async (port, size = 8) =>
    new Pool(port, await Promise.all(Array.from({ length: size }, () => Connection.open(port))));

  /** Answers { status, sent, latency }; rejects when the server ends the connection instead of answering. */
  send(bytes) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ bytes, sent: now(), resolve, reject });
      this.#next();
    });
  }

  #next() {
    if (this.#free.length === 0 || this.#waiting.length === 0) return;
    void this.#serve(this.#free.pop(), this.#waiting.shift());
  }

  async #serve(connection, { bytes, sent, resolve, reject }) {
    let used = connection;
    try {
      used = await this.#usable(connection);
      const { status } = await used.send(bytes);
      resolve({ status, sent, latency: now() - sent });
    } catch (error) {
      reject(error);
    }
    this.#free.push(used);
    this.#next();
  }

  /** A server may end a connection that was idle for long; that is no failure. */
  async #usable(connection) {
    if (!connection.isClosed) return connection;
    this.#connections.delete(connection);
    const fresh = await Connection.open(this.#port);
    this.#connections.add(fresh);
    return fresh;
  }

  close() {
    for (const connection of this.#connections) connection.close();
  }
}
