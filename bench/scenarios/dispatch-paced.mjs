/** How late is a notification when 500 new groups a second become due? */
import { anAlert } from '../lib/alerts.mjs';
import { configuration } from '../lib/configuration.mjs';
import { postAtPace, settle } from '../lib/dispatch.mjs';

export const rows = [
  { key: 'p50', label: 'p50 beyond group_wait, ms', better: 'less', least: 1, aim: 0.7 },
  { key: 'p99', label: 'p99 beyond group_wait, ms', better: 'less', least: 1, aim: 0.7 },
  { key: 'cpuMsEach', label: 'CPU ms each', better: 'less' },
];
export const onNull = true;

export async function play(stage) {
  const groups = stage.size(5_000, 100);
  const groupWaitMs = stage.size(1_000, 300);
  const sink = await stage.openSink();
  const server = await stage.start(configuration({ url: sink.url, groupBy: ['pod'], groupWait: `${groupWaitMs}ms` }));
  const paced = await postAtPace(stage, server, sink, (n) => anAlert(n), { groups, groupWaitMs });
  stage.figures.p50 = paced.p50;
  stage.figures.p99 = paced.p99;
  stage.figures.cpuMsEach = (paced.cpu / groups) * 1_000;
  settle(stage, paced.report, paced.sentAt.keys());
}
