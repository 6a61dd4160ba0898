import { type Alert, type Steps, isResolved, sortForNotification, sortInSteps } from '../domain/alert/index.js';
import { type GroupState, groupKey, groupLabels } from '../domain/group/index.js';
import { type LabelSet, SmallMap } from '../domain/labels/index.js';
import type { Route } from '../domain/route/index.js';
import { type Duration, type Instant, duration, instant } from '../domain/time/index.js';
import type { Due, Lane } from './due-queue.js';
import { NOT_YET } from './heap.js';

/**
 * Alerts and the groups that tell of them. They hold one another, so that a re-sent alert finds its groups without a
 * look-up.
 *
 * Keeps: `group.members.has(known)` exactly when `known.groups` has the group (join and leave are the only writers);
 * at most one flush of a group under way, and what falls due meanwhile is looked at right after it.
 */

/** What the last flush of a group made of an alert. Feeds `alertmanager_alerts`. */
export type MemberState = 'unprocessed' | 'active' | 'suppressed';

/** One list for the many that have nothing in it. */
export const NOTHING: readonly never[] = [];

/** Waits in the due-queue for its own end; the entry may be early, as an alert that is re-sent moves nothing. */
export class KnownAlert implements Due {
  at = NOT_YET;
  place = -1;
  turn = 0;

  routes: readonly Route[] = NOTHING;
  /** Of the routes, in tree order, duplicates included. */
  receivers: readonly string[] = NOTHING;
  /** Those that still have to tell of it. */
  groups: readonly Group[] = NOTHING;
  /** Ids of the groups it is routed to that have told of its end. Empty while it fires. */
  left: readonly string[] = NOTHING;
  /** Ids of the silences that match it, pending and active ones alike. SilenceBook alone reads and writes these two. */
  silenceIds: readonly string[] = NOTHING;
  /** How many silences had been added when that was true. */
  silencesSeen = -1;
  /** What the disk has. */
  saved: Alert | undefined;
  /** Whether it has a part of that as a lease. StateRecords alone writes it, and who brings back what the disk has. */
  isLeased = false;
  /** By how much its end may lag behind what was acknowledged, after a crash and until it is reported again. */
  lag: Duration = duration(0);
  /** The end came while we were there to see it. */
  hasEnded = false;

  /** AlertTable alone reads and writes it. */
  slot = -1;

  constructor(
    public alert: Alert,
    private readonly onEnd: (known: KnownAlert, now: Instant) => void,
  ) {}

  get fingerprint(): string {
    return this.alert.labels.fingerprint;
  }

  get lane(): Lane {
    return 'transition';
  }

  get what(): string {
    return `end of alert ${this.fingerprint}`;
  }

  isResolved(now: Instant): boolean {
    return isResolved(this.alert, now);
  }

  run(now: Instant): void {
    this.onEnd(this, now);
  }
}

/** Waits in the due-queue for its next flush. */
export class Group implements Due {
  at = NOT_YET;
  place = -1;
  turn = 0;

  readonly members = new SmallMap<KnownAlert, MemberState>();
  /** The groups of an alert that is in no other, which most are. */
  readonly alone: readonly Group[] = [this];
  /** Names of the time intervals that muted it at its last flush. */
  mutedBy: readonly string[] = NOTHING;
  /** Whether group_wait is over. */
  flushed = false;
  /** The flush that is under way. */
  flight: Promise<void> | undefined;
  isTickPending = false;
  /** Made by the first, which few have. */
  #waitsFor: Set<Group> | undefined;
  /** Grows with every change of its alerts. */
  version = 0;
  /** `members` in notification order, until one comes or goes: their labels, and with them the order, never change. */
  sorted: readonly KnownAlert[] | undefined;
  /** What leads to that, while it is made step by step. */
  #sorting: Steps<readonly KnownAlert[]> | undefined;

