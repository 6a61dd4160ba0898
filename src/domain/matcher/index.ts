export type { MatchOperator, Matcher } from './matcher.js';
