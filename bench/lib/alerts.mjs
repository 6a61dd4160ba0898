/**
 * Alerts as a Prometheus in a cluster sends them: 8 labels, 3 annotations, generatorURL, about 800 bytes of JSON. `pod` tells
 * them apart; all other values repeat as they do in real life. The same number always gives the same alert. Labels and
 * annotations are in order, as Go's encoder writes them.
 */
const NAMES = [
  'KubePodCrashLooping',
  'KubePodNotReady',
  'KubeDeploymentReplicasMismatch',
  'KubeStatefulSetReplicasMismatch',
  'KubeContainerWaiting',
  'KubeHpaMaxedOut',
  'KubeJobFailed',
  'KubeQuotaAlmostFull',
  'CPUThrottlingHigh',
  'KubeNodeNotReady',
  'NodeFilesystemSpaceFillingUp',
  'NodeFilesystemAlmostOutOfSpace',
  'NodeNetworkReceiveErrs',
  'NodeClockSkewDetected',
  'NodeMemoryHighUtilization',
  'NodeDiskIOSaturation',
  'NodeSystemSaturation',
  'TargetDown',
  'HttpErrorRateHigh',
  'HttpLatencyHigh',
  'QueueBacklogGrowing',
  'QueueConsumerStalled',
  'DatabaseReplicationLag',
  'DatabaseConnectionsExhausted',
  'DatabaseSlowQueries',
  'CacheHitRateLow',
  'CacheEvictionsHigh',
  'CertificateExpiresSoon',
  'BackupTooOld',
  'DiskWillFill',
  'OutOfMemoryKilled',
  'RestartRateHigh',
  'ErrorBudgetBurn',
  'ProbeFailed',
  'IngressDown',
  'DnsErrorsHigh',
  'ThreadPoolExhausted',
  'GarbageCollectionSlow',
  'LogVolumeHigh',
  'DeploymentStuck',
];
const SEVERITIES = ['critical', 'warning', 'info'];
const HOUR_MS = 3_600_000;

const padded = (n, width) => String(n).padStart(width, '0');

export function anAlert(n, { labels = {}, startsAt = Date.now(), endsAt = startsAt + HOUR_MS } = {}) {
  const name = NAMES[n % NAMES.length];
  const pod = `web-frontend-${padded(n, 6)}-7d9f8c5b4-x2x9k`;
  const instance = `node-${n % 977}.eu-west.example:9100`;
  const namespace = `team-${padded(n % 61, 2)}`;
  return {
    labels: {
      alertname: name,
      cluster: `eu-west-${n % 4}`,
      container: 'web-frontend',
      instance,
      job: 'kube-state-metrics',
      namespace,
      pod,
      severity: SEVERITIES[n % 3],
      ...labels,
    },
    annotations: {
      description: `${name}: pod ${pod} in namespace ${namespace} on ${instance} is outside its limits; value ${n % 1_000}.`,
      runbook_url: `https://runbooks.example.com/kubernetes/${name.toLowerCase()}`,
      summary: `${name} on ${pod} for more than five minutes.`,
    },
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(endsAt).toISOString(),
    generatorURL:
      'http://prometheus-k8s-0.example:9090/graph?g0.expr=max_over_time%28kube_pod_status%5B5m%5D%29+%3E%3D+1&g0.tab=1',
  };
}

export const anAlertList = (count, { first = 0, ...options } = {}) => {
  const startsAt = options.startsAt ?? Date.now();
  return Array.from({ length: count }, (_, n) => anAlert(first + n, { ...options, startsAt }));
};

export function inBatches(list, size = 64) {
  const batches = [];
  for (let at = 0; at < list.length; at += size) batches.push(list.slice(at, at + size));
  return batches;
}

/** Two equalities: 54 of 10,000. A regular expression over one label: 550 of 10,000. */
export const EQUALITY_FILTER = {
  query: `filter=${encodeURIComponent('namespace="team-07"')}&filter=${encodeURIComponent('severity="critical"')}`,
  matches: ({ labels }) => labels.namespace === 'team-07' && labels.severity === 'critical',
};
export const REGEX_FILTER = {
  query: `filter=${encodeURIComponent('instance=~"node-[1-5][0-9]\\\\..*"')}`,
  matches: ({ labels }) => /^node-[1-5][0-9]\./.test(labels.instance),
};
