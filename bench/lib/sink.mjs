/**
 * Whoever is told, over HTTP or by mail, in a thread of its own. While it is measured it only takes the time and keeps the body;
 * bodies are parsed when the report is asked for, after the measurement.
 */
/* oxlint-disable unicorn/require-post-message-target-origin -- a port of a thread, no window */
import { createServer } from 'node:net';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { requestBytes } from './connection.mjs';
import { HttpReader } from './http-reader.mjs';
import { sendAll } from './load.mjs';
import { MailReader } from './mail-reader.mjs';
import { now, sleep } from './now.mjs';

/** Slack says that it is well. */
const OK = Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok');
const UNAVAILABLE = Buffer.from('HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n');

/** So many notifications over so many connections until its own code is compiled. */
const WARM_UP = 4_096;
const WARM_UP_CONNECTIONS = 16;
const LIKE_ONE = requestBytes('POST', '/', { status: 'warm-up', alerts: [], filler: '.'.repeat(1_000) });

export class Sink {
  #worker;
  #counters;
  #reports = [];

  static async open({ takesMail = false } = {}) {
    const sink = new Sink();
    sink.#counters = new Int32Array(new SharedArrayBuffer(12));
    sink.#worker = new Worker(new URL(import.meta.url), { workerData: { sink: sink.#counters, takesMail } });
    sink.port = await new Promise((resolve, reject) => {
      sink.#worker.once('message', resolve);
      sink.#worker.once('error', reject);
    });
    sink.url = `http://127.0.0.1:${sink.port}/`;
    sink.#worker.on('message', (report) => sink.#reports.shift()?.(report));
    if (!takesMail) await sink.#warmUp();
    return sink;
  }

  /** Who sends first must not wait for a sink that is still being compiled. */
  async #warmUp() {
    const requests = Array.from({ length: WARM_UP }, () => LIKE_ONE);
    await sendAll(this.port, requests, { connections: WARM_UP_CONNECTIONS });
    await this.report();
    while (Atomics.load(this.#counters, 1) > 0) await sleep(1);
    this.#counters.fill(0);
  }

  get received() {
    return Atomics.load(this.#counters, 0);
  }

  get mostConnections() {
    return Atomics.load(this.#counters, 2);
  }

  /** True when so many notifications came in time. */
  async waitFor(count, withinMs) {
    const limit = now() + withinMs;
    while (this.received < count && now() < limit) await sleep(5);
    return this.received >= count;
  }

  /**
   * All that came since the last report: { at, status, ids } each, ids being the pods of the alerts. What is no payload of a
   * webhook is about one pod, and says that it fires.
   */
  report() {
    return new Promise((resolve) => {
      this.#reports.push(resolve);
      this.#worker.postMessage('report');
    });
  }

  close() {
    return this.#worker.terminate();
  }
}

function serve(counters, takesMail) {
  let notifications = [];
  const take = (body) => {
    notifications.push({ at: now(), body });
    Atomics.add(counters, 0, 1);
  };
  const server = createServer({ noDelay: true }, (socket) => {
    Atomics.add(counters, 1, 1);
    Atomics.store(counters, 2, Math.max(counters[1], counters[2]));
    const reader = takesMail ? new MailReader((text) => socket.write(text), take) : httpReader(socket, take);
    socket.on('data', (chunk) => reader.push(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => Atomics.sub(counters, 1, 1));
  });
  parentPort.on('message', () => {
    const report = notifications.map(({ at, body }) => ({ at, bytes: body.length, ...summary(body) }));
    notifications = [];
    parentPort.postMessage(report);
  });
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => parentPort.postMessage(server.address().port));
}

const httpReader = (socket, take) =>
  new HttpReader(({ start, pieces }) => {
    const isKnown = start.startsWith('POST /');
    if (isKnown) take(Buffer.concat(pieces));
    socket.write(isKnown ? OK : UNAVAILABLE);
  });

/** Lines of mail are broken anywhere. */
const POD = /[a-z]*-?web-frontend-\d+-[0-9a-z]+-[0-9a-z]+/;

function summary(body) {
  try {
    const { status, alerts } = JSON.parse(body);
    if (Array.isArray(alerts)) return { status, ids: alerts.map(({ labels }) => labels.pod) };
  } catch {
    // Mail.
  }
  const pod = POD.exec(body.toString().replaceAll('=\r\n', ''))?.[0];
  return pod === undefined ? { status: 'unreadable', ids: [] } : { status: 'firing', ids: [pod] };
}

if (!isMainThread && workerData?.sink !== undefined) serve(workerData.sink, workerData.takesMail);
