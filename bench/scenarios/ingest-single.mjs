/** How many requests of one new alert each are answered, over 4 connections? */
import { anAlertList } from '../lib/alerts.mjs';
import { configuration } from '../lib/configuration.mjs';
import { ALERTS, alertRequests, getJson, sendAll } from '../lib/load.mjs';
import { quantile } from '../lib/statistics.mjs';

export const rows = [
  { key: 'requestsPerSecond', label: 'requests/s', better: 'more', least: 1, aim: 1.3 },
  { key: 'p50', label: 'p50, ms', better: 'less' },
  { key: 'p99', label: 'p99, ms', better: 'less' },
  { key: 'cpuPer10k', label: 'CPU s per 10k', better: 'less' },
];
export const onNull = true;

export async function play(stage) {
  const count = stage.size(20_000, 300);
  const server = await stage.start(configuration());
  const requests = alertRequests(anAlertList(count), 1);
  const { result, cpu } = await stage.measure(server, () => sendAll(server.port, requests));
  stage.figures.requestsPerSecond = count / result.seconds;
  stage.figures.p50 = quantile(result.latencies, 0.5);
  stage.figures.p99 = quantile(result.latencies, 0.99);
  stage.figures.cpuPer10k = (cpu / count) * 10_000;
  stage.claim(result.failed === 0, `${result.failed} requests refused`);
  const there = stage.role === 'null' ? count : (await getJson(server.port, ALERTS)).length;
  stage.claim(there === count, `${there} of ${count} alerts are there`);
}
