import { collectDefaultMetrics } from 'prom-client';

import { alertMetrics, dispatcherMetrics } from './metrics/alerts.js';
import { type ExpositionFormat, formatFamilies } from './metrics/exposition.js';
import { httpMetrics } from './metrics/http.js';
import { type BuildInfo, clusterMetrics, configMetrics, declareBuildInfo } from './metrics/node.js';
import { notificationMetrics } from './metrics/notifications.js';
import { MetricRegistry } from './metrics/registry.js';
import { nflogMetrics, silenceMetrics, tocsinMetrics } from './metrics/state.js';

export { CONTENT_TYPES, type ExpositionFormat } from './metrics/exposition.js';
export type { BuildInfo } from './metrics/node.js';
export { INTEGRATION_NAMES, type NotificationLabels, type NotifiedIntegration } from './metrics/notifications.js';
export type { SumCount } from './metrics/sum-count.js';

export interface MetricsOptions {
  readonly build: BuildInfo;
  /** `--enable-feature`: each adds one label whose values grow with the configuration or the alerts. */
  readonly receiverNames?: boolean;
  readonly alertNames?: boolean;
  readonly groupKeys?: boolean;
  /** The runtime's own figures (`process_*`, `nodejs_*`). Once in a process. */
  readonly runtime?: boolean;
}

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * Every series of the process, declared once and grouped by who updates it.
 *
 * Alertmanager's names and labels are kept, since dashboards and alerts lean on them; what is ours begins with `tocsin_`.
 * One object for each process (or test): nothing here is global.
 */
export function createMetrics(options: MetricsOptions) {
  const { build, receiverNames = false, alertNames = false, groupKeys = false, runtime = false } = options;
  const registry = new MetricRegistry();
  declareBuildInfo(registry, build);
  if (runtime) collectDefaultMetrics({ register: registry.registry });
  return {
    http: httpMetrics(registry),
    alerts: alertMetrics(registry, { alertNames, groupKeys }),
    dispatcher: dispatcherMetrics(registry),
    notifications: notificationMetrics(registry, receiverNames),
    silences: silenceMetrics(registry),
    nflog: nflogMetrics(registry),
    config: configMetrics(registry),
    cluster: clusterMetrics(registry),
    tocsin: tocsinMetrics(registry),
    /** Calls before each exposition: set gauges here that are cheaper to read than to keep. */
    onRead: (read: () => void): void => registry.onRead(read),
    expose: async (format: ExpositionFormat): Promise<string> => formatFamilies(await registry.read(), format),
  };
}
