/** Asks `/-/healthy` again and again, from a thread of its own so that what the test does meanwhile is not counted. */
import { Worker } from 'node:worker_threads';

const ASKING = `
const { get } = require('node:http');
const { parentPort, workerData } = require('node:worker_threads');
let slowest = 0, failed = 0, since;
function ask() {
  since = performance.now();
  const done = (ok) => {
    slowest = Math.max(slowest, performance.now() - since);
    since = undefined;
    if (!ok) failed++;
    setTimeout(ask, 50);
  };
  get(workerData + '/-/healthy', { agent: false }, (answer) => answer.resume().on('end', () => done(answer.statusCode === 200)))
    .on('error', () => done(false));
}
parentPort.on('message', () => {
  if (since !== undefined) slowest = Math.max(slowest, performance.now() - since);
  parentPort.postMessage({ slowest, failed });
});
ask();
`;

export interface ProbeReport {
  /** Of all answers, and of the one that is awaited now, in milliseconds. */
  readonly slowest: number;
  readonly failed: number;
}

export interface Probe {
  report(): Promise<ProbeReport>;
  stop(): Promise<unknown>;
}

export function startProbe(url: string): Probe {
  const worker = new Worker(ASKING, { eval: true, workerData: url });
  return {
    report: () =>
      new Promise((resolve) => {
        worker.once('message', resolve);
        worker.postMessage('report', []);
      }),
    stop: () => worker.terminate(),
  };
}
