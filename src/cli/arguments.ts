/** Matchers, labels and times as they are typed on the command line. */
import { LabelSet } from '../domain/labels/index.js';
import { type Matcher, type MatcherWarning, parseMatcher, quoteGo } from '../domain/matcher/index.js';
import { type Duration, type Moment, parseMoment, parsePromDuration } from '../domain/time/index.js';
import type { ToolContext } from './tool-context.js';
import { ToolError } from './tool-error.js';

/** The first argument may be the name of an alert alone: what is not a matcher is taken for one. */
export function withAlertname(args: readonly string[], { mode }: Pick<ToolContext, 'mode'>): readonly string[] {
  const [first, ...others] = args;
  if (first === undefined || parseMatcher(first, mode).ok) return args;
  return [`alertname=${quoteGo(first)}`, ...others];
}

/** Tells on stderr what the grammars disagree about, so that output stays clean for programs. */
export function readMatcher(text: string, { mode, io }: Pick<ToolContext, 'mode' | 'io'>): Matcher {
  const parsed = parseMatcher(text, mode);
  if (!parsed.ok) throw new ToolError(parsed.issues[0]?.message ?? '');
  for (const warning of parsed.value.warnings) io.err(`${formatWarning(warning)}\n`);
  return parsed.value.matcher;
}

function formatWarning({ message, input, suggestion }: MatcherWarning): string {
  return `Warning: ${message}: ${input}${suggestion === undefined ? '' : ` (write ${suggestion})`}`;
}

/** `key=value` pairs; `refusal` is said to anything that matches in another way. */
export function readLabels(
  texts: readonly string[],
  refusal: string,
  context: Pick<ToolContext, 'mode' | 'io'>,
): LabelSet {
  return LabelSet.from(
    texts.map((text) => {
      const { name, operator, value } = readMatcher(text, context);
      if (operator !== '=') throw new ToolError(refusal);
      return [name, value] as const;
    }),
  );
}

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([.,]\d+)?(Z|[+-]\d\d:\d\d)$/;

/** RFC 3339, as it was written; undefined when nothing was. */
export async function readTime(text: string): Promise<Moment | undefined> {
  if (text === '') return undefined;
  const parsed = RFC3339.test(text) ? parseMoment(text) : undefined;
  if (parsed?.ok) return parsed.value;
  throw new ToolError(await explainTime(text));
}

/** What of it is wrong, in Go's words. Loaded when something is. */
async function explainTime(text: string): Promise<string> {
  const { parseTime } = await import('../domain/template/time/parse-time.js');
  try {
    parseTime('2006-01-02T15:04:05Z07:00', text);
  } catch (error) {
    return (error as Error).message; // it throws Errors only
  }
  return `parsing time ${JSON.stringify(text)} as "2006-01-02T15:04:05Z07:00"`;
}

/** How long a silence is to last. */
export function readLength(text: string): Duration {
  const parsed = parsePromDuration(text);
  if (!parsed.ok) throw new ToolError(parsed.issues[0]?.message ?? '');
  if (parsed.value === 0) throw new ToolError('silence duration must be greater than 0');
  return parsed.value;
}
