import { isReserved, isSpace } from './characters.js';

/**
 * Splits a text of the UTF-8 grammar into tokens.
 *
 * Positions are columns, counted in characters (not in UTF-16 units) from zero: `start:end` stands in every error.
 */
export type TokenKind = 'end' | '{' | '}' | ',' | '=' | '!=' | '=~' | '!~' | 'quoted' | 'unquoted';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly startColumn: number;
  readonly endColumn: number;
}

/** Text that does not fit the grammar. Caught where parsing begins, where it becomes an issue. */
export class MatcherSyntaxError extends Error {}

export class Lexer {
  #offset = 0;
  /** Of the end of the token consumed last. */
  column = 0;
  #ahead: { token: Token; offset: number } | undefined;

  constructor(private readonly input: string) {}

  /** The next token, without consuming it. */
  peek(): Token {
    this.#ahead ??= this.#scan();
    return this.#ahead.token;
  }

  next(): Token {
    const token = this.peek();
    if (this.#ahead && token.kind !== 'end') {
      this.#offset = this.#ahead.offset;
      this.column = token.endColumn;
      this.#ahead = undefined;
    }
    return token;
  }

  #scan(): { token: Token; offset: number } {
    let start = this.#offset;
    while (start < this.input.length && isSpace(this.input.charCodeAt(start))) start++;
    const startColumn = this.column + (start - this.#offset);
    if (start === this.input.length) {
      return { token: { kind: 'end', text: '', startColumn, endColumn: startColumn }, offset: start };
    }
    const { kind, end } = this.#read(start, startColumn);
    const text = this.input.slice(start, end);
    return { token: { kind, text, startColumn, endColumn: startColumn + charactersIn(text) }, offset: end };
  }

  #read(start: number, column: number): { kind: TokenKind; end: number } {
    const char = this.input[start] as string;
    switch (char) {
      case '{':
      case '}':
      case ',':
        return { kind: char, end: start + 1 };
      case '=':
        return this.input[start + 1] === '~' ? { kind: '=~', end: start + 2 } : { kind: '=', end: start + 1 };
      case '!':
        return this.#readNot(start, column);
      case '"':
        return { kind: 'quoted', end: this.#endOfQuoted(start, column) };
      default:
        if (isReserved(char.charCodeAt(0))) {
          throw new MatcherSyntaxError(`${column}:${column + 1}: ${char}: invalid input`);
        }
        return { kind: 'unquoted', end: this.#endOfUnquoted(start) };
    }
  }

  #readNot(start: number, column: number): { kind: TokenKind; end: number } {
    const second = this.input[start + 1];
    if (second === '=') return { kind: '!=', end: start + 2 };
    if (second === '~') return { kind: '!~', end: start + 2 };
    const found = second === undefined ? 'unexpected end of input, ' : '!: ';
    throw new MatcherSyntaxError(`${column}:${column + 1}: ${found}expected one of '=~'`);
  }

  #endOfQuoted(start: number, column: number): number {
    for (let i = start + 1; i < this.input.length; i++) {
      if (this.input[i] === '\\') i++;
      else if (this.input[i] === '"') return i + 1;
    }
    const rest = this.input.slice(start);
    throw new MatcherSyntaxError(`${column}:${column + charactersIn(rest)}: ${rest}: missing end "`);
  }

  #endOfUnquoted(start: number): number {
    let end = start;
    while (end < this.input.length && !isReserved(this.input.charCodeAt(end))) end++;
    return end;
  }
}

function charactersIn(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
