import { type Result, ok } from '../issue/index.js';
import { literalsOf } from './literals.js';
import type { MatchOperator, Matcher } from './matcher.js';
import { readPlainRegex } from './plain-regex.js';
import { compileAnchored } from './regex.js';
import { literalPrefixes } from './regex-shape.js';
import { remember } from './remember.js';
import { wildcardTest } from './wildcard.js';

const NONE: readonly string[] = [];

/**
 * Builds a matcher, compiling the expression once: here, or where it is valid beyond doubt when it is first needed. Fails only
 * on an expression that does not compile.
 *
 * The plain cases do not reach the regular expression engine at all: a few literals are compared, and `.*` around a
 * literal is a look for that text. Both answer as the engine would; the tests compare them with it.
 */
export function createMatcher(operator: MatchOperator, name: string, value: string): Result<Matcher> {
  switch (operator) {
    case '=':
      return ok({ name, operator, value, literals: [value], prefixes: NONE, matches: (text) => text === value });
    case '!=':
      return ok({ name, operator, value, literals: undefined, prefixes: NONE, matches: (text) => text !== value });
    case '=~': {
      const read = readExpression(value);
      if (!read.ok) return read;
      const { literals, prefixes, accepts } = read.value;
      return ok({ name, operator, value, literals, prefixes, matches: accepts });
    }
    case '!~': {
      const read = readExpression(value);
      if (!read.ok) return read;
      const { accepts } = read.value;
      return ok({ name, operator, value, literals: undefined, prefixes: NONE, matches: (text) => !accepts(text) });
    }
  }
}

interface Expression extends Pick<Matcher, 'literals' | 'prefixes'> {
  readonly accepts: (value: string) => boolean;
}

function readExpression(pattern: string): Result<Expression> {
  const literals = literalsOf(pattern);
  if (literals !== undefined) return ok({ literals, prefixes: NONE, accepts: isOneOf(literals) });
  const prefixes = literalPrefixes(pattern);
  const test = compileTest(pattern, prefixes);
  return test.ok ? ok({ literals, prefixes, accepts: test.value }) : test;
}

function compileTest(pattern: string, prefixes: readonly string[]): Result<(value: string) => boolean> {
  const wildcard = wildcardTest(pattern);
  if (wildcard !== undefined) return ok(wildcard);
  const plain = readPlainRegex(pattern);
  if (plain !== undefined) return ok(compiledOnUse(pattern, prefixes, plain.acceptsEmpty));
  const compiled = compileRemembering(pattern);
  return compiled.ok ? ok(behindPrefixes(prefixes, compiled.value)) : compiled;
}

function compileRemembering(pattern: string): Result<(value: string) => boolean> {
  const compiled = compileAnchored(pattern);
  if (!compiled.ok) return compiled;
  const regex = compiled.value;
  return ok(remember((value) => regex.matches(value)));
}

function compiledOnUse(
  pattern: string,
  prefixes: readonly string[],
  acceptsEmpty: boolean,
): (value: string) => boolean {
  let test: ((value: string) => boolean) | undefined;
  const compileTestOnce = (): ((value: string) => boolean) => {
    const compiled = compileRemembering(pattern);
    if (!compiled.ok) throw new Error(`taken for valid: ${pattern}`);
    return compiled.value;
  };
  const accepts = behindPrefixes(prefixes, (value) => (test ??= compileTestOnce())(value));
  return (value) => (value === '' ? acceptsEmpty : accepts(value));
}

function behindPrefixes(prefixes: readonly string[], test: (value: string) => boolean): (value: string) => boolean {
  switch (prefixes.length) {
    case 0:
      return test;
    case 1: {
      const [prefix] = prefixes as [string];
      return (value) => value.startsWith(prefix) && test(value);
    }
    default:
      return (value) => prefixes.some((prefix) => value.startsWith(prefix)) && test(value);
  }
}

function isOneOf(literals: readonly string[]): (value: string) => boolean {
  if (literals.length === 1) return (value) => value === literals[0];
  const set = new Set(literals);
  return (value) => set.has(value);
}
