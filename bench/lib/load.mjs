/**
 * The load: requests made beforehand, sent over a few kept connections, each answer awaited (closed loop) or sent at a pace
 * whatever the answers (open loop).
 */
import { inBatches } from './alerts.mjs';
import { Connection, requestBytes } from './connection.mjs';
import { now, sleep } from './now.mjs';

export const ALERTS = '/api/v2/alerts';
export const SILENCES = '/api/v2/silences';

export const alertRequests = (alerts, batchSize = 64) =>
  inBatches(alerts, batchSize).map((batch) => requestBytes('POST', ALERTS, batch));

/** Sends all, answers { seconds, latencies, sentAt, failed }, in the order of the requests. */
export async function sendAll(port, requests, { connections = 4, onAnswer } = {}) {
  const latencies = new Float64Array(requests.length);
  const sentAt = new Float64Array(requests.length);
  let failed = 0;
  let next = 0;
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(port)));
  const started = now();
  await Promise.all(
    open.map(async (connection) => {
      while (next < requests.length) {
        const index = next++;
        sentAt[index] = now();
        const answer = await connection.send(requests[index]);
        latencies[index] = now() - sentAt[index];
        if (answer.status !== 200) failed++;
        onAnswer?.(answer, index);
      }
    }),
  );
  const seconds = (now() - started) / 1_000;
  for (const connection of open) connection.close();
  return { seconds, latencies, sentAt, failed };
}

/** Asks the same again and again over one connection: the times in ms and the last answer. Of the others no body is kept. */
export async function timesOf(port, path, times) {
  const connection = await Connection.open(port);
  const request = requestBytes('GET', path);
  const latencies = [];
  let answer;
  for (let n = 0; n < times; n++) {
    const started = now();
    answer = await connection.send(request, { keepBody: n === times - 1 });
    latencies.push(now() - started);
    if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}: ${answer.text().slice(0, 200)}`);
  }
  connection.close();
  return { latencies, answer };
}

export async function getJson(port, path) {
  const { answer } = await timesOf(port, path, 1);
  return answer.json();
}

/** Calls `tick(n)` every so many ms without drift; late ticks are not made up for by skipping. */
export async function atPace(everyMs, count, tick) {
  const started = now();
  for (let n = 0; n < count; n++) {
    const wait = started + n * everyMs - now();
    if (wait > 0) await sleep(wait);
    tick(n);
  }
}
