import { type Alert, alertFromRecord, alertFromText, alertHead, alertToRecord } from '../domain/alert/index.js';
import { groupToRecord } from '../domain/group/index.js';
import type { LabelPool } from '../domain/labels/index.js';
import { type Duration, type Instant, SECOND, duration } from '../domain/time/index.js';
import { ByteText, type Json, type LoadedRecord, type StateRecord } from '../storage/storage.js';
import type { ReportHints } from './engine.js';
import { type Group, type KnownAlert, NOTHING } from './group.js';
import { recordOf } from './journal.js';

/**
 * What of alerts and groups goes to disk, and when.
 *
 * Its transitions always do: new, resolved, fires again, another start, other annotations. The report that it still fires
 * only moves its end, and that is written coarsely: the end on disk may lag behind the acknowledged one by `lagOf` at most.
 * restore.ts adds that again, so that no restart ever resolves an alert before its acknowledged end.
 *
 * Groups are written when they are opened and at each tick.
 *
 * Keeps: a record exists exactly for the alerts that fire or of which some group has still to tell.
 */
/** A `meta` record that stands while the process is down after a stop in good order: what is on disk is exact. */
export const STOPPED = 'stopped';

const LONGEST_LAG: Duration = duration(150 * SECOND);

export class StateRecords {
  constructor(private readonly isKept: boolean) {}

  /** The record to write after a report, if there is one to write; with the report's own text where that is at hand. */
  changeOf(known: KnownAlert, now: Instant, report?: ReportHints, index = 0): StateRecord | undefined {
    if (!this.isKept || !isWorthWriting(known, now)) return undefined;
    if (report === undefined || known.left.length > 0) return this.of(known, now);
    // Just reported: it has not ended, and nothing is guessed about its end.
    known.saved = known.alert;
    const { start, end } = report.placeOf(index);
    return recordOf('alert', known.fingerprint, new ByteText(alertHead(known.alert), report.bytes, start, end), now);
  }

  of(known: KnownAlert, now: Instant): StateRecord {
    known.saved = known.alert;
    const { hasEnded, lag, left } = known;
    const value = {
      ...alertToRecord(known.alert),
      ...(hasEnded ? { x: true } : {}),
      ...(lag > 0 ? { p: lag } : {}),
      ...(left.length > 0 ? { d: left } : {}),
    };
    return recordOf('alert', known.fingerprint, value, now);
  }

  removal(known: KnownAlert, now: Instant): StateRecord {
    known.saved = undefined;
    return recordOf('alert', known.fingerprint, undefined, now);
  }

  /** None when groups are not kept. */
  ofGroup(group: Group, now: Instant): readonly StateRecord[] {
    return this.isKept ? [recordOf('group', group.id, groupToRecord(group.state()), now)] : [];
  }

  groupRemoval(group: Group, now: Instant): readonly StateRecord[] {
    return this.isKept ? [recordOf('group', group.id, undefined, now)] : [];
  }

  /** Whether the disk is behind, be it only by a lease. For a stop that says goodbye. */
  isBehind(known: KnownAlert): boolean {
    return this.isKept && known.saved !== undefined && (known.saved !== known.alert || known.lag > 0);
  }
}

function isWorthWriting({ alert, saved, hasEnded }: KnownAlert, now: Instant): boolean {
  if (!saved || hasEnded) return true;
  if (alert.endsAt.at <= now || saved.endsAt.at <= now || alert.endsAt.at < saved.endsAt.at) return true;
  if (alert.startsAt.at !== saved.startsAt.at || alert.timeout !== saved.timeout) return true;
  if (alert.generatorURL !== saved.generatorURL || !alert.annotations.equals(saved.annotations)) return true;
  return alert.endsAt.at - saved.endsAt.at > lagOf(saved);
}

/** How much later than its record says an alert may end: half of the span for which it was reported, within bounds. */
export const lagOf = (saved: Alert): Duration =>
  duration(Math.min(Math.max(saved.endsAt.at - saved.updatedAt, 0) / 2, LONGEST_LAG));

export interface KeptAlert {
  readonly alert: Alert;
  /** Its end came while the process ran. */
  readonly hasEnded: boolean;
  /** It was restored with this and not reported since. */
  readonly lag: Duration;
  readonly left: readonly string[];
}

/** Its key is the fingerprint of its labels, as it was when it was written. */
export function keptAlertFrom(record: LoadedRecord, pool: LabelPool): KeptAlert | undefined {
  const kept = readAlert(record.value, pool);
  kept?.alert.labels.rememberFingerprint(record.key);
  return kept;
}

function readAlert(value: LoadedRecord['value'], pool: LabelPool): KeptAlert | undefined {
  if (typeof value === 'string') {
    const alert = alertFromText(value, pool);
    return alert.ok ? { alert: alert.value, hasEnded: false, lag: duration(0), left: NOTHING } : undefined;
  }
  const alert = alertFromRecord(value);
  if (!alert.ok) return undefined;
  // The record was read as an object just now.
  const { x, p, d } = value as { readonly x?: Json; readonly p?: Json; readonly d?: Json };
  const left = Array.isArray(d) ? d.filter((id): id is string => typeof id === 'string') : [];
  const lag = duration(typeof p === 'number' && p > 0 ? Math.min(p, LONGEST_LAG) : 0);
  return { alert: alert.value, hasEnded: x === true, lag, left };
}
