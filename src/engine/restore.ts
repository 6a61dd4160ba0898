import { type Alert, type Lease, leaseFromRecord } from '../domain/alert/index.js';
import { type GroupState, groupFromRecord } from '../domain/group/index.js';
import { LabelPool } from '../domain/labels/index.js';
import { type Duration, type Instant, Moment, duration, instant, plus } from '../domain/time/index.js';
import type { LoadedRecord, RecordKind, StateRecord, Storage } from '../storage/storage.js';
import { type StateRecords, type KeptAlert, STOPPED, keptAlertFrom, lagOf } from './state-records.js';
import type { EngineContext } from './context.js';
import type { Deliveries } from './deliveries.js';
import { type Group, type KnownAlert, hasLeft, join } from './group.js';
import type { Inbox } from './inbox.js';
import { recordOf } from './journal.js';
import { adoptOrphans } from './orphans.js';
import type { NotificationLog } from './notification-log.js';
import type { SilenceBook } from './silences.js';
import type { WorkingSet } from './working-set.js';

/**
 * Brings back what the disk has, as if the process had only been asleep: groups are due when they were, nothing is
 * repeated before its time, and what resolved meanwhile is told.
 *
 * The one thing that sleep changes is what we believe of ends. That an alert ended because its sender said so, or while we
 * were there to hear from the sender, is known. An end that passed while we were away proves nothing: the sender may
 * have tried to tell us that it still fires. Such an alert gets one more lease, as long as the last one, at most
 * `resolve_timeout`. After a crash the ends on disk may also lag behind what was acknowledged: an alert that is not reported
 * again is allowed so much more when its end comes.
 */
export interface RestoreParts {
  readonly storage: Storage;
  readonly working: WorkingSet;
  readonly inbox: Inbox;
  readonly silences: SilenceBook;
  readonly log: NotificationLog;
  readonly deliveries: Deliveries;
  readonly records: StateRecords;
}

export function restore(context: EngineContext, parts: RestoreParts, now: Instant): void {
  const { storage } = parts;
  parts.silences.restore(storage.load('silence'), now);
  parts.log.restore(storage.load('nflog'));
  parts.deliveries.restore(storage.load('delivery'));
  if (context.options.alertDurability === 'memory') forgetAlerts(context, storage, now);
  else restoreAlerts(context, parts, now);
}

/** They would come back as of old on the day on which the setting changes again. */
function forgetAlerts(context: EngineContext, storage: Storage, now: Instant): void {
  const removalsOf = (kind: RecordKind): StateRecord[] =>
    [...storage.load(kind)].map(({ key }) => recordOf(kind, key, undefined, now));
  context.journal.note([...removalsOf('alert'), ...removalsOf('lease'), ...removalsOf('group')]);
}

function restoreAlerts(context: EngineContext, parts: RestoreParts, now: Instant): void {
  const { storage, inbox, working } = parts;
  const changes: StateRecord[] = [];
  const pool = new LabelPool();
  const timers = new Timers(storage.load('group'));
  const leases = leasesFrom(storage.load('lease'));
  const wasStopped = [...storage.load('meta')].some(({ key }) => key === STOPPED);
  if (wasStopped) changes.push(recordOf('meta', STOPPED, undefined, now));
  for (const record of storage.load('alert')) {
    const lease = leases.get(record.key);
    const kept = keptAlertFrom(record, pool, lease);
    if (!kept) {
      context.log.error('Skipping a damaged alert', { fingerprint: record.key });
      continue;
    }
    const lag = wasStopped ? kept.lag : duration(Math.max(kept.lag, lagOf(kept.alert)));
    const believed = believedAlert(kept, lag, working.ruleset.config.resolveTimeout, now);
    const known = inbox.restore(believed, now);
    known.saved = kept.alert;
    known.isLeased = lease !== undefined;
    if (lease) leases.delete(record.key);
    known.hasEnded = kept.hasEnded;
    known.left = kept.left;
    if (believed === kept.alert && !kept.hasEnded && lag > 0) working.allow(known, lag);
    rejoin(working, known, timers, wasStopped ? undefined : record.updatedAt, now);
  }
  // What is left belongs to no alert, or nobody can read it.
  for (const key of leases.keys()) changes.push(recordOf('lease', key, undefined, now));
  for (const group of working.groups.values())
    if (wasStopped || group.isSaved) changes.push(...parts.records.ofGroup(group, now));
  const alive = new Set(changes.filter(({ kind }) => kind === 'group').map(({ key }) => key));
  for (const key of timers.ids) if (!alive.has(key)) changes.push(recordOf('group', key, undefined, now));
  changes.push(...adoptOrphans(working, parts, now));
  context.journal.note(changes);
}

function believedAlert({ alert, hasEnded }: KeptAlert, lag: Duration, resolveTimeout: Duration, now: Instant): Alert {
  const { endsAt, updatedAt } = alert;
  if (hasEnded || endsAt.at <= updatedAt || endsAt.at > now) return alert;
  const lease = duration(Math.min(endsAt.at - updatedAt, resolveTimeout));
  // Not a sender's word: the next report overrules it.
  const end = instant(Math.max(plus(endsAt.at, lag), plus(now, lease)));
  return { ...alert, endsAt: Moment.of(end), timeout: true };
}

/**
 * After a crash a group without a record was opened by the first record of one of its alerts, which is the earliest of them
 * (state-records.ts). A stop in good order writes down all groups: one without a record is of another configuration.
 */
function rejoin(
  working: WorkingSet,
  known: KnownAlert,
  timers: Timers,
  writtenAt: Instant | undefined,
  now: Instant,
): void {
  for (const route of known.routes) {
    if (hasLeft(known, route)) continue;
    const group = working.groupFor(known, route, now);
    const isFirst = group.members.size === 0;
    const state = isFirst ? timers.of(group) : undefined;
    join(known, group);
    if (state) resume(working, group, state, now);
    else if (writtenAt !== undefined && !group.isSaved) {
      const dueAt = plus(instant(Math.min(writtenAt, now)), route.groupWait);
      if (isFirst || dueAt < group.at) working.schedule(group, dueAt);
    }
  }
}

function resume(working: WorkingSet, group: Group, state: GroupState, now: Instant): void {
  const { groupInterval, groupWait } = group.route;
  const latest = plus(now, state.flushed ? groupInterval : groupWait);
  working.schedule(group, instant(Math.min(state.nextFlushAt, latest)));
  group.flushed = state.flushed;
  group.mutedBy = state.mutedBy;
  group.isSaved = true;
}

const leasesFrom = (records: Iterable<LoadedRecord>): Map<string, Lease | undefined> =>
  new Map(Array.from(records, ({ key, value }) => [key, leaseFromRecord(value)]));

/** Where the groups stopped. The configuration may be another one since: then their key finds them. */
class Timers {
  readonly #byId = new Map<string, GroupState>();
  readonly #byKey = new Map<string, GroupState>();

  constructor(records: Iterable<LoadedRecord>) {
    for (const { key, value } of records) {
      const state = groupFromRecord(value);
      if (!state.ok) continue;
      this.#byId.set(key, state.value);
      this.#byKey.set(state.value.groupKey, state.value);
    }
  }

  get ids(): Iterable<string> {
    return this.#byId.keys();
  }

  of(group: Group): GroupState | undefined {
    if (this.#byId.size === 0) return undefined;
    return this.#byId.get(group.id) ?? this.#byKey.get(group.key);
  }
}
