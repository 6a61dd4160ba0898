/** How long does one group of 10,000 alerts (about 9 MB of JSON) take to be delivered once it is due? */
import { anAlertList } from '../lib/alerts.mjs';
import { configuration } from '../lib/configuration.mjs';
import { postAndWait, settle } from '../lib/dispatch.mjs';

export const rows = [
  { key: 'delivered', label: 'delivered after group_wait, ms', better: 'less', least: 0.5, aim: 0.15 },
  { key: 'megabytes', label: 'body, MB', better: 'less' },
];

export async function play(stage) {
  const count = stage.size(10_000, 500);
  const groupWaitMs = stage.size(3_000, 500);
  const sink = await stage.openSink();
  const server = await stage.start(configuration({ url: sink.url, groupBy: ['job'], groupWait: `${groupWaitMs}ms` }));
  const told = await postAndWait(stage, server, sink, () => anAlertList(count), { groupWaitMs, notifications: 1 });
  const first = Math.min(...told.sentAt.values());
  stage.figures.delivered = Math.max(...told.report.map(({ at }) => at)) - first - groupWaitMs;
  stage.figures.megabytes = (told.report[0]?.bytes ?? 0) / 1e6;
  stage.claim(told.report.length === 1, `${told.report.length} notifications of one group`);
  settle(stage, told.report, told.sentAt.keys());
}
