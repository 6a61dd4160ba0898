/** Routes for thousands of services, and what is measured on them: ingest, a dispatch of one group for each, a GET. */
import { anAlert, inBatches } from './alerts.mjs';
import { configuration } from './configuration.mjs';
import { requestBytes } from './connection.mjs';
import { delays, settle } from './dispatch.mjs';
import { ALERTS, sendAll, timesOf } from './load.mjs';
import { median, quantile } from './statistics.mjs';

/** Every fourth service is routed by a regular expression, as hand-written configurations have them. */
export const serviceMatcher = (n) => (n % 4 === 3 ? `container=~"service-${n}(-canary)?"` : `container="service-${n}"`);

const aServiceAlert = (n, services, perTeam) =>
  anAlert(n, {
    labels: { container: `service-${n % services}`, namespace: `team-${Math.floor((n % services) / perTeam)}` },
  });

export async function playRoutes(stage, { services, perTeam, routes }) {
  const more = services * stage.size(2, 1);
  const groupWaitMs = stage.size(8_000, 800);
  const sink = await stage.openSink();
  const config = configuration({ url: sink.url, groupBy: ['container'], groupWait: `${groupWaitMs}ms`, routes });
  const server = await stage.start(config);
  const alertsFrom = (first, count) =>
    Array.from({ length: count }, (_, n) => aServiceAlert(first + n, services, perTeam));

  const batches = inBatches(alertsFrom(0, services));
  const first = await stage.measure(server, () => post(server, batches));
  const told = await stage.measure(server, () => sink.waitFor(services, groupWaitMs + 60_000));
  const sentAt = new Map();
  batches.forEach((batch, index) => batch.forEach(({ labels }) => sentAt.set(labels.pod, first.result.sentAt[index])));
  const report = await sink.report();
  const late = delays(report, sentAt, groupWaitMs);
  const got = (await stage.measure(server, () => timesOf(server.port, ALERTS, stage.size(10, 2)))).result;
  const laterBatches = inBatches(alertsFrom(services, more));
  const second = await stage.measure(server, () => post(server, laterBatches));

  const latencies = [...first.result.latencies, ...second.result.latencies];
  Object.assign(stage.figures, {
    alertsPerSecond: (services + more) / (first.result.seconds + second.result.seconds),
    batchP99: quantile(latencies, 0.99),
    get: median(got.latencies),
    dispatchP50: late.p50,
    dispatchP99: late.p99,
    dispatchCpu: told.cpu * 1_000,
  });
  settle(stage, report, sentAt.keys());
  const alerts = got.answer.json();
  stage.claim(alerts.length === services, `${alerts.length} of ${services} alerts are there`);
  const astray = alerts.filter(({ receivers }) => receivers.length !== 1).length;
  stage.claim(astray === 0, `${astray} alerts with more than one receiver`);
}

const post = (server, batches) =>
  sendAll(
    server.port,
    batches.map((batch) => requestBytes('POST', ALERTS, batch)),
  );

export const routeRows = ({ ingest, get = {}, dispatch = {} }) => [
  { key: 'alertsPerSecond', label: 'ingest, alerts/s', better: 'more', ...ingest },
  { key: 'batchP99', label: 'batch p99, ms', better: 'less' },
  { key: 'get', label: 'GET of 5,000 alerts p50, ms', better: 'less', ...get },
  { key: 'dispatchP50', label: 'dispatch of 5,000 groups p50, ms', better: 'less' },
  { key: 'dispatchP99', label: 'dispatch of 5,000 groups p99, ms', better: 'less', ...dispatch },
];
