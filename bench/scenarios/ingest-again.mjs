/** How fast are alerts taken that are known already, as Prometheus re-sends them: the same 50,000 three times, ending later. */
import { anAlertList } from '../lib/alerts.mjs';
import { configuration } from '../lib/configuration.mjs';
import { ALERTS, alertRequests, getJson, sendAll } from '../lib/load.mjs';
import { median, quantile } from '../lib/statistics.mjs';

const ROUNDS = 3;
const HOUR_MS = 3_600_000;

export const rows = [
  { key: 'alertsPerSecond', label: 'alerts/s', better: 'more', least: 4, aim: 7 },
  { key: 'cpuPer100k', label: 'CPU s per 100k', better: 'less', least: 0.2, aim: 0.08 },
  { key: 'batchP50', label: 'batch p50, ms', better: 'less' },
  { key: 'batchP99', label: 'batch p99, ms', better: 'less' },
  { key: 'rss', label: 'RSS after, MB', better: 'less' },
];
export const onNull = true;

export async function play(stage) {
  const count = stage.size(50_000, 1_000);
  const startsAt = Date.now();
  const requestsEnding = (round) =>
    alertRequests(anAlertList(count, { startsAt, endsAt: startsAt + HOUR_MS + round * 60_000 }));
  const server = await stage.start(configuration());
  await sendAll(server.port, requestsEnding(0));
  const rounds = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const requests = requestsEnding(round);
    rounds.push(await stage.measure(server, () => sendAll(server.port, requests)));
  }
  const failed = rounds.reduce((sum, { result }) => sum + result.failed, 0);
  stage.figures.alertsPerSecond = median(rounds.map(({ result }) => count / result.seconds));
  stage.figures.cpuPer100k = (rounds.reduce((sum, { cpu }) => sum + cpu, 0) / (count * ROUNDS)) * 100_000;
  stage.figures.batchP50 = median(rounds.map(({ result }) => quantile(result.latencies, 0.5)));
  stage.figures.batchP99 = median(rounds.map(({ result }) => quantile(result.latencies, 0.99)));
  stage.figures.rss = server.rss();
  stage.claim(failed === 0, `${failed} batches refused`);
  if (stage.role === 'null') return;
  const alerts = await getJson(server.port, ALERTS);
  const last = new Date(startsAt + HOUR_MS + ROUNDS * 60_000).getTime();
  const current = alerts.filter(({ endsAt }) => Date.parse(endsAt) === last).length;
  stage.claim(alerts.length === count, `${alerts.length} of ${count} alerts are there`);
  stage.claim(current === count, `${current} of ${count} alerts end when the last report said`);
}
