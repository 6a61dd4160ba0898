import { type Result, ok } from '../issue/index.js';
import { literalsOf } from './literals.js';
import type { MatchOperator, Matcher } from './matcher.js';
import { compileAnchored } from './regex.js';
import { literalPrefix } from './regex-shape.js';
import { remember } from './remember.js';
import { wildcardTest } from './wildcard.js';

/**
 * Builds a matcher, compiling the expression once. Fails only on an expression that does not compile.
 *
 * The plain cases do not reach the regular expression engine at all: a few literals are compared, and `.*` around a
 * literal is a look for that text. Both answer as the engine would; the tests compare them with it.
 */
export function createMatcher(operator: MatchOperator, name: string, value: string): Result<Matcher> {
  switch (operator) {
    case '=':
      return ok({ name, operator, value, literals: [value], matches: (text) => text === value });
    case '!=':
      return ok({ name, operator, value, literals: undefined, matches: (text) => text !== value });
    case '=~': {
      const literals = literalsOf(value);
      const test = compileTest(value, literals);
      return test.ok ? ok({ name, operator, value, literals, matches: test.value }) : test;
    }
    case '!~': {
      const test = compileTest(value, literalsOf(value));
      if (!test.ok) return test;
      const accepts = test.value;
      return ok({ name, operator, value, literals: undefined, matches: (text) => !accepts(text) });
    }
  }
}

function compileTest(pattern: string, literals: readonly string[] | undefined): Result<(value: string) => boolean> {
  if (literals !== undefined) return ok(isOneOf(literals));
  const wildcard = wildcardTest(pattern);
  if (wildcard !== undefined) return ok(wildcard);
  const compiled = compileAnchored(pattern);
  if (!compiled.ok) return compiled;
  const regex = compiled.value;
  const test = remember((value) => regex.matches(value));
  const prefix = literalPrefix(pattern);
  return ok(prefix === '' ? test : (value) => value.startsWith(prefix) && test(value));
}

function isOneOf(literals: readonly string[]): (value: string) => boolean {
  if (literals.length === 1) return (value) => value === literals[0];
  const set = new Set(literals);
  return (value) => set.has(value);
}
