import { formatLabels, isSame } from './compare.js';
import type { Labels, SeenAlert, SeenGroup } from './scenario.js';

/** What a router shows of an alert, whichever way it was asked. */
export interface ShownAlert {
  readonly labels: Labels;
  readonly fingerprint: string;
  readonly state: string;
  readonly silencedBy: readonly string[];
  readonly inhibitedBy: readonly string[];
  readonly receivers: readonly string[];
}

export interface ShownGroup {
  readonly labels: Labels;
  readonly receiver: string;
  readonly routeLabels: Labels;
  readonly mutedBy: readonly string[];
  readonly alerts: readonly ShownAlert[];
}

/** How the scenario's names translate into the router's. */
export interface Names {
  silenceId(name: string): string;
  fingerprintOf(labels: Labels): string;
}

/** What is wrong with what is shown; empty when it is as it should be. */
export function compareAlerts(
  where: string,
  wanted: readonly SeenAlert[],
  shown: readonly ShownAlert[],
  names: Names,
): string[] {
  const left = new Set(shown);
  const problems = wanted.flatMap((alert) => {
    const found = [...left].find(({ labels }) => isSame(alert.labels, labels));
    if (found) left.delete(found);
    const problem = found ? difference(alert, found, names) : 'is not there';
    return problem ? [`${where} ${formatLabels(alert.labels)} ${problem}`] : [];
  });
  return [...problems, ...[...left].map(({ labels }) => `${where} unexpected ${formatLabels(labels)}`)];
}

export function compareGroups(
  where: string,
  wanted: readonly SeenGroup[],
  shown: readonly ShownGroup[],
  names: Names,
): string[] {
  const left = new Set(shown);
  const problems = wanted.flatMap((group) => {
    const name = `${where} group ${formatLabels(group.labels)} of ${group.receiver}`;
    const found = [...left].find(({ labels, receiver }) => receiver === group.receiver && isSame(group.labels, labels));
    if (!found) return [`${name} is not there`];
    left.delete(found);
    return [
      ...compareAlerts(name, group.alerts, found.alerts, names),
      ...(group.mutedBy && !isSameSet(group.mutedBy, found.mutedBy)
        ? [`${name} is muted by ${found.mutedBy.join()}`]
        : []),
      ...(group.routeLabels && !isSame(group.routeLabels, found.routeLabels)
        ? [`${name} has route labels ${formatLabels(found.routeLabels)}`]
        : []),
    ];
  });
  const unexpected = [...left].map(
    ({ labels, receiver }) => `${where} unexpected group ${formatLabels(labels)} of ${receiver}`,
  );
  return [...problems, ...unexpected];
}

function difference(wanted: SeenAlert, shown: ShownAlert, names: Names): string | undefined {
  const silencedBy = wanted.silencedBy?.map((name) => names.silenceId(name));
  const inhibitedBy = wanted.inhibitedBy?.map((labels) => names.fingerprintOf(labels));
  if (wanted.state && wanted.state !== shown.state) return `is ${shown.state}`;
  if (silencedBy && !isSameSet(silencedBy, shown.silencedBy)) return `is silenced by ${shown.silencedBy.join()}`;
  if (inhibitedBy && !isSameSet(inhibitedBy, shown.inhibitedBy)) return `is inhibited by ${shown.inhibitedBy.join()}`;
  if (wanted.receivers && wanted.receivers.join() !== shown.receivers.join())
    return `goes to ${shown.receivers.join()}`;
  return undefined;
}

const isSameSet = (a: readonly string[], b: readonly string[]): boolean =>
  [...a].sort().join() === [...b].sort().join();
