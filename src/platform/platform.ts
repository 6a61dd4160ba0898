import type { Duration, Instant } from '../domain/time/index.js';
import type { Clock } from './clock.js';
import type { PublicAddress } from './external-url.js';
import type { Features } from './features.js';
import type { HttpClientFactory } from './http-client/index.js';
import type { Ids } from './ids.js';
import type { Logger } from './log.js';
import type { BuildInfo, Metrics } from './metrics.js';
import type { ServerOptions } from './server-flags.js';

/** What the whole process shares and nobody changes: the world around it and what its operator asked for. */
export interface Platform {
  readonly options: ServerOptions;
  readonly features: Features;
  readonly address: PublicAddress;
  readonly build: BuildInfo;
  readonly startedAt: Instant;
  /** How long a stop waits for sends under way. */
  readonly stopGrace: Duration;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly http: HttpClientFactory;
}

/** The token under which modules find it. */
export const PLATFORM = Symbol('PLATFORM');
