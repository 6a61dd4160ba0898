import { type Result, failed, ok } from '../issue/index.js';
import { type MatcherMode, isLabelName, isLabelValue } from '../labels/index.js';
import { type Matcher, createMatcher, quoteGo, regexCost, regexError } from '../matcher/index.js';
import { type Instant, ZERO_INSTANT } from '../time/index.js';
import type { SilenceDraft } from './silence.js';

/** A matcher as a client wrote it, before its expression is known to compile. */
export type MatcherInput = Pick<Matcher, 'name' | 'operator' | 'value'>;

/** So many states may the expressions of one silence have together; ten thousand of the usual size fit. */
const MAX_REGEX_COST = 262_144;

export interface SilenceInput extends Omit<SilenceDraft, 'matcherSets'> {
  readonly matcherSets: readonly (readonly MatcherInput[])[];
}

/**
 * Turns what a client posted into a draft with compiled matchers, or says what is wrong: the checks of Alertmanager in
 * its order and words, only the first one that fails. A start that is not set becomes now.
 */
export function validateSilence(input: SilenceInput, mode: MatcherMode, now: Instant): Result<SilenceDraft> {
  if (input.startsAt >= input.endsAt) return refused('Failed to create silence: start time must be before end time');
  if (input.endsAt < now) return refused("Failed to create silence: end time can't be in the past");
  if (input.matcherSets.length === 0) return refused('invalid silence: at least one matcher set required');
  const matcherSets: Matcher[][] = [];
  const cost = totalCost(input.matcherSets);
  if (cost > MAX_REGEX_COST)
    return refused(
      `invalid silence: regular expressions too large: ${cost} states in all matchers (limit: ${MAX_REGEX_COST})`,
    );
  for (let i = 0; i < input.matcherSets.length; i++) {
    const compiled = compileSet(input.matcherSets[i] as readonly MatcherInput[], i, mode);
    if (!compiled.ok) return compiled;
    matcherSets.push(compiled.value);
  }
  const { id, startsAt, endsAt, createdBy, comment, annotations } = input;
  const start = startsAt === ZERO_INSTANT ? now : startsAt;
  return ok({ id, matcherSets, startsAt: start, endsAt, createdBy, comment, annotations });
}

function totalCost(matcherSets: SilenceInput['matcherSets']): number {
  let cost = 0;
  for (const matchers of matcherSets) for (const matcher of matchers) cost += regexCost(matcher);
  return cost;
}

function compileSet(inputs: readonly MatcherInput[], set: number, mode: MatcherMode): Result<Matcher[]> {
  if (inputs.length === 0) return refused(`invalid silence: matcher set ${set} is empty`);
  const matchers: Matcher[] = [];
  for (let i = 0; i < inputs.length; i++) {
    const compiled = compileMatcher(inputs[i] as MatcherInput, mode);
    if (typeof compiled === 'string') {
      return refused(`invalid silence: invalid label matcher ${i} in set ${set}: ${compiled}`);
    }
    matchers.push(compiled);
  }
  if (matchers.every(acceptsEmpty)) {
    return refused(`invalid silence: matcher set ${set}: at least one matcher must not match the empty string`);
  }
  return ok(matchers);
}

/** The matcher, or what is wrong with it. */
function compileMatcher({ name, operator, value }: MatcherInput, mode: MatcherMode): Matcher | string {
  if (!isLabelName(name, mode)) return `invalid label name ${quoteGo(name)}`;
  if (!isLabelValue(value)) return `invalid label value ${quoteGo(value)}`;
  const matcher = createMatcher(operator, name, value);
  // Alertmanager compiles the bare expression here, which refuses what only the anchors around it make valid: `a)(b`.
  const error = isRegex(operator) && !isPlain(matcher) ? regexError(value) : undefined;
  if (error !== undefined) return `invalid regular expression ${quoteGo(value)}: ${error}`;
  return matcher.ok ? matcher.value : (matcher.issues[0]?.message ?? '');
}

const isRegex = (operator: Matcher['operator']): boolean => operator === '=~' || operator === '!~';

const isPlain = (matcher: Result<Matcher>): boolean => matcher.ok && matcher.value.literals !== undefined;

/** Negative matchers do not count, so that `team!="db"` alone is a silence. */
const acceptsEmpty = (matcher: Matcher): boolean =>
  (matcher.operator === '=' || matcher.operator === '=~') && matcher.matches('');

const refused = (message: string): Result<never> => failed({ code: 'invalid-silence', path: '', message });
