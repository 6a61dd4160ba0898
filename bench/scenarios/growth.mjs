/**
 * Does the work grow faster than n log n? The same questions at 10,000, 30,000 and 100,000 alerts. A growth of 1 is n log n
 * from the smallest to the largest; below 1 is better.
 */
import { anAlertList } from '../lib/alerts.mjs';
import { configuration } from '../lib/configuration.mjs';
import { ALERTS, alertRequests, sendAll, timesOf } from '../lib/load.mjs';
import { now } from '../lib/now.mjs';
import { median } from '../lib/statistics.mjs';

const GROWTH = { better: 'less', least: 1.2, aim: 1, absolute: true };

export const rows = [
  { key: 'ingest', label: 'ingest CPU, growth', ...GROWTH },
  { key: 'get', label: 'first GET, growth', ...GROWTH },
  { key: 'again', label: 'ingest again CPU, growth', ...GROWTH },
  { key: 'notify', label: 'one group of all, growth', ...GROWTH },
];

export async function play(stage) {
  const sizes = stage.size([10_000, 30_000, 100_000], [200, 400]);
  const curve = {};
  for (const size of sizes) {
    const point = await measureAt(stage, size);
    for (const key of Object.keys(point)) {
      (curve[key] ??= []).push(point[key]);
      stage.figures[`${key}At${size}`] = point[key];
    }
  }
  const [smallest, largest] = [sizes[0], sizes.at(-1)];
  const fair = (largest * Math.log(largest)) / (smallest * Math.log(smallest));
  for (const [key, values] of Object.entries(curve)) stage.figures[key] = values.at(-1) / values[0] / fair;
}

async function measureAt(stage, size) {
  const groupWaitMs = stage.size(12_000, 700);
  const sink = await stage.openSink();
  const server = await stage.start(
    configuration({ url: sink.url, groupBy: ['job'], groupWait: `${groupWaitMs}ms`, groupInterval: '1h' }),
  );
  const startsAt = Date.now();
  const requests = alertRequests(anAlertList(size, { startsAt }));
  const begun = now();
  const taken = await stage.measure(server, () => sendAll(server.port, requests));
  const told = await sink.waitFor(1, groupWaitMs + 60_000);
  stage.claim(told, 'the group was never told');
  const [notification] = await sink.report();
  stage.claim(notification?.ids.length === size, `${notification?.ids.length} of ${size} alerts in the notification`);
  const gets = [];
  for (let n = 0; n < 3; n++) {
    // A change before each, so that each answer is made anew.
    await sendAll(server.port, alertRequests(anAlertList(64, { startsAt, endsAt: startsAt + 7_200_000 + n * 1_000 })));
    gets.push(...(await timesOf(server.port, ALERTS, 1)).latencies);
  }
  const againRequests = alertRequests(anAlertList(size, { startsAt, endsAt: startsAt + 9_000_000 }));
  const again = await stage.measure(server, () => sendAll(server.port, againRequests));
  const point = {
    ingest: taken.cpu * 1_000,
    get: median(gets),
    again: again.cpu * 1_000,
    notify: (notification?.at ?? Infinity) - begun - groupWaitMs,
  };
  await server.remove();
  await sink.close();
  return point;
}
