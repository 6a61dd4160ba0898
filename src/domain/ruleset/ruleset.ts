import type { InhibitRuleSet } from '../inhibit/index.js';
import type { RouteTree } from '../route/index.js';
import type { TemplateSet } from '../template/index.js';
import type { TimeInterval } from '../timeinterval/index.js';
import type { Config, ReceiverConfig } from './config.js';

/** Everything that lives as long as one configuration, compiled once, never changed. */
export interface Ruleset {
  readonly config: Config;
  readonly routes: RouteTree;
  readonly inhibitRules: InhibitRuleSet;
  readonly timeIntervals: ReadonlyMap<string, readonly TimeInterval[]>;
  readonly receivers: ReadonlyMap<string, ReceiverConfig>;
  readonly templates: TemplateSet;
}
