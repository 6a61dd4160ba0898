import type { Instant } from '../time/index.js';
import { type Alert, isResolved } from './alert.js';

/**
 * What is stored when an alert is reported: the new report alone, or both as one occurrence.
 *
 * Two reports are one occurrence when one begins or ends strictly inside the other. Equal boundaries do not count, so
 * what Prometheus does all day (same start, later end) is a plain replacement.
 * Alertmanager: provider/mem Put and alert.Merge; reference "pipeline", 1.1.
 */
export interface MergedAlert {
  readonly alert: Alert;
  readonly outcome: 'new' | 'replaced' | 'merged';
}

export function mergeAlerts(old: Alert | undefined, incoming: Alert, now: Instant): MergedAlert {
  if (!old) return { alert: incoming, outcome: 'new' };
  if (!isOverlapping(old, incoming)) return { alert: incoming, outcome: 'replaced' };
  return { alert: mergeReports(old, incoming, now), outcome: 'merged' };
}

function isOverlapping(old: Alert, incoming: Alert): boolean {
  const from = old.startsAt.at;
  const to = old.endsAt.at;
  const isInside = (at: Instant): boolean => at > from && at < to;
  return isInside(incoming.endsAt.at) || isInside(incoming.startsAt.at);
}

/** The younger report rules, but for the start, which is the earlier one, and for an end that was given by the sender. */
export function mergeReports(a: Alert, b: Alert, now: Instant): Alert {
  if (b.updatedAt < a.updatedAt) return mergeReports(b, a, now);
  const startsAt = a.startsAt.at < b.startsAt.at ? a.startsAt : b.startsAt;
  return { ...b, startsAt, endsAt: isEndKept(a, b, now) ? a.endsAt : b.endsAt };
}

/** Whether the end of the older report outlives that of the younger. */
function isEndKept(older: Alert, younger: Alert, now: Instant): boolean {
  if (older.endsAt.at <= younger.endsAt.at) return false;
  return isResolved(younger, now) ? isResolved(older, now) : !older.timeout;
}
