import { compareBytes, compareLabelSets } from '../domain/labels/index.js';
import type { Matcher } from '../domain/matcher/index.js';
import type { Instant } from '../domain/time/index.js';
import type { AlertStatus, AlertView, GroupView } from './engine.js';
import { sortByFingerprint } from './fingerprint-order.js';
import type { Group, KnownAlert } from './group.js';
import type { RouteLabels } from './route-labels.js';
import type { SilenceBook } from './silences.js';
import type { WorkingSet } from './working-set.js';

/**
 * What the surfaces see: alerts and groups with their status at this very moment. Only `mutedBy` is as of the last flush.
 * An alert is shown up to and including its end, and not after.
 *
 * A list is cheap to have and costs as one reads it: the status of an alert and the alerts of a group are worked out when
 * they are first asked for, so that a reader who pauses holds up nobody, and one who filters by labels pays for what is left.
 */
export class Views {
  #sorted: readonly KnownAlert[] = [];
  #sortedVersion = -1;
  #groups: readonly Group[] = [];
  #groupsVersion = -1;

  constructor(
    private readonly working: WorkingSet,
    private readonly silences: SilenceBook,
    private readonly routeLabels: RouteLabels,
    private readonly isStrict: boolean,
  ) {}

  alerts(matchers: readonly Matcher[], now: Instant): readonly AlertView[] {
    const few = this.#few(matchers);
    return this.#show(few ? sortByFingerprint(few) : this.#byFingerprint(), now);
  }

  sortAlerts(): void {
    this.#byFingerprint();
  }

  groups(matchers: readonly Matcher[], now: Instant): readonly GroupView[] {
    const few = this.#few(matchers);
    const labelsOf = (group: Group) => this.routeLabels.ofGroup(group, now);
    const chosen = few && new Set(few);
    const membersOf = (group: Group) =>
      chosen ? group.sortedMembers().filter((known) => chosen.has(known)) : group.sortedMembers();
    const alertsOf = (group: Group) => this.#show(membersOf(group), now);
    const concerned = few && new Set(few.flatMap(({ groups }) => groups));
    const views: GroupView[] = [];
    for (const group of this.#byLabels())
      if ((!concerned || concerned.has(group)) && hasShown(group, now))
        views.push(new ShownGroup(group, labelsOf, alertsOf));
    return views;
  }

  /** What the matchers leave, when that is so little that it is worth putting in order. */
  #few(matchers: readonly Matcher[]): readonly KnownAlert[] | undefined {
    if (matchers.length === 0) return undefined;
    const found = this.working.byValue.candidates(matchers);
    return found && found.length <= this.working.alerts.size / FEW ? found : undefined;
  }

  #show(alerts: readonly KnownAlert[], now: Instant): readonly AlertView[] {
    const statusOf = (known: KnownAlert) => this.#status(known, now);
    const views: AlertView[] = [];
    for (const known of alerts) if (isShown(known, now)) views.push(new ShownAlert(known, statusOf));
    return views;
  }

  #status(known: KnownAlert, now: Instant): AlertStatus {
    const inhibitions = this.working.inhibitor.inhibitors(known.alert.labels, now);
    const silencedBy = this.silences.activeFor(known, now);
    if (inhibitions.length === 0 && silencedBy.length === 0) return CLEAR;
    const inhibitedBy = inhibitions.map(({ source }) => source);
    return {
      silencedBy,
      inhibitedBy: this.isStrict ? inhibitedBy.slice(0, 1) : inhibitedBy,
    };
  }

  #byFingerprint(): readonly KnownAlert[] {
    if (this.#sortedVersion !== this.working.membershipVersion) {
      this.#sorted = sortByFingerprint(this.working.alerts.values());
      this.#sortedVersion = this.working.membershipVersion;
    }
    return this.#sorted;
  }

  #byLabels(): readonly Group[] {
    if (this.#groupsVersion !== this.working.groupsVersion) {
      this.#groups = [...this.working.groups.values()].sort(compareGroups);
      this.#groupsVersion = this.working.groupsVersion;
    }
    return this.#groups;
  }
}

/** One of so many alerts, at most. */
const FEW = 8;

const CLEAR: AlertStatus = { silencedBy: [], inhibitedBy: [] };

class ShownAlert implements AlertView {
  readonly alert;
  readonly receivers;
  readonly #known: KnownAlert;
  readonly #statusOf: (known: KnownAlert) => AlertStatus;
  #status: AlertStatus | undefined;

  constructor(known: KnownAlert, statusOf: (known: KnownAlert) => AlertStatus) {
    this.alert = known.alert;
    this.receivers = known.receivers;
    this.#known = known;
    this.#statusOf = statusOf;
  }

  get status(): AlertStatus {
    return (this.#status ??= this.#statusOf(this.#known));
  }
}

class ShownGroup implements GroupView {
  readonly routeId;
  readonly groupKey;
  readonly receiver;
  readonly labels;
  readonly mutedBy;
  #alerts: readonly AlertView[] | undefined;

  constructor(
    private readonly group: Group,
    private readonly labelsOf: (group: Group) => GroupView['routeLabels'],
    private readonly alertsOf: (group: Group) => readonly AlertView[],
  ) {
    const { route, key, labels, mutedBy } = group;
    this.routeId = route.id;
    this.groupKey = key;
    this.receiver = route.receiver;
    this.labels = labels;
    this.mutedBy = mutedBy;
  }

  get routeLabels(): GroupView['routeLabels'] {
    return this.labelsOf(this.group);
  }

  get alerts(): readonly AlertView[] {
    return (this.#alerts ??= this.alertsOf(this.group));
  }
}

const compareGroups = (a: Group, b: Group): number =>
  compareLabelSets(a.labels, b.labels) || compareBytes(a.route.receiver, b.route.receiver);

const isShown = ({ alert }: KnownAlert, now: Instant): boolean => alert.endsAt.at >= now;

function hasShown(group: Group, now: Instant): boolean {
  for (const known of group.members.keys()) if (isShown(known, now)) return true;
  return false;
}
