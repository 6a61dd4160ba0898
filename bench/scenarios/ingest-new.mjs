/** How fast are alerts taken that were never seen before? 50,000 in batches of 64 over 4 connections, nothing is sent. */
import { anAlertList } from '../lib/alerts.mjs';
import { configuration } from '../lib/configuration.mjs';
import { ALERTS, alertRequests, getJson, sendAll } from '../lib/load.mjs';
import { quantile } from '../lib/statistics.mjs';

export const rows = [
  { key: 'alertsPerSecond', label: 'alerts/s', better: 'more', least: 2, aim: 3 },
  { key: 'cpuPer100k', label: 'CPU s per 100k', better: 'less', least: 0.35, aim: 0.2 },
  { key: 'batchP50', label: 'batch p50, ms', better: 'less' },
  { key: 'batchP99', label: 'batch p99, ms', better: 'less', least: 0.5, aim: 0.2 },
  { key: 'rss', label: 'RSS after, MB', better: 'less', least: 0.7, aim: 0.45 },
  { key: 'anonymous', label: 'of it anonymous, MB', better: 'less' },
];
export const onNull = true;

export async function play(stage) {
  const count = stage.size(50_000, 1_000);
  const server = await stage.start(configuration());
  const requests = alertRequests(anAlertList(count));
  const { result, cpu } = await stage.measure(server, () => sendAll(server.port, requests));
  stage.figures.alertsPerSecond = count / result.seconds;
  stage.figures.cpuPer100k = (cpu / count) * 100_000;
  stage.figures.batchP50 = quantile(result.latencies, 0.5);
  stage.figures.batchP99 = quantile(result.latencies, 0.99);
  stage.figures.rss = server.rss();
  stage.figures.anonymous = server.anonymous();
  stage.claim(result.failed === 0, `${result.failed} batches refused`);
  const there = stage.role === 'null' ? count : (await getJson(server.port, ALERTS)).length;
  stage.claim(there === count, `${there} of ${count} alerts are there`);
}
