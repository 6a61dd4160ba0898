/**
 * Inhibition with any number of rules: 4,000 sources shared out among them, 2,000 targets that every rule is about, a tenth
 * of which one source each mutes by equal cluster and instance. Then 400 new targets that nothing mutes are dispatched.
 */
import { anAlert, anAlertList } from './alerts.mjs';
import { configuration } from './configuration.mjs';
import { postAndWait, settle } from './dispatch.mjs';
import { ALERTS, alertRequests, sendAll, timesOf } from './load.mjs';
import { median, quantile } from './statistics.mjs';

export const inhibitionRows = ({ ingest = {} } = {}) => [
  { key: 'alertsPerSecond', label: 'ingest of sources, alerts/s', better: 'more', ...ingest },
  { key: 'get', label: 'GET of 6,000 alerts p50, ms', better: 'less', least: 0.05, aim: 0.005 },
  { key: 'dispatchP50', label: 'dispatch of 400 groups p50, ms', better: 'less' },
  { key: 'dispatchP99', label: 'dispatch of 400 groups p99, ms', better: 'less', least: 0.2, aim: 0.08 },
  { key: 'dispatchCpu', label: 'dispatch, CPU ms', better: 'less' },
];

const aRule = (n) => ({
  source_matchers: [`alertname="Outage${n}"`, 'severity="critical"'],
  target_matchers: ['severity="warning"'],
  equal: ['cluster', 'instance'],
});

/** Source n mutes target n where there is such a target to mute; the others are about machines without targets. */
const aSource = (n, { rules, muted }) =>
  anAlert(n, {
    labels: {
      alertname: `Outage${n % rules}`,
      severity: 'critical',
      cluster: 'eu-west-0',
      instance: n < muted ? `machine-${n}` : `elsewhere-${n}`,
      pod: `source-${n}`,
    },
  });
const aTarget = (n) => ({ severity: 'warning', cluster: 'eu-west-0', instance: `machine-${n}` });

export async function playInhibition(stage, { rules }) {
  const sources = stage.size(4_000, 200);
  const targets = stage.size(2_000, 100);
  const muted = targets / 10;
  const newGroups = stage.size(400, 40);
  const groupWaitMs = stage.size(4_000, 700);
  const sink = await stage.openSink();
  const routes = [{ matchers: ['container="dispatched"'], group_by: ['pod'], group_wait: `${groupWaitMs}ms` }];
  const inhibitRules = Array.from({ length: rules }, (_, n) => aRule(n));
  const server = await stage.start(configuration({ url: sink.url, routes, inhibitRules }));

  const requests = alertRequests(Array.from({ length: sources }, (_, n) => aSource(n, { rules, muted })));
  const taken = await stage.measure(server, () => sendAll(server.port, requests));
  await sendAll(
    server.port,
    alertRequests(Array.from({ length: targets }, (_, n) => anAlert(n, { labels: aTarget(n) }))),
  );
  const got = (await stage.measure(server, () => timesOf(server.port, ALERTS, stage.size(8, 2)))).result;
  const makeAlerts = () =>
    anAlertList(newGroups, { first: 50_000 }).map((alert, n) => ({
      ...alert,
      labels: { ...alert.labels, ...aTarget(50_000 + n), container: 'dispatched' },
    }));
  const told = await postAndWait(stage, server, sink, makeAlerts, { groupWaitMs });

  Object.assign(stage.figures, {
    alertsPerSecond: sources / taken.result.seconds,
    get: median(got.latencies),
    getP99: quantile(got.latencies, 0.99),
    dispatchP50: told.p50,
    dispatchP99: told.p99,
    dispatchCpu: told.cpu * 1_000,
  });
  settle(stage, told.report, told.sentAt.keys());
  const alerts = got.answer.json();
  const inhibited = alerts.filter(({ status }) => status.inhibitedBy.length > 0).length;
  stage.claim(alerts.length === sources + targets, `${alerts.length} of ${sources + targets} alerts are there`);
  stage.claim(inhibited === muted, `${inhibited} of ${muted} targets inhibited`);
}
