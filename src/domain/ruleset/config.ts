import type { InhibitRuleConfig } from '../inhibit/index.js';
import type { LabelSet } from '../labels/index.js';
import type { RouteConfig } from '../route/index.js';
import type { Duration } from '../time/index.js';
import type { TimeInterval } from '../timeinterval/index.js';

/**
 * The configuration as the rest of the program sees it: read, validated, defaults and global values filled in.
 * Nothing here knows YAML; `src/config` makes it.
 */
export interface Config {
  readonly resolveTimeout: Duration;
  readonly route: RouteConfig;
  readonly inhibitRules: readonly InhibitRuleConfig[];
  readonly receivers: readonly ReceiverConfig[];
  /** `time_intervals` and the deprecated `mute_time_intervals`, one namespace. */
  readonly timeIntervals: ReadonlyMap<string, readonly TimeInterval[]>;
  /** Template files in the order they are to be loaded, globs resolved. */
  readonly templateFiles: readonly string[];
}

export interface ReceiverConfig {
  readonly name: string;
  /** For filtering in the API; always contains `name`. */
  readonly labels: LabelSet;
  /** In Alertmanager's build order. */
  readonly integrations: readonly IntegrationConfig[];
}

/** One channel of a receiver. `settings` is what the integration's own schema made of its YAML. */
export interface IntegrationConfig {
  readonly type: string;
  /** Position among the integrations of the same type in this receiver, from zero. */
  readonly index: number;
  readonly sendResolved: boolean;
  readonly settings: unknown;
}
