import type { Matcher } from '../matcher/index.js';

/** One rule as written: what fires and matches the source side mutes what matches the target side and agrees in `equal`. */
export interface InhibitRuleConfig {
  readonly name: string;
  readonly sourceMatchers: readonly Matcher[];
  readonly targetMatchers: readonly Matcher[];
  readonly equal: readonly string[];
}
