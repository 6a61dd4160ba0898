import type { Trials } from '../../delivery/trials.js';
import type { MatcherMode } from '../../domain/labels/index.js';
import type { Clock } from '../../platform/clock.js';

/** What the endpoints that Alertmanager does not have are built from. */
export interface ExtOptions {
  readonly trials: Trials;
  readonly clock: Pick<Clock, 'now'>;
  readonly matcherMode: MatcherMode;
}

/** The token under which the controllers find them. */
export const EXT = Symbol('EXT');
