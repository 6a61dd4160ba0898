import { type Result, failed, ok } from '../issue/index.js';
import { createMatcher } from './create-matcher.js';
import type { MatchOperator, Matcher } from './matcher.js';
import { unquoteGo } from './quote.js';
import { Lexer, MatcherSyntaxError, type Token, type TokenKind } from './utf8-lexer.js';

/**
 * The grammar with UTF-8 names: `{` matcher, matcher … `,` `}`, both braces or neither, the last comma allowed.
 * Names and values are unquoted or in double quotes with Go's escapes. The errors are Alertmanager's, text and position.
 */
export function parseUtf8Matchers(input: string): Result<Matcher[]> {
  try {
    return ok(new Parser(new Lexer(input)).parse());
  } catch (error) {
    if (!(error instanceof MatcherSyntaxError)) throw error;
    return failed({ code: 'invalid-matcher', path: '', message: error.message });
  }
}

export function parseUtf8Matcher(input: string): Result<Matcher> {
  const parsed = parseUtf8Matchers(input);
  if (!parsed.ok) return parsed;
  const [matcher] = parsed.value;
  if (matcher !== undefined && parsed.value.length === 1) return ok(matcher);
  const message = matcher === undefined ? 'no matchers' : `expected 1 matcher, found ${parsed.value.length}`;
  return failed({ code: 'invalid-matcher', path: '', message });
}

const OPERATORS: readonly TokenKind[] = ['=', '!=', '=~', '!~'];
const TEXTS: readonly TokenKind[] = ['quoted', 'unquoted'];

class Parser {
  readonly #matchers: Matcher[] = [];
  #opened = false;

  constructor(private readonly lexer: Lexer) {}

  parse(): Matcher[] {
    this.#opened = this.lexer.peek().kind === '{';
    if (this.#opened) this.lexer.next();
    const first = this.lexer.peek().kind;
    if (first !== 'end' && first !== '}') this.#list();
    this.#close();
    this.#end();
    return this.#matchers;
  }

  #list(): void {
    for (;;) {
      this.#matchers.push(this.#matcher());
      const after = this.#peekOneOf(['end', ',', '}'], 'expected a comma or close brace');
      if (after.kind !== ',') return;
      this.lexer.next();
      const next = this.#peekOneOf(['end', '}', ...TEXTS], 'expected a matcher or close brace after comma');
      if (next.kind === 'end' || next.kind === '}') return;
    }
  }

  #matcher(): Matcher {
    const name = textOf(this.#nextOneOf(TEXTS, 'expected label name'));
    const operator = this.#nextOneOf(OPERATORS, "expected an operator such as '=', '!=', '=~' or '!~'");
    const value = textOf(this.#nextOneOf(TEXTS, 'expected label value'));
    // Only operators pass the check above.
    const matcher = createMatcher(operator.kind as MatchOperator, name, value);
    if (matcher.ok) return matcher.value;
    throw new MatcherSyntaxError(`failed to create matcher: ${matcher.issues[0]?.message}`);
  }

  #close(): void {
    const token = this.lexer.peek();
    if (this.#opened && token.kind !== '}') {
      throw new MatcherSyntaxError(`0:${this.lexer.column}: ${unexpected(token)}: expected close brace`);
    }
    if (!this.#opened && token.kind === '}') {
      throw new MatcherSyntaxError(`0:${token.endColumn}: }: expected opening brace`);
    }
    if (this.#opened) this.lexer.next();
  }

  #end(): void {
    const token = explained('expected end of input', () => this.lexer.peek());
    if (token.kind === 'end') return;
    throw new MatcherSyntaxError(`${token.startColumn}:${token.endColumn}: ${token.text}: expected end of input`);
  }

  #nextOneOf(kinds: readonly TokenKind[], expected: string): Token {
    this.#peekOneOf(kinds, expected);
    return this.lexer.next();
  }

  #peekOneOf(kinds: readonly TokenKind[], expected: string): Token {
    const token = explained(expected, () => this.lexer.peek());
    if (kinds.includes(token.kind)) return token;
    throw new MatcherSyntaxError(`${unexpected(token)}: ${expected}`);
  }
}

/** Adds to an error of the lexer what the parser was waiting for. */
function explained(expected: string, peek: () => Token): Token {
  try {
    return peek();
  } catch (error) {
    if (error instanceof MatcherSyntaxError) throw new MatcherSyntaxError(`${error.message}: ${expected}`);
    throw error;
  }
}

const unexpected = ({ kind, text, startColumn, endColumn }: Token): string =>
  kind === 'end' ? 'end of input' : `${startColumn}:${endColumn}: unexpected ${text}`;

function textOf({ kind, text, startColumn, endColumn }: Token): string {
  const value = kind === 'quoted' ? unquoteGo(text) : text;
  if (value === undefined) throw new MatcherSyntaxError(`${startColumn}:${endColumn}: ${text}: invalid input`);
  return value;
}
