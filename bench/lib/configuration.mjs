/** The configuration that both are given: one webhook receiver, and what a scenario adds. */
export function configuration({
  url = 'http://127.0.0.1:9/',
  groupBy = ['alertname', 'cluster', 'namespace'],
  groupWait = '1h',
  groupInterval = '1h',
  routes = [],
  inhibitRules = [],
} = {}) {
  return {
    global: { resolve_timeout: '1h' },
    route: {
      receiver: 'hook',
      group_by: groupBy,
      group_wait: groupWait,
      group_interval: groupInterval,
      repeat_interval: '24h',
      ...(routes.length > 0 ? { routes } : {}),
    },
    ...(inhibitRules.length > 0 ? { inhibit_rules: inhibitRules } : {}),
    receivers: [{ name: 'hook', webhook_configs: [{ url }] }],
  };
}
