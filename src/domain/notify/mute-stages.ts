import type { Alert } from '../alert/index.js';
import type { Inhibition } from '../inhibit/index.js';
import type { LabelSet } from '../labels/index.js';
import type { Route } from '../route/index.js';
import type { Instant } from '../time/index.js';

/**
 * The four things that hold alerts back before any integration is asked, in Alertmanager's order: inhibition, active
 * intervals, mute intervals, silences. An alert that one stage holds back is not seen by the next, so that each has one reason.
 */
export type Mute =
  | { readonly reason: 'inhibition'; readonly inhibitions: readonly Inhibition[] }
  | { readonly reason: 'active_time_interval'; readonly intervals: readonly string[] }
  | { readonly reason: 'mute_time_interval'; readonly intervals: readonly string[] }
  | { readonly reason: 'silence'; readonly silences: readonly string[] };

/** Also the `reason` label of the metric that counts suppressed notifications. */
export type MuteReason = Mute['reason'];

export interface MutedAlert {
  readonly alert: Alert;
  readonly by: Mute;
}

/** What the stages ask of the world. Empty answers mean: not muted. */
export interface Muters {
  inhibitors(labels: LabelSet, now: Instant): readonly Inhibition[];
  /** Ids of the active silences that match. */
  silencedBy(labels: LabelSet, now: Instant): readonly string[];
  /** Those of the named time intervals that contain the instant, each as often as it has entries that do. */
  intervalsInForce(names: readonly string[], now: Instant): readonly string[];
}

export interface MuteVerdict {
  /** What no stage held back, in order. */
  readonly passed: readonly Alert[];
  readonly muted: readonly MutedAlert[];
  /** Names of the intervals that mute the group; undefined when no alert came that far and the former answer stands. */
  readonly mutedBy: readonly string[] | undefined;
}

/** One list for all that has nothing in it: nothing muted, nobody who mutes, nothing to tell. */
export const NOTHING: readonly never[] = [];

export function muteStages(
  route: Pick<Route, 'activeTimeIntervals' | 'muteTimeIntervals'>,
  alerts: readonly Alert[],
  muters: Muters,
  now: Instant,
): MuteVerdict {
  const muted: MutedAlert[] = [];
  const uninhibited = sift(alerts, inhibitionOf, muters, muted, now);
  if (uninhibited.length === 0) return { passed: NOTHING, muted, mutedBy: undefined };
  const group = timeMute(route, muters, now);
  if (group) {
    for (const alert of uninhibited) muted.push({ alert, by: group });
    return { passed: NOTHING, muted, mutedBy: group.intervals };
  }
  return { passed: sift(uninhibited, silenceOf, muters, muted, now), muted, mutedBy: NOTHING };
}

/** Mostly nothing is held back: then it is the list that came in. */
function sift(
  alerts: readonly Alert[],
  muteOf: (alert: Alert, muters: Muters, now: Instant) => Mute | undefined,
  muters: Muters,
  muted: MutedAlert[],
  now: Instant,
): readonly Alert[] {
  let passed: Alert[] | undefined;
  for (let i = 0; i < alerts.length; i++) {
    const alert = alerts[i] as Alert;
    const by = muteOf(alert, muters, now);
    if (by) {
      muted.push({ alert, by });
      passed ??= alerts.slice(0, i);
    } else passed?.push(alert);
  }
  return passed ?? alerts;
}

function inhibitionOf({ labels }: Alert, muters: Muters, now: Instant): Mute | undefined {
  const inhibitions = muters.inhibitors(labels, now);
  return inhibitions.length > 0 ? { reason: 'inhibition', inhibitions } : undefined;
}

function silenceOf({ labels }: Alert, muters: Muters, now: Instant): Mute | undefined {
  const silences = muters.silencedBy(labels, now);
  return silences.length > 0 ? { reason: 'silence', silences } : undefined;
}

/** Outside all active intervals every one of them mutes; of the mute intervals those that are in force do. */
function timeMute(
  { activeTimeIntervals, muteTimeIntervals }: Pick<Route, 'activeTimeIntervals' | 'muteTimeIntervals'>,
  muters: Muters,
  now: Instant,
): Extract<Mute, { intervals: unknown }> | undefined {
  if (activeTimeIntervals.length > 0 && muters.intervalsInForce(activeTimeIntervals, now).length === 0)
    return { reason: 'active_time_interval', intervals: activeTimeIntervals };
  if (muteTimeIntervals.length === 0) return undefined;
  const intervals = muters.intervalsInForce(muteTimeIntervals, now);
  return intervals.length > 0 ? { reason: 'mute_time_interval', intervals } : undefined;
}

/** How many alerts each reason held back. */
export function countMuted(muted: readonly MutedAlert[]): ReadonlyMap<MuteReason, number> {
  const counts = new Map<MuteReason, number>();
  for (const { by } of muted) counts.set(by.reason, (counts.get(by.reason) ?? 0) + 1);
  return counts;
}
