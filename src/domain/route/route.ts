import type { LabelSet } from '../labels/index.js';
import type { Matcher } from '../matcher/index.js';
import type { Duration } from '../time/index.js';

/** One node with everything it inherited. */
export interface Route {
  /** `{}/{foo="bar"}/0`: unique, also among siblings with the same matchers. */
  readonly id: string;
  /** `{}/{foo="bar"}`: the first half of group keys. */
  readonly key: string;
  /** Position in the depth-first walk, from zero. */
  readonly position: number;
  readonly parent: Route | undefined;
  readonly children: readonly Route[];
  readonly matchers: readonly Matcher[];
  readonly continue: boolean;
  readonly receiver: string;
  readonly groupBy: readonly string[] | '...';
  readonly groupWait: Duration;
  readonly groupInterval: Duration;
  readonly repeatInterval: Duration;
  readonly muteTimeIntervals: readonly string[];
  readonly activeTimeIntervals: readonly string[];
  /** Own and inherited, values still templates. */
  readonly labels: LabelSet;
}

export interface RouteTree {
  readonly root: Route;
  /** All nodes, depth first. */
  readonly routes: readonly Route[];
  /** The leaf-most nodes an alert goes to, in tree order. Never empty. */
  match(labels: LabelSet): readonly Route[];
}
