import type { Result } from '../../domain/issue/index.js';
import type { Logger } from '../../platform/log.js';
import type { Metrics } from '../../platform/metrics.js';

/** What the management endpoints need. */
export interface OpsOptions {
  /** Whether the state is loaded and alerts are taken. */
  readonly isReady: () => boolean;
  /** Reads the configuration again; resolves when the new one runs or was refused. */
  readonly reload: () => Promise<Result<void>>;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly version: string;
}

/** The token under which the controllers find them. */
export const OPS = Symbol('OPS');
