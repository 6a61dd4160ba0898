import type { Alert } from '../domain/alert/index.js';
import { firstFlushAt } from '../domain/group/index.js';
import { type Inhibitor, createInhibitor } from '../domain/inhibit/index.js';
import type { LabelSet } from '../domain/labels/index.js';
import type { Route } from '../domain/route/index.js';
import type { Ruleset } from '../domain/ruleset/index.js';
import { type Duration, type Instant, duration, instant } from '../domain/time/index.js';
import { AlertTable } from './alert-table.js';
import { AlertsByValue } from './alerts-by-value.js';
import type { DueQueue } from './due-queue.js';
import { type Group, KnownAlert, NOTHING, join, leave } from './group.js';
import { GroupTable } from './group-table.js';
import { NOT_YET } from './heap.js';

/**
 * All alerts and groups in memory, under the configuration that is in force.
 *
 * Keeps: an alert is routed once for each configuration, and its end waits in the queue as long as it is to come.
 */
export interface WorkingSetDeps {
  readonly queue: DueQueue;
  /** No group is flushed before (`--dispatch.start-delay`). */
  readonly startAt: Instant;
  readonly onEnd: (known: KnownAlert, now: Instant) => void;
  readonly onDue: (group: Group, now: Instant) => void;
}

export class WorkingSet {
  readonly alerts = new AlertTable();
  readonly byValue = new AlertsByValue(() => this.alerts.values());
  readonly groups: GroupTable;
  /** Grows when an alert comes, goes or changes, or a group does. */
  alertsVersion = 0;
  /** Grows when an alert may have another status, be it by time alone. */
  statusVersion = 0;
  /** Grows when an alert comes or goes. */
  membershipVersion = 0;
  /** Grows when a group comes or goes. */
  groupsVersion = 0;
  rulesetVersion = 0;
  inhibitor: Inhibitor;

  constructor(
    public ruleset: Ruleset,
    private readonly deps: WorkingSetDeps,
  ) {
    this.groups = new GroupTable(deps.onDue);
    this.inhibitor = createInhibitor(ruleset.inhibitRules);
  }

  find(labels: LabelSet): KnownAlert | undefined {
    return this.alerts.get(labels.fingerprint);
  }

  /** Takes in a new alert, or a new state of one that is known. Groups are the caller's business. */
  put(alert: Alert, now: Instant, known: KnownAlert | undefined): KnownAlert {
    const kept = known ?? this.#add(alert);
    kept.alert = alert;
    kept.hasEnded = false;
    kept.lag = duration(0);
    this.#waitForEnd(kept);
    if (known) this.inhibitor.observe(alert.labels, alert.endsAt.at, now);
    else this.inhibitor.add(alert.labels, alert.endsAt.at, now);
    this.#changed();
    return kept;
  }

  /** Its end may turn out to be later. It is asked at the very end, before anybody sees the alert as resolved. */
  allow(known: KnownAlert, lag: Duration): void {
    if (known.alert.endsAt.at <= known.alert.updatedAt) return;
    known.lag = lag;
    this.deps.queue.set(known, known.alert.endsAt.at);
  }

  /** Puts the alert into the groups of all its routes. The groups that had to be opened. */
  group(known: KnownAlert, now: Instant): readonly Group[] {
    known.left = NOTHING;
    if (known.groups.length === known.routes.length) {
      // It is in all of them, and only what they show of it has changed.
      for (const group of known.groups) group.version++;
      return NOTHING;
    }
    let opened: readonly Group[] = NOTHING;
    for (const route of known.routes) {
      const group = this.groupFor(known, route, now);
      if (group.members.size === 0) opened = opened.length === 0 ? group.alone : [...opened, group];
      join(known, group);
    }
    return opened;
  }

  /** The group of an alert below a route, opened if need be. */
  groupFor(known: KnownAlert, route: Route, now: Instant): Group {
    const group = this.groups.groupOf(route, known.alert.labels);
    if (group.at === NOT_YET) this.#open(group, firstFlushAt(known.alert, route, now));
    return group;
  }

  schedule(group: Group, at: Instant): void {
    this.deps.queue.set(group, instant(Math.max(at, this.deps.startAt)));
  }

  close(group: Group): void {
    this.groups.remove(group);
    this.deps.queue.remove(group);
    this.groupsVersion++;
    for (const known of group.members.keys()) leave(known, group);
    this.#changed();
  }

  forget(known: KnownAlert): void {
    this.deps.queue.remove(known);
    this.alerts.delete(known);
    this.byValue.remove(known);
    this.membershipVersion++;
    this.inhibitor.forget(known.alert.labels);
    this.#changed();
  }

  /** Works out anew where an alert goes. */
  route(known: KnownAlert): void {
    known.routes = this.ruleset.routes.match(known.alert.labels);
    known.receivers = receiversOf(known.routes);
  }

  useRuleset(ruleset: Ruleset, now: Instant): void {
    this.ruleset = ruleset;
    this.rulesetVersion++;
    this.inhibitor = createInhibitor(ruleset.inhibitRules);
    for (const known of this.alerts.values()) {
      this.inhibitor.add(known.alert.labels, known.alert.endsAt.at, now);
      this.route(known);
    }
    this.#changed();
  }

  forgetSilences(ids: ReadonlySet<string>): void {
    for (const known of this.alerts.values())
      if (known.silenceIds.some((id) => ids.has(id))) known.silenceIds = known.silenceIds.filter((id) => !ids.has(id));
  }

  statusChanged(): void {
    this.statusVersion++;
  }

  #add(alert: Alert): KnownAlert {
    const known = new KnownAlert(alert, this.deps.onEnd);
    this.alerts.add(known);
    this.byValue.add(known);
    this.membershipVersion++;
    this.route(known);
    return known;
  }

  /** One that was made just now. */
  #open(group: Group, dueAt: Instant): void {
    this.groupsVersion++;
    this.schedule(group, dueAt);
  }

  /** The entry that waits may be early, not late. Listings still show an alert at its very end, so it is due right after. */
  #waitForEnd(known: KnownAlert): void {
    const { queue } = this.deps;
    const at = endDueAt(known.alert);
    if (!queue.isWaiting(known) || at < known.at) queue.set(known, at);
  }

  #changed(): void {
    this.alertsVersion++;
    this.statusVersion++;
  }
}

/** Routes that were found together stay together in one list, and so do their receivers. */
const receiversByRoutes = new WeakMap<readonly Route[], readonly string[]>();

function receiversOf(routes: readonly Route[]): readonly string[] {
  const known = receiversByRoutes.get(routes);
  if (known) return known;
  const receivers = routes.map(({ receiver }) => receiver);
  receiversByRoutes.set(routes, receivers);
  return receivers;
}

export const endDueAt = ({ endsAt }: Alert): Instant => instant(Math.floor(endsAt.at) + 1);
