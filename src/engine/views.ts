import { compareBytes, compareLabelSets } from '../domain/labels/index.js';
import type { Instant } from '../domain/time/index.js';
import type { AlertStatus, AlertView, GroupView } from './engine.js';
import type { Group, KnownAlert } from './group.js';
import type { RouteLabels } from './route-labels.js';
import type { SilenceBook } from './silences.js';
import type { WorkingSet } from './working-set.js';

/**
 * What the surfaces see: alerts and groups with their status at this very moment. Only `mutedBy` is as of the last flush.
 * An alert is shown up to and including its end, and not after.
 */
export class Views {
  #sorted: readonly KnownAlert[] = [];
  #sortedVersion = -1;

  constructor(
    private readonly working: WorkingSet,
    private readonly silences: SilenceBook,
    private readonly routeLabels: RouteLabels,
    private readonly isStrict: boolean,
  ) {}

  alerts(now: Instant): readonly AlertView[] {
    return this.#byFingerprint()
      .filter((known) => isShown(known, now))
      .map((known) => this.#alert(known, now));
  }

  groups(now: Instant): readonly GroupView[] {
    const views: GroupView[] = [];
    for (const group of this.working.groups.values()) {
      const members = group.sortedMembers().filter((known) => isShown(known, now));
      if (members.length > 0) views.push(this.#group(group, members, now));
    }
    return views.sort((a, b) => compareLabelSets(a.labels, b.labels) || compareBytes(a.receiver, b.receiver));
  }

  #group(group: Group, members: readonly KnownAlert[], now: Instant): GroupView {
    const { route, key, labels, mutedBy } = group;
    return {
      routeId: route.id,
      groupKey: key,
      receiver: route.receiver,
      labels,
      routeLabels: this.routeLabels.ofGroup(group, now),
      alerts: members.map((known) => this.#alert(known, now)),
      mutedBy,
    };
  }

  #alert(known: KnownAlert, now: Instant): AlertView {
    return { alert: known.alert, status: this.#status(known, now), receivers: known.receivers };
  }

  #status(known: KnownAlert, now: Instant): AlertStatus {
    const inhibitedBy = this.working.inhibitor.inhibitors(known.alert.labels, now).map(({ source }) => source);
    return {
      silencedBy: this.silences.activeAmong(known.silenceIds, now),
      inhibitedBy: this.isStrict ? inhibitedBy.slice(0, 1) : inhibitedBy,
    };
  }

  #byFingerprint(): readonly KnownAlert[] {
    if (this.#sortedVersion !== this.working.membershipVersion) {
      this.#sorted = [...this.working.alerts.values()].sort((a, b) => compareBytes(a.fingerprint, b.fingerprint));
      this.#sortedVersion = this.working.membershipVersion;
    }
    return this.#sorted;
  }
}

const isShown = ({ alert }: KnownAlert, now: Instant): boolean => alert.endsAt.at >= now;
