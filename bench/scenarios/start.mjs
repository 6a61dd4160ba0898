/** How long from the start of the process until it is ready: empty, and with 10,000 silences and 50,000 alerts left behind? */
import { anAlertList } from '../lib/alerts.mjs';
import { configuration } from '../lib/configuration.mjs';
import { requestBytes } from '../lib/connection.mjs';
import { ALERTS, SILENCES, alertRequests, getJson, sendAll } from '../lib/load.mjs';
import { aSilence } from '../lib/silences.mjs';
import { median } from '../lib/statistics.mjs';

export const rows = [
  { key: 'empty', label: 'empty, ms', better: 'less', least: 500, aim: 250, absolute: true },
  { key: 'emptyCpu', label: 'empty, CPU ms', better: 'less' },
  { key: 'restCpu', label: 'empty, CPU ms until at rest', better: 'less' },
  { key: 'loaded', label: '10k silences + 50k alerts, ms', better: 'less', least: 1_500, aim: 700, absolute: true },
  { key: 'alertsKept', label: 'alerts there after the start', better: 'more', least: 50_000, absolute: true },
  { key: 'stop', label: 'SIGTERM to gone, ms', better: 'less' },
];

export async function play(stage) {
  const silences = stage.size(10_000, 100);
  const alerts = stage.size(50_000, 500);
  const server = await stage.start(configuration(), { probe: false });
  const empty = [];
  for (let n = 0; n < stage.size(5, 1); n++) {
    await server.stop();
    empty.push(await server.begin());
  }
  stage.figures.empty = median(empty);
  stage.figures.emptyCpu = server.cpu() * 1_000;
  stage.figures.restCpu = await server.rest();

  await sendAll(
    server.port,
    Array.from({ length: silences }, (_, n) => requestBytes('POST', SILENCES, aSilence(n))),
  );
  await sendAll(server.port, alertRequests(anAlertList(alerts)));
  stage.figures.stop = await server.stop();
  const loaded = [await server.begin()];
  const keptSilences = (await getJson(server.port, SILENCES)).length;
  // A figure and no claim: an Alertmanager keeps none.
  stage.figures.alertsKept = (await getJson(server.port, ALERTS)).length * stage.size(1, 100);
  for (let n = 1; n < stage.size(3, 1); n++) {
    await server.stop();
    loaded.push(await server.begin());
  }
  stage.figures.loaded = median(loaded);
  stage.claim(keptSilences === silences, `${keptSilences} of ${silences} silences there after SIGTERM`);
}
