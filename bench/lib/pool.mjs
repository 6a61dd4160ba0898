/**
 * A few connections for requests sent at a pace. When all are busy a request waits, and its time counts from when it should
 * have been sent: a server that falls behind cannot make its own figures better.
 */
import { Connection } from './connection.mjs';
import { now } from './now.mjs';

export class Pool {
  #connections;
  #free;
  #waiting = [];

  constructor(connections) {
    this.#connections = connections;
    this.#free = [...connections];
  }

  static open = async (port, size = 8) =>
    new Pool(await Promise.all(Array.from({ length: size }, () => Connection.open(port))));

  /** Answers { status, sent, latency }; rejects when the server is gone. */
  send(bytes) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ bytes, sent: now(), resolve, reject });
      this.#next();
    });
  }

  #next() {
    if (this.#free.length === 0 || this.#waiting.length === 0) return;
    const connection = this.#free.pop();
    const { bytes, sent, resolve, reject } = this.#waiting.shift();
    const done = () => {
      this.#free.push(connection);
      this.#next();
    };
    connection.send(bytes).then(
      ({ status }) => {
        resolve({ status, sent, latency: now() - sent });
        done();
      },
      (error) => {
        reject(error);
        done();
      },
    );
  }

  close() {
    for (const connection of this.#connections) connection.close();
  }
}
