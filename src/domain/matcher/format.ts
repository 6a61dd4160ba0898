import { compareBytes } from '../labels/index.js';
import { hasReserved } from './characters.js';
import type { MatchOperator, Matcher } from './matcher.js';
import { quoteGo } from './quote.js';

/** What printing and ordering need of a matcher. */
type MatcherText = Pick<Matcher, 'name' | 'operator' | 'value'>;

/**
 * `name="value"`. The value escapes backslash, newline and double quote only; when the name holds a reserved character,
 * both sides are quoted as Go does.
 */
export function formatMatcher({ name, operator, value }: MatcherText): string {
  if (hasReserved(name)) return `${quoteGo(name)}${operator}${quoteGo(value)}`;
  return `${name}${operator}"${escapeValue(value)}"`;
}

/** `{a="b",c!="d"}`, in the given order: also one node of a route's key. */
export const formatMatchers = (matchers: readonly MatcherText[]): string =>
  `{${matchers.map(formatMatcher).join(',')}}`;

const escapeValue = (value: string): string =>
  /[\\\n"]/.test(value) ? value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"') : value;

const RANK: Readonly<Record<MatchOperator, number>> = { '=': 0, '!=': 1, '=~': 2, '!~': 3 };

/** By name, then value, then operator: the order of a route's matchers and thus of its key. */
export const compareMatchers = (a: MatcherText, b: MatcherText): number =>
  compareBytes(a.name, b.name) || compareBytes(a.value, b.value) || RANK[a.operator] - RANK[b.operator];
