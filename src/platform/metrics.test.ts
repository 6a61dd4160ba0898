import { describe, expect, it } from '@jest/globals';

import { type Metrics, createMetrics } from './metrics.js';

const build = { version: '1.2.3', revision: 'r', branch: 'b', buildUser: 'u', buildDate: 'd', runtimeVersion: 'v20' };
const linesOf = async (metrics: Metrics, format: 'text' | 'openmetrics' = 'text') =>
  (await metrics.expose(format)).split('\n');

describe('metrics from the start', () => {
  it.each([
    'alertmanager_alerts_received_total{status="firing",version="v2"} 0',
    'alertmanager_alerts_received_total{status="resolved",version="v2"} 0',
    'alertmanager_alerts_invalid_total{version="v2"} 0',
    'alertmanager_notifications_total{integration="webhook"} 0',
    'alertmanager_notifications_failed_total{integration="mattermost",reason="rateLimited"} 0',
    'alertmanager_notification_latency_seconds_bucket{le="+Inf",integration="email"} 0',
    'alertmanager_notification_latency_seconds_count{integration="email"} 0',
    'alertmanager_http_requests_in_flight{method="get"} 0',
    'alertmanager_silences{state="active"} 0',
    'alertmanager_silences_gc_duration_seconds_count 0',
    'alertmanager_silences_gc_duration_seconds_sum 0',
    'alertmanager_cluster_enabled 0',
    '# TYPE alertmanager_nflog_gc_duration_seconds summary',
  ])('shows %s', async (line) => {
    expect(await linesOf(createMetrics({ build }))).toContain(line);
  });

  it.each(['alertmanager_alerts{', 'alertmanager_notifications_suppressed_total', 'process_cpu'])(
    'does not show %s',
    async (start) => {
      expect((await linesOf(createMetrics({ build }))).filter((line) => line.includes(start))).toEqual([]);
    },
  );

  it('tells what runs', async () => {
    const [line] = (await linesOf(createMetrics({ build }))).filter((l) => l.startsWith('alertmanager_build_info{'));
    expect(line).toMatch(
      /^\S+branch="b",goarch="\w+",goos="\w+",goversion="v20",revision="r",tags="",version="1.2.3"} 1$/,
    );
  });

  it('shows the process when asked', async () => {
    const lines = await linesOf(createMetrics({ build, runtime: true }));
    expect(lines.some((line) => line.startsWith('process_start_time_seconds '))).toBe(true);
  });
});

describe('metrics as text', () => {
  it('escapes label values and keeps counters in both formats', async () => {
    const metrics = createMetrics({ build, alertNames: true });
    metrics.alerts.limited.inc({ alertname: 'a"b\\c\nd' });
    const name = 'alertmanager_alerts_limited_total{alertname="a\\"b\\\\c\\nd"} 1';
    const open = await linesOf(metrics, 'openmetrics');
    expect(open).toContain(name);
    expect(open).toContain('# TYPE alertmanager_alerts_limited counter');
    expect(open.slice(-2)).toEqual(['# EOF', '']);
    const text = await linesOf(metrics);
    expect(text).toContain(name);
    expect(text).toContain('# TYPE alertmanager_alerts_limited_total counter');
  });

  it('reads what is only known at the time', async () => {
    const metrics = createMetrics({ build });
    metrics.onRead(() => metrics.dispatcher.groups.set(7));
    expect(await linesOf(metrics)).toContain('alertmanager_dispatcher_aggregation_groups 7');
  });
});

describe('notifications with receiver names', () => {
  it('has the series of the receivers that are configured, from zero after a reload', async () => {
    const metrics = createMetrics({ build, receiverNames: true });
    metrics.notifications.prepare([{ receiver: 'a', type: 'webhook' }]);
    metrics.notifications.total.inc({ ...metrics.notifications.labels({ receiver: 'a', type: 'webhook' }) });
    expect(await linesOf(metrics)).toContain(
      'alertmanager_notifications_total{integration="webhook",receiver_name="a"} 1',
    );
    metrics.notifications.prepare([{ receiver: 'b', type: 'slack' }]);
    expect((await linesOf(metrics)).filter((line) => line.startsWith('alertmanager_notifications_total{'))).toEqual([
      'alertmanager_notifications_total{integration="slack",receiver_name="b"} 0',
    ]);
  });
});
