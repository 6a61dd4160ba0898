import type { LabelSet } from '../labels/index.js';
import type { Matcher } from '../matcher/index.js';
import type { Duration } from '../time/index.js';

/** One node of the tree as written; what is undefined is inherited. */
export interface RouteConfig {
  readonly receiver: string | undefined;
  /** `'...'` groups by all labels. */
  readonly groupBy: readonly string[] | '...' | undefined;
  readonly groupWait: Duration | undefined;
  readonly groupInterval: Duration | undefined;
  readonly repeatInterval: Duration | undefined;
  /** `match`, `match_re` and `matchers` together, sorted by name, value, operator. */
  readonly matchers: readonly Matcher[];
  readonly muteTimeIntervals: readonly string[];
  readonly activeTimeIntervals: readonly string[];
  readonly continue: boolean;
  /** Values are templates. */
  readonly labels: LabelSet;
  readonly routes: readonly RouteConfig[];
}
