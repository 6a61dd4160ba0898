import {
  type Alert,
  AlertHeads,
  type Lease,
  alertFromRecord,
  alertFromText,
  alertToRecord,
  leaseToRecord,
} from '../domain/alert/index.js';
import { type GroupState, groupToRecord } from '../domain/group/index.js';
import type { LabelPool } from '../domain/labels/index.js';
import { type Duration, type Instant, SECOND, duration, plus } from '../domain/time/index.js';
import { ByteText, type Json, type LoadedRecord, type StateRecord } from '../storage/storage.js';
import type { ReportHints } from './engine.js';
import { type Group, type KnownAlert, NOTHING } from './group.js';
import { recordOf } from './journal.js';

/**
 * What of alerts and groups goes to disk, and when.
 *
 * Its transitions always do: new, resolved, fires again, another start, other annotations. The report that it still fires
 * only moves its end, and that is written coarsely: the end on disk may lag behind the acknowledged one by `lagOf` at most.
 * restore.ts adds that again, so that no restart ever resolves an alert before its acknowledged end. What is written then is
 * not the alert again, with all its words, but a lease: its end, and when it was reported.
 *
 * Groups are written at each tick. Until the first the record of the alert that opened one says all there is to say, as long as
 * it is that alert's first: group_wait counts from then (restore.ts).
 *
 * Keeps: a record exists exactly for the alerts that fire or of which some group has still to tell; a lease only beside a
 * record that was written before it and differs from it in nothing else; for a group that was opened in another way, or whose
 * alerts were written anew before its first tick was over, a record of its own.
 */
/** A `meta` record that stands while the process is down after a stop in good order: what is on disk is exact. */
export const STOPPED = 'stopped';

const LONGEST_LAG: Duration = duration(150 * SECOND);

export class StateRecords {
  readonly #heads = new AlertHeads();

  constructor(private readonly isKept: boolean) {}

  /** Adds what there is to write after a report, with the report's own text where that is at hand. */
  addReport(changes: StateRecord[], known: KnownAlert, now: Instant, report?: ReportHints, index = 0): void {
    if (!this.isKept) return;
    if (hasNews(known, now)) {
      if (report === undefined || known.left.length > 0) return this.addAlert(changes, known, now);
      // Just reported: it has not ended, and nothing is guessed about its end.
      const { start, end } = report.placeOf(index);
      const text = new ByteText(this.#heads.of(known.alert), report.bytes, start, end);
      this.#add(changes, known, text, now);
    } else if (isFarBehind(known)) this.#addLease(changes, known, now);
  }

  addAlert(changes: StateRecord[], known: KnownAlert, now: Instant): void {
    const { hasEnded, lag, left } = known;
    const value = {
      ...alertToRecord(known.alert),
      ...(hasEnded ? { x: true } : {}),
      ...(lag > 0 ? { p: lag } : {}),
      ...(left.length > 0 ? { d: left } : {}),
    };
    this.#add(changes, known, value, now);
  }

  addRemoval(changes: StateRecord[], known: KnownAlert, now: Instant): void {
    this.#add(changes, known, undefined, now);
    known.saved = undefined;
  }

  /** For a stop that says goodbye: adds what the disk does not know exactly, be it only by a lease. */
  addRest(changes: StateRecord[], known: KnownAlert, now: Instant): void {
    const { alert, saved, lag } = known;
    if (!this.isKept || saved === undefined || (saved === alert && lag === 0)) return;
    if (lag > 0 || hasNews(known, now)) this.addAlert(changes, known, now);
    else this.#addLease(changes, known, now);
  }

  #add(changes: StateRecord[], known: KnownAlert, value: StateRecord['value'], now: Instant): void {
    const { fingerprint, groups, saved } = known;
    known.saved = known.alert;
    changes.push(recordOf('alert', fingerprint, value, now));
    if (known.isLeased) changes.push(recordOf('lease', fingerprint, undefined, now));
    known.isLeased = false;
    // From the new record nobody can tell any more when it opened a group.
    if (saved !== undefined && value !== undefined)
      for (const group of groups) if (!group.isSaved) changes.push(...this.ofGroup(group, now, firstState(group, now)));
  }

  #addLease(changes: StateRecord[], known: KnownAlert, now: Instant): void {
    known.saved = known.alert;
    known.isLeased = true;
    changes.push(recordOf('lease', known.fingerprint, leaseToRecord(known.alert), now));
  }

  /** Adds a group that the alert has just opened, unless the alert's own record will tell of it. */
  addOpened(changes: StateRecord[], group: Group, { saved }: KnownAlert, now: Instant): void {
    const isTold = saved === undefined && group.at >= plus(now, group.route.groupWait);
    if (!isTold) changes.push(...this.ofGroup(group, now));
  }

  /** None when groups are not kept. */
  ofGroup(group: Group, now: Instant, state = group.state()): readonly StateRecord[] {
    if (!this.isKept) return NOTHING;
    group.isSaved = true;
    return [recordOf('group', group.id, groupToRecord(state), now)];
  }

  groupRemoval(group: Group, now: Instant): readonly StateRecord[] {
    return group.isSaved ? [recordOf('group', group.id, undefined, now)] : NOTHING;
  }
}

/** One that is told for the first time just now is due until that is over: the process may die before. */
const firstState = (group: Group, now: Instant): GroupState =>
  group.flushed ? { ...group.state(), nextFlushAt: now, flushed: false } : group.state();

/** More than that it still fires. */
function hasNews({ alert, saved, hasEnded, left }: KnownAlert, now: Instant): boolean {
  if (!saved || hasEnded || left.length > 0) return true;
  if (alert.endsAt.at <= now || saved.endsAt.at <= now || alert.endsAt.at < saved.endsAt.at) return true;
  if (alert.startsAt.at !== saved.startsAt.at || alert.timeout !== saved.timeout) return true;
  return alert.generatorURL !== saved.generatorURL || !alert.annotations.equals(saved.annotations);
}

const isFarBehind = ({ alert, saved }: KnownAlert): boolean =>
  saved !== undefined && alert.endsAt.at - saved.endsAt.at > lagOf(saved);

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
export function keptAlertFrom(record: LoadedRecord, pool: LabelPool, lease: Lease | undefined): KeptAlert | undefined {
  const kept = readAlert(record.value, pool);
  kept?.alert.labels.rememberFingerprint(record.key);
  // What was guessed about its end before is settled by who reported it since.
  return kept && lease ? { ...kept, alert: { ...kept.alert, ...lease }, lag: duration(0) } : kept;
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
