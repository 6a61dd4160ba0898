import type { MetricRegistry } from './registry.js';

const V2 = [{ version: 'v2' as const }];

/** What the API, the alert store and the dispatcher count. */
export const alertMetrics = (registry: MetricRegistry, features: { alertNames: boolean; groupKeys: boolean }) => ({
  /** Firing alerts in groups, each once with its strongest state. Set as a whole by whoever knows all groups. */
  current: registry.gauge<'state' | 'group_key'>(
    'alertmanager_alerts',
    'Firing alerts in groups by state.',
    features.groupKeys ? ['state', 'group_key'] : ['state'],
  ),
  received: registry.counter(
    'alertmanager_alerts_received_total',
    'Alerts that were posted, by what they said.',
    ['status', 'version'],
    [
      { status: 'firing', version: 'v2' },
      { status: 'resolved', version: 'v2' },
    ],
  ),
  invalid: registry.counter(
    'alertmanager_alerts_invalid_total',
    'Posted alerts that failed validation.',
    ['version'],
    V2,
  ),
  perAlertnameLimit: registry.gauge('alertmanager_alerts_per_alert_limit', 'Alerts allowed for each alert name.'),
  limited: registry.counter<'alertname'>(
    'alertmanager_alerts_limited_total',
    'Alerts dropped by the limit for each alert name.',
    features.alertNames ? ['alertname'] : [],
  ),
  subscriberWrites: registry.counter(
    'alertmanager_alerts_subscriber_channel_writes_total',
    'Alerts handed to those who listen for them.',
    ['subscriber'],
    [{ subscriber: 'dispatcher' }, { subscriber: 'inhibitor' }],
  ),
});

export const dispatcherMetrics = (registry: MetricRegistry) => ({
  groups: registry.gauge('alertmanager_dispatcher_aggregation_groups', 'Alert groups in memory.'),
  processingDuration: registry.summary(
    'alertmanager_dispatcher_alert_processing_duration_seconds',
    'Time to route and group one alert.',
  ),
  limitReached: registry.counter(
    'alertmanager_dispatcher_aggregation_group_limit_reached_total',
    'Groups that were not made because there were too many.',
  ),
  creationRetries: registry.counter(
    'alertmanager_dispatcher_aggregation_group_creation_retries_total',
    'Second tries at making a group.',
  ),
  creationGivenUp: registry.counter(
    'alertmanager_dispatcher_aggregation_group_creation_given_up_total',
    'Groups given up after all tries.',
  ),
  /** How far behind its time the oldest due group was when it was looked at. */
  lateness: registry.histogram(
    'tocsin_dispatcher_flush_lateness_seconds',
    'How much later than due groups were flushed.',
    [0.001, 0.01, 0.1, 0.5, 1, 5, 30],
  ),
});
