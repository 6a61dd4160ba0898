import type { Alert } from '../domain/alert/index.js';
import { nextFlushAt } from '../domain/group/index.js';
import {
  type FlushDecision,
  type MutedAlert,
  type TellDecision,
  countMuted,
  decideFlush,
  settleFlush,
} from '../domain/notify/index.js';
import { type Instant, instant } from '../domain/time/index.js';
import type { StateRecord } from '../storage/storage.js';
import type { StateRecords } from './state-records.js';
import type { EngineContext } from './context.js';
import type { Deliveries } from './deliveries.js';
import { type Group, type KnownAlert, leave } from './group.js';
import { GroupWorld, integrationsOf } from './group-world.js';
import type { NotificationLog } from './notification-log.js';
import type { SendFailure, Sender } from './sender.js';
import type { SilenceBook } from './silences.js';
import type { WorkingSet } from './working-set.js';

/**
 * What happens when a group is due.
 *
 * All judgements of one flush are made at one go and with one `now`; only the sending takes time. The next tick is
 * set before that, and one that falls due while a send is under way is looked at right after it.
 *
 * Alertmanager: aggrGroup.run and flush; reference "pipeline", 4.1 and 4.3.
 */
export interface FlushParts {
  readonly working: WorkingSet;
  readonly silences: SilenceBook;
  readonly log: NotificationLog;
  readonly deliveries: Deliveries;
  readonly sender: Sender;
  readonly records: StateRecords;
}

const LARGE_GROUP = 1_000;

export class Flusher {
  readonly #flights = new Set<Promise<void>>();
  /** Those who have to know when a group's flush has ended. */
  readonly #landings = new Map<Group, ((now: Instant) => void)[]>();
  /** Large groups that are being put in order for the flush that comes next, or were. */
  readonly #ordered = new WeakSet<Group>();
  /**
   * What the last flush was judged by. Nobody reads it: what the compiler has made for objects of a kind is thrown away when the
   * collector finds none of them, and this kind is gone with each flush.
   */
  world: GroupWorld | undefined;
  #isStopped = false;

  constructor(
    private readonly context: EngineContext,
    private readonly parts: FlushParts,
  ) {}

  get isSending(): boolean {
    return this.#flights.size > 0;
  }

  tick(group: Group, now: Instant): void {
    if (group.flight || group.waitsFor.size > 0) {
      group.isTickPending = true;
      return;
    }
    if (this.#putInOrder(group)) return;
    this.context.metrics.dispatcher.lateness.observe(Math.max(now - group.at, 0) / 1_000);
    group.isTickPending = false;
    group.flushed = true;
    this.parts.working.schedule(group, nextFlushAt(now, group.route, now));
    this.#flush(group, now);
  }

  /**
   * Whether that was all for now. To put ten thousand alerts in order takes some twenty milliseconds, and to judge them ten more:
   * a large group is due again right after each step of the first. It begins once, whatever comes or goes meanwhile.
   */
  #putInOrder(group: Group): boolean {
    const isOver = group.sorted !== undefined || (this.#ordered.has(group) && !group.isSorting);
    if (isOver || group.members.size < LARGE_GROUP) {
      this.#ordered.delete(group);
      return false;
    }
    this.#ordered.add(group);
    group.sortOn();
    this.parts.working.schedule(group, instant(group.at));
    return true;
  }

  /** Calls when the flush that is under way has ended and its outcome is logged. */
  whenLanded(group: Group, call: (now: Instant) => void): void {
    this.#landings.set(group, [...(this.#landings.get(group) ?? []), call]);
  }

  /** A tick that had to wait is looked at now. */
  catchUp(group: Group, now: Instant): void {
    if (group.isTickPending && group.isListed && !this.#isStopped) this.tick(group, now);
  }

  /** Resolves when no flush is under way; none that waited for its turn begins. */
  async land(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#flights);
  }

  #flush(group: Group, now: Instant): void {
    // In the order of notifications, which is worked out anew only when alerts come or go.
    const members = group.sortedMembers();
    const alerts = alertsOf(members);
    this.world = new GroupWorld(this.parts, group, alerts, this.context.options.strict, now);
    const decision = decideFlush({ route: group.route, alerts }, this.world, now);
    this.#mark(group, members, decision);
    const tells = tellsOf(decision);
    if (tells.length > 0) {
      group.flight = this.#fly(group, members, decision, tells);
      this.#flights.add(group.flight);
      return;
    }
    this.#settle(group, members, decision, now);
    this.#keepTimer(group, now);
  }

  /**
   * Only when a flush is over does the disk learn of the next tick: a process that dies in between finds the group due, so
   * that what was about to be told is told after the start and not an interval later.
   */
  #keepTimer(group: Group, now: Instant): void {
    if (group.isListed) this.context.journal.note(this.parts.records.ofGroup(group, now));
  }

  close(group: Group, now: Instant): readonly StateRecord[] {
    const { records, working } = this.parts;
    const { isListed } = group;
    working.close(group);
    return isListed ? records.groupRemoval(group, now) : [];
  }

