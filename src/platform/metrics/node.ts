import type { MetricRegistry } from './registry.js';

export interface BuildInfo {
  readonly version: string;
  readonly revision: string;
  readonly branch: string;
  readonly buildUser: string;
  readonly buildDate: string;
  /** The runtime, where Alertmanager tells Go's version. */
  readonly runtimeVersion: string;
}

const BUILD_LABELS = ['branch', 'goarch', 'goos', 'goversion', 'revision', 'tags', 'version'] as const;
const GO_ARCH: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };

export function declareBuildInfo(registry: MetricRegistry, build: BuildInfo): void {
  const info = registry.gauge('alertmanager_build_info', 'What runs here; always 1.', BUILD_LABELS);
  info.set(
    {
      branch: build.branch,
      goarch: GO_ARCH[process.arch] ?? process.arch,
      goos: process.platform,
      goversion: build.runtimeVersion,
      revision: build.revision,
      tags: '',
      version: build.version,
    },
    1,
  );
}

/** What a configuration sets when it is adopted or refused. */
export const configMetrics = (registry: MetricRegistry) => ({
  hash: registry.gauge('alertmanager_config_hash', 'Hash of the configuration that runs.'),
  lastReloadSuccessful: registry.gauge(
    'alertmanager_config_last_reload_successful',
    'Whether the last attempt to load a configuration succeeded.',
  ),
  lastReloadSuccessAt: registry.gauge(
    'alertmanager_config_last_reload_success_timestamp_seconds',
    'When a configuration was last loaded.',
  ),
  receivers: registry.gauge('alertmanager_receivers', 'Receivers that routes use.'),
  integrations: registry.gauge('alertmanager_integrations', 'Integrations of those receivers.'),
  inhibitionRules: registry.gauge('alertmanager_inhibition_rules', 'Inhibition rules.'),
});

/** What dashboards ask of a cluster. With a cluster of one the answers never change; without one they are not there. */
export const clusterMetrics = (registry: MetricRegistry) => {
  const enabled = registry.gauge('alertmanager_cluster_enabled', 'Whether this node is a member of a cluster.');
  return {
    beWithout: (): void => enabled.set(0),
    beAlone(): void {
      enabled.set(1);
      registry.gauge('alertmanager_cluster_members', 'Members of the cluster.').set(1);
      registry.gauge('alertmanager_cluster_failed_peers', 'Members that failed.').set(0);
      registry.gauge('alertmanager_cluster_health_score', 'Health of this member; 0 is best.').set(0);
      registry.gauge('alertmanager_cluster_messages_queued', 'Messages for other members that wait.').set(0);
      registry.gauge('alertmanager_peer_position', 'Position of this member.').set(0);
    },
  };
};
