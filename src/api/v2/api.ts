import type { MatcherMode } from '../../domain/labels/index.js';
import type { MatcherWarning } from '../../domain/matcher/index.js';
import type { Instant } from '../../domain/time/index.js';
import type { Engine } from '../../engine/engine.js';
import type { Clock } from '../../platform/clock.js';
import type { Logger } from '../../platform/log.js';
import type { BuildInfo, Metrics } from '../../platform/metrics.js';

/** What API v2 is built from. */
export interface ApiOptions {
  readonly engine: Engine;
  readonly clock: Pick<Clock, 'now' | 'elapsed'>;
  readonly matcherMode: MatcherMode;
  readonly status: () => StatusFacts;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** A larger body is refused with 413. Alertmanager has no limit. */
  readonly maxBodyBytes: number;
}

/** What GET /api/v2/status tells. */
export interface StatusFacts {
  /** The configuration that runs, written again with its secrets hidden. */
  readonly configText: string;
  readonly startedAt: Instant;
  readonly build: BuildInfo;
  readonly cluster: ClusterFacts;
}

export interface ClusterFacts {
  readonly status: 'ready' | 'settling' | 'disabled';
  /** Empty without a cluster. */
  readonly name: string;
  readonly peers: readonly { readonly name: string; readonly address: string }[];
}

/** Tells the log that a filter is read otherwise by the coming grammar. */
export const warnOf =
  (log: Logger) =>
  ({ message, ...fields }: MatcherWarning): void =>
    log.warn(message, { origin: 'api', ...fields });