  /** Never over before it is noted as the group's flight: telling takes at least a turn. */
  async #fly(
    group: Group,
    members: readonly KnownAlert[],
    decision: FlushDecision,
    tells: readonly TellDecision[],
  ): Promise<void> {
    const { clock, log } = this.context;
    try {
      const failures = await this.parts.sender.tellAll(group, decision, tells);
      if (failures.length === 0) this.#settle(group, members, decision, clock.now());
      else this.#logFailures(group, decision, failures);
    } catch (error) {
      log.error('Flush failed unexpectedly', { aggrGroup: group.key, err: error });
    }
    this.#touchDown(group, clock.now());
  }

  #touchDown(group: Group, now: Instant): void {
    if (group.flight) this.#flights.delete(group.flight);
    group.flight = undefined;
    this.#keepTimer(group, now);
    const landings = this.#landings.get(group);
    if (landings) {
      for (const call of landings) call(now);
      this.#landings.delete(group);
    }
    this.catchUp(group, now);
  }

  /** What listings and figures show until the next flush. */
  #mark(group: Group, members: readonly KnownAlert[], decision: FlushDecision): void {
    for (const known of members) group.members.set(known, 'active');
    if (decision.muted.length > 0) this.#markMuted(group, members, decision.muted);
    const { mutedBy } = decision;
    if (mutedBy === undefined || isSameList(mutedBy, group.mutedBy)) return;
    group.mutedBy = mutedBy;
    this.parts.working.statusChanged();
  }

  #markMuted(group: Group, members: readonly KnownAlert[], muted: readonly MutedAlert[]): void {
    const held = new Set(muted.map(({ alert }) => alert.labels.fingerprint));
    for (const known of members) if (held.has(known.fingerprint)) group.members.set(known, 'suppressed');
    for (const [reason, count] of countMuted(muted))
      this.context.metrics.notifications.suppressed.inc({ reason }, count);
  }

  /** All that had to be told is told: what has resolved leaves, and a group with nothing in it is over. */
  #settle(group: Group, members: readonly KnownAlert[], decision: FlushDecision, now: Instant): void {
    if (decision.alerts.every(({ endsAt }) => endsAt.isZero) && group.members.size > 0) return;
    const told = new Map(members.map((known) => [known.fingerprint, known]));
    const judged = new Set(decision.alerts);
    const changes: StateRecord[] = [];
    for (const fingerprint of settleFlush(decision, (fingerprint) => told.get(fingerprint)?.alert)) {
      const known = told.get(fingerprint);
      // Two reports within one millisecond: only the one that was judged is told.
      if (!known || !judged.has(known.alert) || !group.members.has(known)) continue;
      leave(known, group);
      this.parts.working.alertsVersion++;
      known.left = [...known.left, group.id];
      if (known.saved) this.#addGone(changes, known, now);
      if (known.groups.length === 0) this.#forget(known);
    }
    if (group.members.size === 0) changes.push(...this.#forgetLog(group, now), ...this.close(group, now));
    this.context.journal.note(changes);
  }

  /** Nobody has anything left to tell of it. Alertmanager's own clean-up may come as soon as this, or half an hour later. */
  #forget(known: KnownAlert): void {
    if (!this.context.options.strict) this.parts.working.forget(known);
  }

  /**
   * An entry by which nothing fires says no more than none at all (reference "pipeline", section 10), but for what is
   * owed. Somebody may still wait to take it over.
   */
  #forgetLog(group: Group, now: Instant): readonly StateRecord[] {
    const { log, working } = this.parts;
    if (this.context.options.strict || this.#landings.has(group)) return [];
    const receiver = working.ruleset.receivers.get(group.route.receiver);
    return integrationsOf(receiver).flatMap(({ ref }) => {
      const entry = log.peek(group.key, ref);
      const isSpent = entry && entry.firing.length === 0 && (entry.owed ?? []).length === 0;
      return isSpent ? [log.remove(group.key, ref, now)] : [];
    });
  }

  #addGone(changes: StateRecord[], known: KnownAlert, now: Instant): void {
    const { records } = this.parts;
    if (known.groups.length === 0) records.addRemoval(changes, known, now);
    else records.addAlert(changes, known, now);
  }

  #logFailures(group: Group, decision: FlushDecision, failures: readonly SendFailure[]): void {
    const fields = {
      aggrGroup: group.key,
      num_alerts: decision.alerts.length,
      err: failures.map(({ message }) => message).join('; '),
    };
    const { log } = this.context;
    if (failures.every(({ isCancelled }) => isCancelled)) log.debug('Notify for alerts failed', fields);
    else log.error('Notify for alerts failed', fields);
  }
}

// Filled one by one: decide-flush.ts says why.

function alertsOf(members: readonly KnownAlert[]): readonly Alert[] {
  const alerts: Alert[] = [];
  for (let i = 0; i < members.length; i++) alerts.push((members[i] as KnownAlert).alert);
  return alerts;
}

function tellsOf({ integrations }: FlushDecision): readonly TellDecision[] {
  const tells: TellDecision[] = [];
  for (const decision of integrations) if (decision.action !== 'skip') tells.push(decision);
  return tells;
}

const isSameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, place) => text === b[place]);
