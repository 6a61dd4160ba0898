/**
 * One kept connection to a server, one request at a time. Requests are bytes made beforehand; nothing is parsed of an answer
 * but its status until somebody asks for the text.
 */
import { connect } from 'node:net';
import { HttpReader } from './http-reader.mjs';

const TIMEOUT_MS = 120_000;
/** Read into again and again: new buffers for each answer would be work for the collector, which the answer would wait for. */
const READ_BYTES = 256 * 1024;

export function requestBytes(method, path, body) {
  const content =
    body === undefined ? Buffer.alloc(0) : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const about = body === undefined ? '' : `Content-Type: application/json\r\nContent-Length: ${content.length}\r\n`;
  return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${about}\r\n`), content]);
}

export class Connection {
  #socket;
  #reader;
  #waiting;
  #closedBy;

  constructor(port) {
    this.#reader = new HttpReader((message) => this.#settle(undefined, message), { ownedChunks: false });
    this.#socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: {
        buffer: Buffer.allocUnsafeSlow(READ_BYTES),
        callback: (size, buffer) => {
          this.#reader.push(buffer.subarray(0, size));
          return true;
        },
      },
    });
    this.#socket.on('error', (error) => this.#close(error));
    this.#socket.on('close', () => this.#close(new Error('the server closed the connection')));
    // An idle connection may wait as long as it likes.
    this.#socket.setTimeout(TIMEOUT_MS, () => {
      if (this.#waiting !== undefined) this.#socket.destroy(new Error(`no answer within ${TIMEOUT_MS} ms`));
    });
  }

  static open(port) {
    return new Promise((resolve, reject) => {
      const connection = new Connection(port);
      connection.#socket.once('error', reject);
      connection.#socket.once('connect', () => resolve(connection));
    });
  }

  /** Of a body that is not kept nothing is known but its size. */
  send(bytes, { keepBody = true } = {}) {
    if (this.#closedBy !== undefined) return Promise.reject(this.#closedBy);
    if (this.#waiting !== undefined) throw new Error('one request at a time');
    this.#reader.keepsBodies = keepBody;
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(bytes);
    });
  }

  get(path) {
    return this.send(requestBytes('GET', path));
  }

  post(path, body) {
    return this.send(requestBytes('POST', path, body));
  }

  get isClosed() {
    return this.#closedBy !== undefined;
  }

  close() {
    this.#socket.destroy();
  }

  #close(error) {
    this.#closedBy ??= error;
    this.#settle(error);
  }

  #settle(error, message) {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) return;
    if (error !== undefined) waiting.reject(error);
    else waiting.resolve(new Answer(message));
  }
}

class Answer {
  constructor(message) {
    this.status = Number(message.start.slice(9, 12));
    this.bytes = message.bytes;
    this.pieces = message.pieces;
  }

  text() {
    return Buffer.concat(this.pieces).toString();
  }

  json() {
    return JSON.parse(this.text());
  }
}
