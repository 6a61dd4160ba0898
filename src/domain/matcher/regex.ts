import { RE2JS, RE2JSException } from 're2js';
import { type Result, failed, ok } from '../issue/index.js';
import { regexShape } from './regex-shape.js';

/**
 * Regular expressions of matchers: RE2 syntax, linear in the length of the value, anchored at both ends.
 *
 * The engine is a port of Go's regexp, so that the errors read as Alertmanager's do. What an expression may cost to
 * compile is bounded before it is compiled, because a short text can ask for millions of states.
 */
export interface AnchoredRegex {
  matches(value: string): boolean;
}

/** Longest expression in UTF-16 units that is compiled, and the most states that it may ask for. */
export const MAX_REGEX_LENGTH = 65_536;
export const MAX_REGEX_STATES = 65_536;

export function compileAnchored(pattern: string): Result<AnchoredRegex> {
  const compiled = compile(`^(?:${pattern})$`);
  if (!compiled.ok) return compiled;
  const regex = compiled.value;
  // `a)|(b` closes our group early: then the anchors do not hold for the whole, and only a search gives Go's answer.
  return ok(
    regexShape(pattern).balanced
      ? { matches: (value) => regex.testExact(value) }
      : { matches: (value) => regex.test(value) },
  );
}

/** What is wrong with an expression as it stands, without anchors; undefined when it compiles. */
export function regexError(pattern: string): string | undefined {
  const compiled = compile(pattern);
  return compiled.ok ? undefined : compiled.issues[0]?.message;
}

function compile(expression: string): Result<RE2JS> {
  if (expression.length > MAX_REGEX_LENGTH) return tooLarge(`${expression.length} characters`, MAX_REGEX_LENGTH);
  const { states } = regexShape(expression);
  if (states > MAX_REGEX_STATES) return tooLarge(`${states} states`, MAX_REGEX_STATES);
  try {
    return ok(RE2JS.compile(expression));
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return invalid(inGoWords(error.message, expression));
  }
}

/** Go always names the part that is wrong; the port leaves it out where it is empty or everything. */
function inGoWords(message: string, expression: string): string {
  if (message.includes(': `')) return message;
  return `${message}: \`${message.endsWith('trailing backslash at end of expression') ? '' : expression}\``;
}

const tooLarge = (what: string, limit: number): Result<never> =>
  invalid(`error parsing regexp: expression too large: ${what} (limit: ${limit})`);

const invalid = (message: string): Result<never> => failed({ code: 'invalid-regex', path: '', message });
