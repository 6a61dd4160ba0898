/** How much memory is held 20 s after the last request: empty, with 10,000 and with 100,000 alerts? */
import { anAlertList } from '../lib/alerts.mjs';
import { configuration } from '../lib/configuration.mjs';
import { alertRequests, sendAll } from '../lib/load.mjs';
import { sleep } from '../lib/now.mjs';

export const rows = [
  { key: 'idle', label: 'idle, RSS MB', better: 'less', least: 90, aim: 60, absolute: true },
  { key: 'at10k', label: '10,000 alerts, RSS MB', better: 'less', least: 0.7, aim: 0.45 },
  { key: 'at100k', label: '100,000 alerts, RSS MB', better: 'less', least: 0.6, aim: 0.35 },
  { key: 'at100kAnonymous', label: 'of it anonymous, MB', better: 'less' },
];

export async function play(stage) {
  const rest = () => sleep(stage.size(20_000, 200));
  const server = await stage.start(configuration(), { probe: false });
  const post = async (first, last) => {
    // In slices, so that the requests of 100,000 alerts are never in memory at once.
    for (let at = first; at < last; at += 10_000)
      await sendAll(server.port, alertRequests(anAlertList(Math.min(10_000, last - at), { first: at })));
  };
  await rest();
  stage.figures.idle = server.rss();
  const some = stage.size(10_000, 500);
  await post(0, some);
  await rest();
  stage.figures.at10k = server.rss();
  await post(some, stage.size(100_000, 1_000));
  await rest();
  stage.figures.at100k = server.rss();
  stage.figures.at100kAnonymous = server.anonymous();
}
