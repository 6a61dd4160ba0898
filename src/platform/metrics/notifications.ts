import type { MetricRegistry } from './registry.js';

/** Alertmanager's names of integrations, in the order in which it lists them. */
export const INTEGRATION_NAMES = [
  'email',
  'pagerduty',
  'wechat',
  'pushover',
  'slack',
  'opsgenie',
  'webhook',
  'victorops',
  'sns',
  'telegram',
  'discord',
  'webex',
  'msteams',
  'msteamsv2',
  'incidentio',
  'jira',
  'rocketchat',
  'mattermost',
] as const;

const FAILURES = [
  'other',
  'clientError',
  'serverError',
  'contextCanceled',
  'contextDeadlineExceeded',
  'authError',
  'rateLimited',
] as const;

const LATENCIES = [1, 5, 10, 15, 20];

type Who = 'integration' | 'receiver_name';

/** Which series: with `receiver-name-in-metrics` each receiver has its own. */
export interface NotificationLabels {
  readonly integration: string;
  readonly receiver_name?: string;
}

export interface NotifiedIntegration {
  readonly receiver: string;
  readonly type: string;
}

/** What delivery counts, by integration. */
export function notificationMetrics(registry: MetricRegistry, perReceiver: boolean) {
  const who: Who[] = perReceiver ? ['integration', 'receiver_name'] : ['integration'];
  const total = registry.counter<Who>('alertmanager_notifications_total', 'Notifications attempted.', who);
  const failed = registry.counter<Who | 'reason'>(
    'alertmanager_notifications_failed_total',
    'Notifications that failed for good, by reason.',
    [...who, 'reason'],
  );
  const requests = registry.counter<Who>(
    'alertmanager_notification_requests_total',
    'Attempts, those that were repeated counted each time.',
    who,
  );
  const requestsFailed = registry.counter<Who>(
    'alertmanager_notification_requests_failed_total',
    'Attempts that failed.',
    who,
  );
  const latency = registry.histogram<Who>(
    'alertmanager_notification_latency_seconds',
    'How long one attempt took.',
    LATENCIES,
    who,
  );
  const suppressed = registry.counter(
    'alertmanager_notifications_suppressed_total',
    'Alerts left out of notifications, by what mutes them.',
    ['reason'],
  );
  const prepareOne = (labels: NotificationLabels): void => {
    // The library wants a mutable record.
    const own = { ...labels };
    total.inc(own, 0);
    for (const reason of FAILURES) failed.inc({ ...own, reason }, 0);
    requests.inc(own, 0);
    requestsFailed.inc(own, 0);
    latency.zero(own);
  };
  if (!perReceiver) for (const integration of INTEGRATION_NAMES) prepareOne({ integration });
  return {
    total,
    failed,
    requests,
    requestsFailed,
    latency,
    suppressed,
    labels: ({ receiver, type }: NotifiedIntegration): NotificationLabels =>
      perReceiver ? { integration: type, receiver_name: receiver } : { integration: type },
    /** After a (re)load: with `receiver-name-in-metrics` the series of the receivers that are now configured, from zero. */
    prepare(integrations: Iterable<NotifiedIntegration>): void {
      if (!perReceiver) return;
      for (const vector of [total, failed, requests, requestsFailed, latency]) vector.reset();
      for (const { receiver, type } of integrations) prepareOne({ integration: type, receiver_name: receiver });
    },
  };
}
