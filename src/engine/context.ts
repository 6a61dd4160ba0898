import type { Duration, Instant } from '../domain/time/index.js';
import type { Clock } from '../platform/clock.js';
import type { Ids } from '../platform/ids.js';
import type { Logger } from '../platform/log.js';
import type { Metrics } from '../platform/metrics.js';
import type { DueQueue } from './due-queue.js';
import type { Journal } from './journal.js';

/** What an operator sets for the engine (Alertmanager's flags and a few of ours). */
export interface EngineOptions {
  /** `--data.retention`: of expired silences and the notification log. */
  readonly retention: Duration;
  /** `--data.maintenance-interval` */
  readonly maintenanceInterval: Duration;
  /** `--alerts.gc-interval` */
  readonly alertGcInterval: Duration;
  /** `--dispatch.start-delay`, counted from `startedAt`. */
  readonly startDelay: Duration;
  /** When the process started. */
  readonly startedAt: Instant;
  /** `--alerts.per-alertname-limit`, `--silences.max-…`: zero or less is no limit. */
  readonly perAlertnameLimit: number;
  readonly maxSilences: number;
  readonly maxSilenceSizeBytes: number;
  readonly logSilences: boolean;
  /** `--storage.alerts`: in memory alerts and groups are forgotten by a restart. */
  readonly alertDurability: 'disk' | 'memory';
  /** `--compat=strict`: as Alertmanager does it, also where that is worse. */
  readonly strict: boolean;
  /** `alert-names-in-metrics` */
  readonly countAlertNames: boolean;
  /** `group-key-in-metrics` */
  readonly countGroupKeys: boolean;
  /** Without a slash at the end. */
  readonly externalURL: string;
  /** How long a stop waits for sends under way before it cancels them. */
  readonly stopGrace: Duration;
}

/** What all parts of the engine share. */
export interface EngineContext {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly queue: DueQueue;
  readonly journal: Journal;
  readonly options: EngineOptions;
}
