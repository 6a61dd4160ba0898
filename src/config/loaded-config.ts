import type { Config } from '../domain/ruleset/index.js';
import type { GlobalConfig } from './global.js';
import type { EventRecorderConfig } from './sections/event-recorder.js';
import type { TracingConfig } from './sections/tracing.js';

/** One configuration file, read and checked. */
export interface LoadedConfig {
  readonly config: Config;
  readonly global: GlobalConfig;
  readonly tracing: TracingConfig | undefined;
  readonly eventRecorder: EventRecorderConfig;
  /** `templates` as written, before patterns were resolved. */
  readonly templatePatterns: readonly string[];
  /** The configuration in effect as YAML, secrets masked: what /status shows. Printed when somebody first asks. */
  readonly original: () => string;
  /** The value of the metric alertmanager_config_hash. */
  readonly hash: number;
  /** What works but should be written otherwise. */
  readonly warnings: readonly string[];
}
