export { compileInhibitRules } from './compile-inhibit-rules.js';
export { createInhibitor, inhibitionHoldsUntil } from './create-inhibitor.js';
export type { InhibitRuleConfig } from './inhibit-rule-config.js';
export {
  type Inhibition,
  type InhibitLane,
  type InhibitRule,
  type InhibitRuleSet,
  type Inhibitor,
  MAX_INHIBITORS,
} from './inhibit.js';
