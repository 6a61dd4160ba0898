import { type Result, failed, ok } from '../../domain/issue/index.js';
import type { LabelSet, MatcherMode } from '../../domain/labels/index.js';
import {
  type AnchoredRegex,
  type Matcher,
  type MatcherWarning,
  compileAnchored,
  parseMatcher,
  regexCost,
} from '../../domain/matcher/index.js';

/** What all expressions of one parameter may have together, in states: each alone may have as many. */
const MAX_REGEX_COST = 65_536;

/** One matcher for each text; the first that does not parse is told. */
export function parseFilter(
  texts: readonly string[],
  mode: MatcherMode,
  warn: (warning: MatcherWarning) => void,
): Result<readonly Matcher[]> {
  const matchers: Matcher[] = [];
  let cost = 0;
  for (const text of texts) {
    const parsed = parseMatcher(text, mode);
    if (!parsed.ok) return parsed;
    cost += regexCost(parsed.value.matcher);
    if (cost > MAX_REGEX_COST) return tooMuch(cost);
    parsed.value.warnings.forEach(warn);
    matchers.push(parsed.value.matcher);
  }
  return ok(matchers);
}

const tooMuch = (cost: number): Result<never> =>
  failed({
    code: 'invalid-regex',
    path: '',
    message: `regular expressions too large: ${cost} states in all matchers (limit: ${MAX_REGEX_COST})`,
  });

/** Empty means that no receiver was asked for. */
export function parseReceiver(text: string): Result<AnchoredRegex | undefined> {
  return text === '' ? ok(undefined) : compileAnchored(text);
}

/** The issue of a part of the query with the words that tell which part. */
export function inParameter<T>(name: string, result: Result<T>): Result<T> {
  if (result.ok) return result;
  return failed(
    ...result.issues.map((issue) => ({ ...issue, message: `failed to parse ${name} param: ${issue.message}` })),
  );
}

/**
 * Filters tell a label that is not there from one that is empty: `a=""` wants it absent, `a!=""` wants it present, and
 * the same for `a=~""` and `a!~""`. Facts: reference "HTTP interface", section 5.
 */
export function matchesFilter(matchers: readonly Matcher[], labels: LabelSet): boolean {
  for (const matcher of matchers) if (!matchesOne(matcher, labels)) return false;
  return true;
}

function matchesOne(matcher: Matcher, labels: LabelSet): boolean {
  const value = labels.get(matcher.name);
  if (matcher.value === '') {
    const isPresent = value !== '' || labels.has(matcher.name);
    const isNegative = matcher.operator === '!=' || matcher.operator === '!~';
    if (isNegative === isPresent) return true;
  }
  return matcher.matches(value);
}
