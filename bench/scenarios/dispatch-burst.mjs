/** How fast are 10,000 groups told that become due at the same time? */
import { anAlertList } from '../lib/alerts.mjs';
import { configuration } from '../lib/configuration.mjs';
import { postAndWait, settle } from '../lib/dispatch.mjs';

export const rows = [
  { key: 'notificationsPerSecond', label: 'notifications/s', better: 'more', least: 2.5, aim: 5 },
  { key: 'p50', label: 'p50 beyond group_wait, ms', better: 'less' },
  { key: 'p99', label: 'p99 beyond group_wait, ms', better: 'less', least: 0.3, aim: 0.12 },
  { key: 'cpuMsEach', label: 'CPU ms each, ingest included', better: 'less' },
  { key: 'connections', label: 'connections open at once', better: 'less' },
];
export const onNull = true;

export async function play(stage) {
  const groups = stage.size(10_000, 200);
  const groupWaitMs = stage.size(4_000, 400);
  const sink = await stage.openSink();
  const server = await stage.start(configuration({ url: sink.url, groupBy: ['pod'], groupWait: `${groupWaitMs}ms` }));
  const burst = await postAndWait(stage, server, sink, () => anAlertList(groups), { groupWaitMs });
  stage.figures.notificationsPerSecond = burst.perSecond;
  stage.figures.p50 = burst.p50;
  stage.figures.p99 = burst.p99;
  stage.figures.cpuMsEach = (burst.cpu / groups) * 1_000;
  stage.figures.connections = sink.mostConnections;
  settle(stage, burst.report, burst.sentAt.keys());
}
