export { createMatcher } from './create-matcher.js';
export { compareMatchers, formatMatcher, formatMatchers } from './format.js';
export { type Heads, headOf, headsOf } from './heads.js';
export type { MatchOperator, Matcher } from './matcher.js';
export { matchesAll } from './matches-all.js';
export {
  type MatcherWarning,
  type ParsedMatcher,
  type ParsedMatchers,
  parseMatcher,
  parseMatchers,
} from './parse-matchers.js';
export { quoteGo } from './quote.js';
export { type AnchoredRegex, compileAnchored, regexError } from './regex.js';
export { regexCost } from './regex-cost.js';
