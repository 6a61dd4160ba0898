import type { Labels, Received, ReceivedAlert, Scenario, Want, WantedAlert, WantedBatch } from './scenario.js';

/**
 * Whether what was received is what was wanted: every want is met by a notification of its own, and nothing else came.
 * The answer is what is wrong, expected beside received; empty when all is well.
 */
export interface Slack {
  /** How much earlier and later than its window a notification may come, in seconds. Zero on a virtual clock. */
  readonly early: number;
  readonly late: number;
  /** How much the times of alerts may differ. */
  readonly times: number;
}

export const EXACT: Slack = { early: 0, late: 0, times: 0 };

export function compare(scenario: Pick<Scenario, 'wants'>, received: readonly Received[], slack: Slack): string[] {
  const left = new Set(received);
  const unmet = scenario.wants.filter((want) => {
    const met = [...left].find((one) => isMet(want, one, slack));
    if (met) left.delete(met);
    return !met;
  });
  if (unmet.length === 0 && left.size === 0) return [];
  return [
    ...unmet.map((want) => `missing     ${formatWant(want)}`),
    ...[...left].map((one) => `unexpected  ${formatReceived(one)}`),
    ...received.map((one) => `received    ${formatReceived(one)}`),
  ];
}

/** Times are sums of seconds: what differs by less than a microsecond is equal. */
const ROUNDING = 1e-6;

function isMet({ hook, window, batch }: Want, received: Received, slack: Slack): boolean {
  const { at } = received;
  if (hook !== received.hook || at < window.from - slack.early - ROUNDING || at > window.to + slack.late + ROUNDING)
    return false;
  if (batch.reason !== undefined && batch.reason !== received.reason) return false;
  if (batch.groupKey !== undefined && batch.groupKey !== received.groupKey) return false;
  if (batch.groupLabels && !isSame(batch.groupLabels, received.groupLabels)) return false;
  if (batch.routeLabels && !isSame(batch.routeLabels, received.routeLabels)) return false;
  return hasAlerts(batch, received.alerts, slack);
}

function hasAlerts({ alerts }: WantedBatch, received: readonly ReceivedAlert[], slack: Slack): boolean {
  if (alerts.length !== received.length) return false;
  const left = new Set(received);
  return alerts.every((wanted) => {
    const found = [...left].find((alert) => isAlert(wanted, alert, slack));
    return found !== undefined && left.delete(found);
  });
}

function isAlert(wanted: WantedAlert, alert: ReceivedAlert, slack: Slack): boolean {
  const isNear = (wanted: number | undefined, time: number | undefined): boolean =>
    wanted === undefined || (time !== undefined && Math.abs(time - wanted) <= slack.times + ROUNDING);
  return (
    wanted.status === alert.status &&
    isSame(wanted.labels, alert.labels) &&
    (!wanted.annotations || isSame(wanted.annotations, alert.annotations)) &&
    isNear(wanted.startsAt, alert.startsAt) &&
    // What fires has no end in a notification, whatever was posted.
    (wanted.status === 'firing' || isNear(wanted.endsAt, alert.endsAt))
  );
}

export const isSame = (a: Labels, b: Labels): boolean => formatLabels(a) === formatLabels(b);

export const formatLabels = (labels: Labels): string =>
  `{${Object.keys(labels)
    .sort()
    .map((name) => `${name}=${JSON.stringify(labels[name])}`)
    .join(', ')}}`;

function formatWant({ hook, window: { from, to }, batch }: Want): string {
  const when = from === to ? `at ${from}` : `in ${from}..${to}`;
  return `${hook} ${when}${batch.reason ? ` (${batch.reason})` : ''}: ${batch.alerts.map(formatAlert).join(' ')}`;
}

const formatReceived = ({ hook, at, reason, alerts }: Received): string =>
  `${hook} at ${at} (${reason}): ${alerts.map(formatAlert).join(' ')}`;

function formatAlert({ status, labels, annotations, startsAt, endsAt }: WantedAlert | ReceivedAlert): string {
  const more = annotations && Object.keys(annotations).length > 0 ? ` ${formatLabels(annotations)}` : '';
  const times = startsAt === undefined && endsAt === undefined ? '' : ` [${startsAt ?? ''}..${endsAt ?? ''}]`;
  return `${status} ${formatLabels(labels)}${more}${times};`;
}
