import type { Alert } from './alert.js';

/** `HighLatency: 3, Down: 1`, names as they first come. For log lines. */
export function formatAlertSummary(alerts: readonly Pick<Alert, 'labels'>[]): string {
  const counts = new Map<string, number>();
  for (const { labels } of alerts) {
    const name = labels.get('alertname');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${name}: ${count}`).join(', ');
}