  /** GroupTable alone writes it. */
  isListed = false;
  /** Whether the disk has a record of it. StateRecords alone writes it, and who brings back what the disk has. */
  isSaved = false;

  #route: Route;
  /** Of an alert that belongs to it, until its own are asked for. */
  #source: LabelSet;
  #labels: LabelSet | undefined;
  #key: string | undefined;
  #id: string | undefined;

  constructor(
    route: Route,
    alertLabels: LabelSet,
    private readonly onDue: (group: Group, now: Instant) => void,
  ) {
    this.#route = route;
    this.#source = alertLabels;
  }

  get route(): Route {
    return this.#route;
  }

  /** A reload has put another one in its place, which may group by other labels: its name stays. */
  moveTo(route: Route): void {
    this.#key = this.key;
    this.#route = route;
    this.#id = undefined;
  }

  /** Among which are those by which it is grouped. */
  get source(): LabelSet {
    return this.#source;
  }

  get labels(): LabelSet {
    if (this.#labels === undefined) this.#source = this.#labels = groupLabels(this.#route, this.#source);
    return this.#labels;
  }

  get key(): string {
    return (this.#key ??= groupKey(this.#route, this.labels));
  }

  /** Unlike the key it tells siblings with the same matchers apart. */
  get id(): string {
    return (this.#id ??= groupId(this.#route, this.key));
  }

  /** Groups whose alerts came here at a reload while they were being flushed: what those tell counts for this one. */
  get waitsFor(): ReadonlySet<Group> {
    return this.#waitsFor ?? NOBODY;
  }

  waitFor(other: Group): void {
    (this.#waitsFor ??= new Set()).add(other);
  }

  stopWaitingFor(other: Group): void {
    this.#waitsFor?.delete(other);
  }

  get lane(): Lane {
    return 'work';
  }

  get what(): string {
    return `flush of group ${this.key}`;
  }

  /** In notification order. */
  sortedMembers(): readonly KnownAlert[] {
    if (this.sorted) return this.sorted;
    this.#sorting = undefined;
    this.sorted =
      this.members.size === 1 ? [...this.members.keys()] : sortForNotification(this.members.keys(), alertOf);
    return this.sorted;
  }

  get isSorting(): boolean {
    return this.#sorting !== undefined;
  }

  /** One step on the way to that. */
  sortOn(): void {
    this.#sorting ??= sortInSteps(this.members.keys(), alertOf);
    const { done, value } = this.#sorting.next();
    if (!done) return;
    this.sorted = value;
    this.#sorting = undefined;
  }

  /** Some alert came or went. */
  unsort(): void {
    this.sorted = this.#sorting = undefined;
  }

  state(): GroupState {
    return {
      routeId: this.route.id,
      groupKey: this.key,
      labels: this.labels,
      nextFlushAt: instant(this.at),
      flushed: this.flushed,
      mutedBy: this.mutedBy,
    };
  }

  run(now: Instant): void {
    this.onDue(this, now);
  }
}

const alertOf = ({ alert }: KnownAlert): Alert => alert;

const NOBODY: ReadonlySet<Group> = new Set();

/** The key of a group's record, and its place in the working set. */
export const groupId = (route: Pick<Route, 'id'>, key: string): string => `${route.id} ${key}`;

/** Whether the group it is routed to has told of its end. */
export const hasLeft = ({ left, alert }: KnownAlert, route: Route): boolean =>
  left.length > 0 && left.includes(groupId(route, groupKey(route, groupLabels(route, alert.labels))));

export function join(known: KnownAlert, group: Group): void {
  if (!group.members.has(known)) {
    known.groups = known.groups.length === 0 ? group.alone : [...known.groups, group];
    group.members.set(known, 'unprocessed');
    group.unsort();
  }
  group.version++;
}

export function leave(known: KnownAlert, group: Group): void {
  if (group.members.delete(known)) known.groups = known.groups.filter((other) => other !== group);
  group.unsort();
  group.version++;
}
