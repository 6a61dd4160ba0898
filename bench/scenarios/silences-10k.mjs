/** What do 10,000 silences cost: making them, the first look at alerts, a look after one more, their list, a dispatch? */
import { anAlert, anAlertList } from '../lib/alerts.mjs';
import { configuration } from '../lib/configuration.mjs';
import { requestBytes } from '../lib/connection.mjs';
import { postAndWait, settle } from '../lib/dispatch.mjs';
import { ALERTS, SILENCES, alertRequests, sendAll, timesOf } from '../lib/load.mjs';
import { aSilence } from '../lib/silences.mjs';
import { median, quantile } from '../lib/statistics.mjs';

export const rows = [
  { key: 'perSecond', label: 'creations/s', better: 'more', least: 0.8, aim: 1.2 },
  { key: 'createP99', label: 'creation p99, ms', better: 'less' },
  { key: 'createCpu', label: 'CPU s per 10k creations', better: 'less' },
  { key: 'first', label: 'first GET, ms', better: 'less', least: 0.05, aim: 0.01 },
  { key: 'afterOne', label: 'GET after one more silence, ms', better: 'less', least: 0.02, aim: 0.002 },
  { key: 'warm', label: 'GET warm p50, ms', better: 'less' },
  { key: 'list', label: 'list of silences p50, ms', better: 'less', least: 0.2, aim: 0.03 },
  { key: 'dispatchP50', label: 'dispatch of 500 groups p50, ms', better: 'less' },
  { key: 'dispatchP99', label: 'dispatch of 500 groups p99, ms', better: 'less', least: 0.1, aim: 0.03 },
];
export const onNull = true;

const SILENCED = 'silenced=true&active=false&inhibited=false';

export async function play(stage) {
  const count = stage.size(10_000, 100);
  const watched = stage.size(2_000, 100);
  const reaches = watched / 10;
  const newGroups = stage.size(500, 50);
  const groupWaitMs = stage.size(4_000, 700);
  const sink = await stage.openSink();
  // Alerts that are only looked at wait for an hour; those of the dispatch have a route of their own.
  const routes = [{ matchers: ['container="dispatched"'], group_by: ['pod'], group_wait: `${groupWaitMs}ms` }];
  const server = await stage.start(
    configuration({ url: sink.url, routes, groupWait: stage.role === 'null' ? `${groupWaitMs}ms` : '1h' }),
  );

  const requests = Array.from({ length: count }, (_, n) => requestBytes('POST', SILENCES, aSilence(n, { reaches })));
  const made = await stage.measure(server, () => sendAll(server.port, requests));
  await sendAll(server.port, alertRequests(anAlertList(watched)));
  const looks = await stage.measure(server, () => look(server, { reaches, times: stage.size(20, 3) }));
  const makeAlerts = () => anAlertList(newGroups, { first: count * 2, labels: { container: 'dispatched' } });
  const told = await postAndWait(stage, server, sink, makeAlerts, { groupWaitMs });

  Object.assign(stage.figures, {
    perSecond: count / made.result.seconds,
    createP99: quantile(made.result.latencies, 0.99),
    createCpu: (made.cpu / count) * 10_000,
    first: looks.result.first,
    afterOne: looks.result.afterOne,
    warm: median(looks.result.warm.latencies),
    list: median(looks.result.list.latencies),
    dispatchP50: told.p50,
    dispatchP99: told.p99,
  });
  stage.claim(made.result.failed === 0, `${made.result.failed} silences refused`);
  if (stage.role === 'null') return;
  settle(stage, told.report, told.sentAt.keys());
  const listed = looks.result.list.answer.json().length;
  stage.claim(listed === count + looks.result.more, `${listed} of ${count + looks.result.more} silences listed`);
  const { answer } = await timesOf(server.port, `${ALERTS}?${SILENCED}`, 1);
  const silenced = answer.json().filter(({ status }) => status.state === 'suppressed').length;
  stage.claim(
    silenced === reaches + looks.result.more,
    `${silenced} of ${reaches + looks.result.more} alerts silenced`,
  );
}

/** The GETs of all alerts: the first, after each of five more silences (each about one alert more), warm; and the list. */
async function look(server, { reaches, times }) {
  const more = 5;
  const first = (await timesOf(server.port, ALERTS, 1)).latencies[0];
  const afterOne = [];
  for (let n = 0; n < more; n++) {
    const about = anAlert(reaches + n).labels;
    const matchers = [{ name: 'pod', value: about.pod, isRegex: false, isEqual: true }];
    await sendAll(server.port, [requestBytes('POST', SILENCES, { ...aSilence(n), matchers })]);
    afterOne.push(...(await timesOf(server.port, ALERTS, 1)).latencies);
  }
  const warm = await timesOf(server.port, ALERTS, times);
  const list = await timesOf(server.port, SILENCES, times);
  return { first, afterOne: median(afterOne), warm, list, more };
}
