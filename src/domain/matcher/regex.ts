import { RE2JS, RE2JSException } from 're2js';
import { type Result, failed, ok } from '../issue/index.js';
import { readPlainRegex } from './plain-regex.js';
import { regexShape } from './regex-shape.js';

/**
 * Regular expressions of matchers: RE2 syntax, linear in the length of the value, anchored at both ends.
 *
 * The engine is a port of Go's regexp, so that the errors read as Alertmanager's do. What an expression may cost to
 * compile is bounded before it is compiled, because a short text can ask for millions of states. Linear is not quick: each
 * character may visit every state, so the two together are bounded as well.
 */
export interface AnchoredRegex {
  /** Never true for a value that is too long for an expression of this size (MAX_MATCH_STEPS). */
  matches(value: string): boolean;
}

/** Longest expression in UTF-16 units that is compiled, and the most states that it may ask for. */
export const MAX_REGEX_LENGTH = 65_536;
export const MAX_REGEX_STATES = 65_536;

/** States times UTF-16 units of the value. That is under a second; ten states still take values of a megabyte. */
const MAX_MATCH_STEPS = 16 * 1024 * 1024;

export function compileAnchored(pattern: string): Result<AnchoredRegex> {
  const compiled = compile(anchored(pattern));
  if (!compiled.ok) return compiled;
  const regex = compiled.value;
  const { balanced, states } = regexShape(pattern);
  const longest = MAX_MATCH_STEPS / Math.max(states, 1);
  // `a)|(b` closes our group early: then the anchors do not hold for the whole, and only a search gives Go's answer.
  return ok(
    balanced
      ? { matches: (value) => value.length <= longest && regex.testExact(value) }
      : { matches: (value) => value.length <= longest && regex.test(value) },
  );
}

const anchored = (pattern: string): string => `^(?:${pattern})$`;

/** What is wrong with an expression as it stands, without anchors; undefined when it compiles. */
export function regexError(pattern: string): string | undefined {
  if (readPlainRegex(pattern)) return undefined;
  // What is whole between anchors is whole without them, and that was mostly compiled just before.
  if (regexShape(pattern).balanced && compile(anchored(pattern)).ok) return undefined;
  const compiled = compile(pattern);
  return compiled.ok ? undefined : compiled.issues[0]?.message;
}

/** The last one compiled: a text that both grammars read asks for the same expression twice in a row. */
let last: { readonly expression: string; readonly compiled: Result<RE2JS> } | undefined;

function compile(expression: string): Result<RE2JS> {
  if (last?.expression !== expression) last = { expression, compiled: compileAnew(expression) };
  return last.compiled;
}

function compileAnew(expression: string): Result<RE2JS> {
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
