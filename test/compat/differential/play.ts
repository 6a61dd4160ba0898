/**
 * Plays one round on a running router and writes down all that can be seen of it, without what must differ (ids, times of
 * the server's own clock, order where none is promised).
 */
import type { Router } from '../../support/real-process.js';
import type { WebhookSink } from '../../support/webhook-sink.js';
import { GROUP_INTERVAL_MS, GROUP_WAIT_MS, type Round } from './round.js';

export interface Observation {
  readonly alerts: unknown;
  readonly groups: unknown;
  /** Groups with equal labels and receiver may stand either way. */
  readonly order: unknown;
  readonly firing: unknown;
  readonly resolved: unknown;
}

const JSON_HEADERS = { 'content-type': 'application/json' };

/** 0.25 sorts label sets in another way than 0.34; beside it, order is left out of the comparison. */
export interface Play {
  readonly ordered: boolean;
}

export async function playRound(round: Round, router: Router, sink: WebhookSink, play: Play): Promise<Observation> {
  router.writeConfig(round.config.replaceAll('SINK', sink.url));
  const reloaded = await router.reload();
  if (!reloaded.ok) throw new Error(`round ${round.seed}: ${await reloaded.text()}\n${round.config}`);
  sink.clear();

  const silenceIds = await Promise.all(round.silences.map(async (silence) => post(router, 'silences', silence)));
  const begin = performance.now();
  await post(router, 'alerts', round.alerts);
  await until(begin + GROUP_WAIT_MS + GROUP_INTERVAL_MS / 2);
  const alerts = await get(router, `alerts?filter=round=${round.seed}`);
  const groups = await get(router, `alerts/groups?filter=round=${round.seed}`);
  const firing = notifications(sink, round, play);
  sink.clear();

  const endsAt = new Date().toISOString();
  await post(
    router,
    'alerts',
    round.resolving.map((index) => ({ ...round.alerts[index], endsAt })),
  );
  await until(begin + GROUP_WAIT_MS + GROUP_INTERVAL_MS + GROUP_INTERVAL_MS / 2);
  const resolved = notifications(sink, round, play);

  // Leave nothing behind: what still fires is resolved, which the next round's reload sweeps out.
  await post(
    router,
    'alerts',
    round.alerts.map((alert) => ({ ...alert, endsAt: new Date().toISOString() })),
  );
  for (const { silenceID } of silenceIds as { silenceID: string }[])
    await fetch(`${router.url}/api/v2/silence/${silenceID}`, { method: 'DELETE' });
  const comments = new Map(
    (silenceIds as { silenceID: string }[]).map(({ silenceID }, index) => [silenceID, `silence ${index}`]),
  );
  const shown = (groups as ShownGroup[]).map(({ alerts, ...group }) => ({
    ...withoutNewer(group),
    alerts: inOrder(
      alerts.map((alert) => comparable(alert, comments)),
      play,
    ),
  }));
  return {
    alerts: (alerts as Shown[]).map((alert) => comparable(alert, comments)),
    groups: sorted(shown),
    order: play.ordered ? shown.map(({ labels, receiver }) => ({ labels, receiver })) : undefined,
    firing,
    resolved,
  };
}

interface Shown {
  readonly updatedAt: string;
  readonly status: { silencedBy: string[]; inhibitedBy: string[]; state: string };
  readonly receivers: { name: string }[];
  readonly [key: string]: unknown;
}

interface ShownGroup {
  readonly labels: unknown;
  readonly receiver: unknown;
  readonly routeLabels?: unknown;
  readonly alerts: readonly Shown[];
}

function comparable(
  { updatedAt: _updatedAt, status, receivers, ...alert }: Shown,
  ids: ReadonlyMap<string, string>,
): unknown {
  return {
    ...alert,
    receivers: receivers.map(({ name }) => name),
    state: status.state,
    silencedBy: status.silencedBy.map((id) => ids.get(id)).sort(),
    // The original names one of the inhibitors, we name them all.
    inhibited: status.inhibitedBy.length > 0,
  };
}

/** What 0.34 added to the groups. */
const withoutNewer = ({
  routeLabels: _routeLabels,
  ...group
}: Omit<ShownGroup, 'alerts'>): Omit<ShownGroup, 'alerts'> => group;

function notifications(sink: WebhookSink, { seed }: Round, play: Play): unknown {
  return sink.received
    .filter(({ body }) => body.alerts.some(({ labels }) => labels['round'] === String(seed)))
    .map(({ path, body: { notification_reason: _reason, routeLabels: _routeLabels, alerts, ...body } }) => ({
      path,
      ...body,
      alerts: inOrder(
        alerts.map(({ endsAt, ...alert }) => ({ ...alert, ended: !endsAt.startsWith('0001') })),
        play,
      ),
    }))
    .sort((a, b) => compare(`${a.path} ${a.groupKey}`, `${b.path} ${b.groupKey}`));
}

const inOrder = <T>(things: readonly T[], { ordered }: Play): readonly T[] => (ordered ? things : sorted(things));

const sorted = <T>(things: readonly T[]): readonly T[] =>
  things.toSorted((a, b) => compare(canonical(a), canonical(b)));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

async function post(router: Router, what: string, body: unknown): Promise<unknown> {
  const response = await fetch(`${router.url}/api/v2/${what}`, {
    method: 'POST',
    headers: JSON_HEADERS,
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`POST ${what}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

const get = async (router: Router, what: string): Promise<unknown> =>
  (await fetch(`${router.url}/api/v2/${what}`)).json();

const until = (at: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, at - performance.now())));

/** JSON with the members of each object in one order. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => compare(a, b)))
      : inner,
  );
