/**
 * How much memory is held 20 s after the last thing that happened: empty, and with 10,000 and 100,000 alerts that were told to
 * their receiver, as those of every router are soon? And before they are told?
 */
import { anAlertList } from '../lib/alerts.mjs';
import { configuration } from '../lib/configuration.mjs';
import { settle } from '../lib/dispatch.mjs';
import { alertRequests, sendAll } from '../lib/load.mjs';
import { sleep } from '../lib/now.mjs';

export const rows = [
  { key: 'idle', label: 'idle, RSS MB', better: 'less', least: 90, aim: 60, absolute: true },
  { key: 'at10k', label: '10,000 alerts, RSS MB', better: 'less', least: 0.7, aim: 0.45 },
  { key: 'untold10k', label: 'before they are told, MB', better: 'less' },
  { key: 'at100k', label: '100,000 alerts, RSS MB', better: 'less', least: 0.6, aim: 0.35 },
  { key: 'untold100k', label: 'before they are told, MB', better: 'less' },
  { key: 'at100kAnonymous', label: 'of 100,000 anonymous, MB', better: 'less' },
];

export async function play(stage) {
  const few = await hold(stage, stage.size(10_000, 500));
  const many = await hold(stage, stage.size(100_000, 1_000));
  stage.figures.idle = few.idle;
  stage.figures.at10k = few.told;
  stage.figures.untold10k = few.untold;
  stage.figures.at100k = many.told;
  stage.figures.untold100k = many.untold;
  stage.figures.at100kAnonymous = many.anonymous;
}

/** A router that gets so many alerts and tells of them, and what it holds in between. */
async function hold(stage, count) {
  const restMs = stage.size(20_000, 200);
  const groupWaitMs = restMs + stage.size(5_000, 800);
  const sink = await stage.openSink();
  const config = configuration({ url: sink.url, groupWait: `${groupWaitMs}ms` });
  const server = await stage.start(config, { probe: false });
  await sleep(restMs);
  const idle = server.rss();
  const { ids, groups } = await post(stage, server, count, config.route.group_by);
  await sleep(restMs);
  const untold = server.rss();
  await sink.waitFor(groups, groupWaitMs + 30_000);
  await sleep(restMs);
  const [told, anonymous] = [server.rss(), server.anonymous()];
  settle(stage, await sink.report(), ids);
  return { idle, untold, told, anonymous };
}

/** In slices, so that the requests of 100,000 alerts are never in memory at once. Answers who is to be told of, in how many groups. */
async function post(stage, server, count, groupBy) {
  const ids = [];
  const groups = new Set();
  for (let at = 0; at < count; at += 10_000) {
    const alerts = anAlertList(Math.min(10_000, count - at), { first: at });
    const { failed } = await sendAll(server.port, alertRequests(alerts));
    stage.claim(failed === 0, `${failed} POSTs refused`);
    for (const { labels } of alerts) {
      ids.push(labels.pod);
      groups.add(groupBy.map((name) => labels[name]).join('/'));
    }
  }
  return { ids, groups: groups.size };
}
