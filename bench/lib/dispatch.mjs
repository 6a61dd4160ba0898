/** From alerts to their notifications: who was told, how late, who never, who twice. */
import { inBatches } from './alerts.mjs';
import { requestBytes } from './connection.mjs';
import { ALERTS, atPace, sendAll } from './load.mjs';
import { now } from './now.mjs';
import { Pool } from './pool.mjs';
import { quantile } from './statistics.mjs';

/** Losses and repetitions among what should have been told exactly once. */
export function settle(stage, report, ids, status = 'firing') {
  const told = new Map();
  for (const notification of report)
    if (notification.status === status) for (const id of notification.ids) told.set(id, (told.get(id) ?? 0) + 1);
  let lost = 0;
  let repeated = 0;
  let expected = 0;
  for (const id of ids) {
    expected++;
    const times = told.get(id) ?? 0;
    if (times === 0) lost++;
    else if (times > 1) repeated++;
  }
  stage.claim(lost === 0, `${lost} of ${expected} never told (${status})`);
  stage.claim(repeated === 0, `${repeated} of ${expected} told more than once (${status})`);
  return { lost, repeated };
}

/** Delays beyond group_wait, counted from when the POST was sent: { p50, p99, perSecond }. */
export function delays(report, sentAt, groupWaitMs) {
  const late = [];
  let first = Infinity;
  let last = 0;
  for (const { at, ids } of report) {
    const sent = sentAt.get(ids[0]);
    if (sent === undefined) continue;
    late.push(at - sent - groupWaitMs);
    first = Math.min(first, at);
    last = Math.max(last, at);
  }
  return { p50: quantile(late, 0.5), p99: quantile(late, 0.99), perSecond: (late.length / (last - first)) * 1_000 };
}

/** Posts each alert list at once in batches and waits for its notifications. Answers the delays and the sink's report. */
export async function postAndWait(stage, server, sink, makeAlerts, { notifications, groupWaitMs, withinMs = 60_000 }) {
  const alerts = makeAlerts();
  const batches = inBatches(alerts);
  const requests = batches.map((batch) => requestBytes('POST', ALERTS, batch));
  const expected = sink.received + (notifications ?? alerts.length);
  const { result, cpu } = await stage.measure(server, async () => {
    const sent = await sendAll(server.port, requests);
    await sink.waitFor(expected, groupWaitMs + withinMs);
    return sent;
  });
  const sentAt = new Map();
  batches.forEach((batch, index) => batch.forEach(({ labels }) => sentAt.set(labels.pod, result.sentAt[index])));
  stage.claim(result.failed === 0, `${result.failed} POSTs refused`);
  const report = await sink.report();
  return { ...delays(report, sentAt, groupWaitMs), alerts, sentAt, cpu, report, post: result };
}

/** New groups at a pace, ten each 20 ms; each alert is its own group. */
export async function postAtPace(stage, server, sink, makeAlert, { groups, groupWaitMs, withinMs = 30_000 }) {
  const each = 10;
  const sentAt = new Map();
  const expected = sink.received + groups;
  const pool = await Pool.open(server.port);
  let refused = 0;
  const { cpu } = await stage.measure(server, async () => {
    await atPace(20, groups / each, (tick) => {
      const batch = Array.from({ length: each }, (_, n) => makeAlert(tick * each + n));
      const sent = now();
      for (const { labels } of batch) sentAt.set(labels.pod, sent);
      const answered = pool.send(requestBytes('POST', ALERTS, batch));
      const count = (isTaken) => (refused += isTaken ? 0 : each);
      answered.then(
        ({ status }) => count(status === 200),
        () => count(false),
      );
    });
    await sink.waitFor(expected, groupWaitMs + withinMs);
  });
  pool.close();
  stage.claim(refused === 0, `${refused} alerts were not taken`);
  const report = await sink.report();
  return { ...delays(report, sentAt, groupWaitMs), cpu, report, sentAt };
}
