import type { MetricRegistry } from './registry.js';

const STATES = [{ state: 'active' as const }, { state: 'pending' as const }, { state: 'expired' as const }];

/** What the silences count. */
export const silenceMetrics = (registry: MetricRegistry) => ({
  current: registry.gauge('alertmanager_silences', 'Silences by state.', ['state'], STATES),
  stateSize: registry.gauge('alertmanager_silences_state_size', 'Silences kept, expired ones included.'),
  matcherIndexSize: registry.gauge('alertmanager_silences_matcher_index_size', 'Silences with compiled matchers.'),
  versionIndexSize: registry.gauge('alertmanager_silences_version_index_size', 'Entries in the index of changes.'),
  queries: registry.counter('alertmanager_silences_queries_total', 'Times silences were asked for.'),
  queryErrors: registry.counter('alertmanager_silences_query_errors_total', 'Times that failed.'),
  queryDuration: registry.histogram('alertmanager_silences_query_duration_seconds', 'How long an answer took.'),
  scanned: registry.counter('alertmanager_silences_query_silences_scanned_total', 'Silences looked at for answers.'),
  skipped: registry.counter('alertmanager_silences_query_silences_skipped_total', 'Silences an index spared us.'),
  gcDuration: registry.summary('alertmanager_silences_gc_duration_seconds', 'Time to remove old silences.'),
  gcErrors: registry.counter('alertmanager_silences_gc_errors_total', 'Removals that failed.'),
  snapshotDuration: registry.summary(
    'alertmanager_silences_snapshot_duration_seconds',
    'Time to write silences to disk.',
  ),
  snapshotSize: registry.gauge('alertmanager_silences_snapshot_size_bytes', 'Size of the silences on disk.'),
  maintenance: registry.counter('alertmanager_silences_maintenance_total', 'Maintenance runs.'),
  maintenanceErrors: registry.counter('alertmanager_silences_maintenance_errors_total', 'Runs that failed.'),
  matcherCompileErrors: registry.counter(
    'alertmanager_silences_matcher_compile_errors_total',
    'Silences whose matchers did not compile, by when that was seen.',
    ['stage'],
    [{ stage: 'index' }, { stage: 'load_snapshot' }],
  ),
  propagated: registry.counter(
    'alertmanager_silences_gossip_messages_propagated_total',
    'Silences of other nodes that were passed on.',
  ),
});

/** What the notification log counts. */
export const nflogMetrics = (registry: MetricRegistry) => ({
  queries: registry.counter('alertmanager_nflog_queries_total', 'Look-ups in the notification log.'),
  queryErrors: registry.counter('alertmanager_nflog_query_errors_total', 'Look-ups that found nothing or failed.'),
  queryDuration: registry.histogram('alertmanager_nflog_query_duration_seconds', 'How long a look-up took.'),
  gcDuration: registry.summary('alertmanager_nflog_gc_duration_seconds', 'Time to remove old entries.'),
  snapshotDuration: registry.summary('alertmanager_nflog_snapshot_duration_seconds', 'Time to write entries to disk.'),
  snapshotSize: registry.gauge('alertmanager_nflog_snapshot_size_bytes', 'Size of the log on disk.'),
  maintenance: registry.counter('alertmanager_nflog_maintenance_total', 'Maintenance runs.'),
  maintenanceErrors: registry.counter('alertmanager_nflog_maintenance_errors_total', 'Runs that failed.'),
  propagated: registry.counter(
    'alertmanager_nflog_gossip_messages_propagated_total',
    'Entries of other nodes that were passed on.',
  ),
});

/** What is ours alone: the store, the machinery around it. */
export const tocsinMetrics = (registry: MetricRegistry) => ({
  storeCommitDuration: registry.histogram(
    'tocsin_storage_commit_duration_seconds',
    'Time until a change was written.',
    [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
  ),
  storePending: registry.gauge('tocsin_storage_pending_commits', 'Changes that are not written yet.'),
  storeCommitErrors: registry.counter('tocsin_storage_commit_errors_total', 'Changes that could not be written.'),
  storeDamage: registry.counter('tocsin_storage_damage_total', 'Damaged parts of the data directory set aside.'),
  storeLostBytes: registry.counter('tocsin_storage_lost_bytes_total', 'Bytes lost with damaged parts.'),
  deliveriesInFlight: registry.gauge('tocsin_deliveries_in_flight', 'Notifications being sent.'),
  deliveriesQueued: registry.gauge('tocsin_deliveries_queued', 'Notifications that wait for their turn.'),
});
