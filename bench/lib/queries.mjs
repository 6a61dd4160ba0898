/** What the two query scenarios share: everything, groups, filters, and everything right after a batch of POSTs. */
import { EQUALITY_FILTER, REGEX_FILTER, anAlertList } from './alerts.mjs';
import { configuration } from './configuration.mjs';
import { ALERTS, alertRequests, sendAll, timesOf } from './load.mjs';
import { median, quantile } from './statistics.mjs';

const GROUPS = `${ALERTS}/groups`;
const CACHED = { better: 'less', least: 0.05, aim: 0.01 };
const FILTERED = { better: 'less', least: 0.1, aim: 0.02 };
const AFTER_POSTS = { better: 'less', least: 0.25, aim: 0.1 };

export const queryRows = ({ rss = {} } = {}) => [
  { key: 'all', label: 'GET /alerts p50, ms', ...CACHED },
  { key: 'allP99', label: 'GET /alerts p99, ms', better: 'less' },
  { key: 'allCpu', label: 'GET /alerts CPU ms', better: 'less' },
  { key: 'groups', label: 'GET /alerts/groups p50, ms', ...CACHED },
  { key: 'allAfterPosts', label: 'GET /alerts after 64 POSTed again, ms', ...AFTER_POSTS },
  { key: 'groupsAfterPosts', label: 'GET /alerts/groups after 64 POSTed again, ms', ...AFTER_POSTS },
  { key: 'equality', label: 'two equalities p50, ms', ...FILTERED },
  { key: 'regex', label: 'regular expression p50, ms', ...FILTERED },
  { key: 'equalityAfterPosts', label: 'two equalities after 64 POSTed again, ms', ...FILTERED },
  { key: 'regexAfterPosts', label: 'regular expression after 64 POSTed again, ms', ...FILTERED },
  { key: 'rss', label: 'RSS after, MB', better: 'less', ...rss },
  { key: 'peak', label: 'highest RSS, MB', better: 'less' },
];

export async function playQueries(stage, { count, times }) {
  const server = await stage.start(configuration());
  const alerts = anAlertList(count);
  await sendAll(server.port, alertRequests(alerts));
  server.resetPeak();
  const ask = async (path, n = times) => timesOf(server.port, path, n);
  // Once beforehand: p50 is about an answer that was given before.
  await ask(ALERTS, 1);
  const all = await stage.measure(server, () => ask(ALERTS));
  await ask(GROUPS, 1);
  const groups = (await stage.measure(server, () => ask(GROUPS))).result;
  const filtered = await stage.measure(server, async () => ({
    equality: await ask(`${ALERTS}?${EQUALITY_FILTER.query}`, times * 2),
    regex: await ask(`${ALERTS}?${REGEX_FILTER.query}`, times * 2),
  }));
  const afterPosts = await stage.measure(server, async () => ({
    all: await afterEachPost(server, alerts, () => ask(ALERTS, 1)),
    groups: await afterEachPost(server, alerts, () => ask(GROUPS, 1)),
    equality: await afterEachPost(server, alerts, () => ask(`${ALERTS}?${EQUALITY_FILTER.query}`, 1)),
    regex: await afterEachPost(server, alerts, () => ask(`${ALERTS}?${REGEX_FILTER.query}`, 1)),
  }));
  const { equality, regex } = filtered.result;
  Object.assign(stage.figures, {
    all: median(all.result.latencies),
    allP99: quantile(all.result.latencies, 0.99),
    allCpu: (all.cpu / times) * 1_000,
    groups: median(groups.latencies),
    allAfterPosts: afterPosts.result.all,
    groupsAfterPosts: afterPosts.result.groups,
    equalityAfterPosts: afterPosts.result.equality,
    regexAfterPosts: afterPosts.result.regex,
    equality: median(equality.latencies),
    regex: median(regex.latencies),
    rss: server.rss(),
    peak: server.peakRss(),
  });
  if (stage.role === 'null') return;
  const claimCount = (what, got, expected) => stage.claim(got === expected, `${what}: ${got} of ${expected} alerts`);
  claimCount('all', all.result.answer.json().length, count);
  const inGroups = groups.answer.json().reduce((sum, group) => sum + group.alerts.length, 0);
  claimCount('groups', inGroups, count);
  claimCount('equalities', equality.answer.json().length, alerts.filter(EQUALITY_FILTER.matches).length);
  claimCount('regular expression', regex.answer.json().length, alerts.filter(REGEX_FILTER.matches).length);
}

/** The first answer after 64 alerts were sent again with a later end: median of five. */
async function afterEachPost(server, alerts, ask) {
  const latencies = [];
  for (let round = 1; round <= 5; round++) {
    const endsAt = new Date(Date.parse(alerts[0].endsAt) + round * 60_000).toISOString();
    const batch = alerts.slice(round * 64, round * 64 + 64).map((alert) => ({ ...alert, endsAt }));
    await sendAll(server.port, alertRequests(batch));
    latencies.push(...(await ask()).latencies);
  }
  return median(latencies);
}
