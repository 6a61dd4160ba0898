/** How fast are groups of ten alerts told to those who are not given JSON but a message that templates make? */
import { anAlert } from '../lib/alerts.mjs';
import { configuration } from '../lib/configuration.mjs';
import { postAndWait, settle } from '../lib/dispatch.mjs';

const KINDS = ['slack', 'pagerduty', 'opsgenie', 'email'];
const ALERTS_EACH = 10;

export const rows = KINDS.flatMap((kind) => [
  { key: `${kind}PerSecond`, label: `${kind}: notifications/s`, better: 'more', least: 1, aim: 2 },
  { key: `${kind}CpuMsEach`, label: `${kind}: CPU ms each, ingest included`, better: 'less' },
]);

const settingsOf = (kind, { url, mailPort }) =>
  ({
    slack: { api_url: url, channel: '#alerts' },
    pagerduty: { url, routing_key: 'key' },
    opsgenie: { api_url: url, api_key: 'key' },
    email: { to: 'b@example.com', from: 'a@example.com', smarthost: `127.0.0.1:${mailPort}`, require_tls: false },
  })[kind];

/** Alerts of one pod are one group; each is about a machine of its own. */
const alertsFor = (kind, groups) =>
  Array.from({ length: groups * ALERTS_EACH }, (_, n) => {
    const { labels } = anAlert(Math.floor(n / ALERTS_EACH));
    return anAlert(n, { labels: { container: kind, pod: `${kind}-${labels.pod}` } });
  });

export async function play(stage) {
  const groups = stage.size(500, 20);
  const groupWaitMs = stage.size(2_000, 400);
  const [sink, mails] = [await stage.openSink(), await stage.openSink({ takesMail: true })];
  const base = configuration({
    groupBy: ['pod'],
    groupWait: `${groupWaitMs}ms`,
    routes: KINDS.map((kind) => ({ receiver: kind, matchers: [`container="${kind}"`] })),
  });
  const receivers = KINDS.map((kind) => ({
    name: kind,
    [`${kind}_configs`]: [settingsOf(kind, { url: sink.url, mailPort: mails.port })],
  }));
  const server = await stage.start({ ...base, receivers: [...base.receivers, ...receivers] });
  for (const kind of KINDS) {
    const told = await postAndWait(stage, server, kind === 'email' ? mails : sink, () => alertsFor(kind, groups), {
      groupWaitMs,
      notifications: groups,
    });
    stage.figures[`${kind}PerSecond`] = told.perSecond;
    stage.figures[`${kind}CpuMsEach`] = (told.cpu / groups) * 1_000;
    settle(stage, told.report, told.sentAt.keys());
  }
}
