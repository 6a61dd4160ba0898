import type { Alert } from '../domain/alert/index.js';
import type { LabelSet } from '../domain/labels/index.js';
import { renderRouteLabels } from '../domain/template/index.js';
import type { Instant } from '../domain/time/index.js';
import type { EngineContext } from './context.js';
import type { Group } from './group.js';
import type { WorkingSet } from './working-set.js';

/**
 * The labels of a route, rendered for one group: against the batch of a flush, or, for listings, against what the group
 * holds, which is remembered until its alerts or the configuration change.
 */
export class RouteLabels {
  readonly #listed = new WeakMap<Group, { readonly version: string; readonly labels: LabelSet }>();

  constructor(
    private readonly context: Pick<EngineContext, 'log' | 'options'>,
    private readonly working: WorkingSet,
  ) {}

  ofBatch(group: Group, alerts: readonly Alert[], now: Instant): LabelSet {
    const { route, key, labels } = group;
    if (route.labels.size === 0) return route.labels;
    const notification = {
      receiver: route.receiver,
      groupKey: key,
      groupLabels: labels,
      routeLabels: route.labels,
      reason: 'unknown' as const,
      alerts,
      flushedAt: now,
      externalURL: this.context.options.externalURL,
      data: {},
    };
    const rendered = renderRouteLabels(route.labels, notification, this.working.ruleset.templates, now);
    for (const { name, message } of rendered.failures)
      this.context.log.error('Rendering a route label failed', { aggrGroup: key, label: name, err: message });
    return rendered.labels;
  }

  ofGroup(group: Group, now: Instant): LabelSet {
    if (group.route.labels.size === 0) return group.route.labels;
    const version = `${this.working.rulesetVersion} ${group.version}`;
    const known = this.#listed.get(group);
    if (known?.version === version) return known.labels;
    const alerts = group.sortedMembers().map(({ alert }) => alert);
    const labels = this.ofBatch(group, alerts, now);
    this.#listed.set(group, { version, labels });
    return labels;
  }
}
