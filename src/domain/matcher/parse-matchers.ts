import { type Result, failed, ok } from '../issue/index.js';
import type { MatcherMode } from '../labels/index.js';
import { parseClassicMatcher, parseClassicMatchers } from './classic-parser.js';
import { formatMatcher } from './format.js';
import type { Matcher } from './matcher.js';
import { parseUtf8Matcher, parseUtf8Matchers } from './utf8-parser.js';

/**
 * Matchers as text, in the mode that `--enable-feature` chose.
 *
 * Fallback runs both grammars: where only one accepts, that one counts (with a warning when it is the classic one), where
 * they disagree the classic one counts, and where both refuse the classic error is told. Warnings are data; who called
 * knows where the text came from, and logs them.
 */
export interface MatcherWarning {
  readonly message: string;
  readonly input: string;
  /** Why the UTF-8 grammar refused. */
  readonly error?: string;
  /** The same matchers as both grammars read them. */
  readonly suggestion?: string;
}

export interface ParsedMatchers {
  readonly matchers: readonly Matcher[];
  readonly warnings: readonly MatcherWarning[];
}

export interface ParsedMatcher {
  readonly matcher: Matcher;
  readonly warnings: readonly MatcherWarning[];
}

/** Zero or more matchers, separated by commas, optionally in braces. */
export function parseMatchers(input: string, mode: MatcherMode): Result<ParsedMatchers> {
  const parsed = parseAs(mode, input, parseUtf8Matchers, parseClassicMatchers, sameMatchers, formatList);
  return parsed.ok ? ok({ matchers: parsed.value.value, warnings: parsed.value.warnings }) : parsed;
}

/** Exactly one matcher, and no braces around it: filters of the API and of the command line. */
export function parseMatcher(input: string, mode: MatcherMode): Result<ParsedMatcher> {
  if (mode !== 'classic' && (input.startsWith('{') || input.endsWith('}'))) {
    return failed({ code: 'invalid-matcher', path: '', message: `unexpected open or close brace: ${input}` });
  }
  const parsed = parseAs(mode, input, parseUtf8Matcher, parseClassicMatcher, sameMatcher, formatMatcher);
  return parsed.ok ? ok({ matcher: parsed.value.value, warnings: parsed.value.warnings }) : parsed;
}

interface Judged<T> {
  readonly value: T;
  readonly warnings: readonly MatcherWarning[];
}

function parseAs<T>(
  mode: MatcherMode,
  input: string,
  parseUtf8: (input: string) => Result<T>,
  parseClassic: (input: string) => Result<T>,
  same: (a: T, b: T) => boolean,
  format: (value: T) => string,
): Result<Judged<T>> {
  if (mode !== 'fallback') {
    const parsed = mode === 'utf8' ? parseUtf8(input) : parseClassic(input);
    return parsed.ok ? ok({ value: parsed.value, warnings: [] }) : parsed;
  }
  const utf8 = parseUtf8(input);
  const classic = parseClassic(input);
  if (!classic.ok) return utf8.ok ? ok({ value: utf8.value, warnings: [] }) : classic;
  if (!utf8.ok) {
    const error = utf8.issues[0]?.message ?? '';
    const warning = { message: INCOMPATIBLE, input, error, suggestion: format(classic.value) };
    return ok({ value: classic.value, warnings: [warning] });
  }
  if (same(utf8.value, classic.value)) return ok({ value: utf8.value, warnings: [] });
  return ok({ value: classic.value, warnings: [{ message: 'Matchers input has disagreement', input }] });
}

const INCOMPATIBLE =
  'Only the classic grammar understands this matcher, and it was used; write values and regular expressions in double quotes with escaped backslashes, as suggested';

const sameMatcher = (a: Matcher, b: Matcher): boolean =>
  a.name === b.name && a.operator === b.operator && a.value === b.value;

/** Two empty lists count as different: Alertmanager warns about an input without matchers. */
const sameMatchers = (a: readonly Matcher[], b: readonly Matcher[]): boolean =>
  a.length > 0 && a.length === b.length && a.every((matcher, i) => sameMatcher(matcher, b[i] as Matcher));

const formatList = (matchers: readonly Matcher[]): string => matchers.map(formatMatcher).join(',');
