/**
 * Cuts a template into tokens, one at a time, as the parser asks for them.
 *
 * The parser's position decides the meaning of a token (a space matters between operands and nowhere else), so white
 * space inside actions is a token too. An error is a token and the last one.
 */
import { isPrintable, quote } from '../format/quote.js';
import { KEYWORDS, type Token, type TokenKind } from './token.js';

const LEFT = '{{';
const RIGHT = '}}';
const EOF = -1;
const ALPHANUMERIC = /^[\p{L}\p{Nd}_]$/u;

const isSpace = (code: number): boolean => code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0a;

function isAlphanumeric(code: number): boolean {
  if (code < 0) return false;
  if (code < 0x80)
    return (
      (code >= 0x61 && code <= 0x7a) ||
      (code >= 0x41 && code <= 0x5a) ||
      (code >= 0x30 && code <= 0x39) ||
      code === 0x5f
    );
  return ALPHANUMERIC.test(String.fromCodePoint(code));
}

export class Lexer {
  #input: string;
  #pos = 0;
  #start = 0;
  #line = 1;
  #startLine = 1;
  #parenDepth = 0;
  #insideAction = false;

  constructor(input: string) {
    this.#input = input;
  }

  nextToken(): Token {
    if (this.#insideAction) return this.#inAction();
    for (;;) {
      const token = this.#text();
      if (token) return token;
    }
  }

  // Text between actions.

  #text(): Token | undefined {
    const at = this.#input.indexOf(LEFT, this.#pos);
    if (at < 0) {
      this.#pos = this.#input.length;
      return this.#pos > this.#start ? this.#emit('text') : this.#emit('eof', 'EOF');
    }
    const trimmed = this.#trimsLeft(at + LEFT.length) ? this.#withoutTrailingSpace(at) : at;
    this.#pos = trimmed;
    const text = trimmed > this.#start ? this.#emit('text') : undefined;
    this.#pos = at;
    this.#ignore();
    return text ?? this.#leftDelim();
  }

  #leftDelim(): Token | undefined {
    this.#pos += LEFT.length;
    const marker = this.#trimsLeft(this.#pos) ? 2 : 0;
    if (this.#input.startsWith('/*', this.#pos + marker)) {
      this.#pos += marker;
      this.#ignore();
      return this.#comment();
    }
    const token = this.#emit('leftDelim');
    this.#insideAction = true;
    this.#pos += marker;
    this.#ignore();
    this.#parenDepth = 0;
    return token;
  }

  #comment(): Token | undefined {
    const end = this.#input.indexOf('*/', this.#pos + 2);
    if (end < 0) return this.#error('unclosed comment');
    this.#pos = end + 2;
    const trims = this.#trimsRight(this.#pos);
    if (!trims && !this.#input.startsWith(RIGHT, this.#pos))
      return this.#error('comment ends before closing delimiter');
    this.#pos += RIGHT.length + (trims ? 2 : 0);
    if (trims) this.#skipSpace();
    this.#ignore();
    return undefined;
  }

  // Actions.

  #inAction(): Token {
    if (this.#input.startsWith(RIGHT, this.#pos) || this.#trimsRight(this.#pos)) {
      return this.#parenDepth === 0 ? this.#rightDelim() : this.#error('unclosed left paren');
    }
    const code = this.#next();
    if (code === EOF) return this.#error('unclosed action');
    if (isSpace(code)) return this.#space();
    switch (String.fromCodePoint(code)) {
      case '=':
        return this.#emit('assign');
      case ':':
        return this.#next() === 0x3d ? this.#emit('declare') : this.#error('expected :=');
      case '|':
        return this.#emit('pipe');
      case '"':
        return this.#quoted(0x22, 'string', 'unterminated quoted string');
      case "'":
        return this.#quoted(0x27, 'charConstant', 'unterminated character constant');
      case '`':
        return this.#rawQuote();
      case '$':
        return this.#fieldOrVariable('variable');
      case '(':
        this.#parenDepth++;
        return this.#emit('leftParen');
      case ')':
        if (--this.#parenDepth < 0) return this.#error('unexpected right paren');
        return this.#emit('rightParen');
      case '.':
        if (this.#pos < this.#input.length && !this.#isDigit(this.#pos)) return this.#fieldOrVariable('field');
        return this.#number(1);
      case '+':
      case '-':
        return this.#number(1);
      default:
        if (code >= 0x30 && code <= 0x39) return this.#number(1);
        if (isAlphanumeric(code)) return this.#identifier();
        if (code > 0x20 && code < 0x7f) return this.#emit('char');
        return this.#error(`unrecognized character in action: ${describeRune(code)}`);
    }
  }

  #rightDelim(): Token {
    const trims = this.#trimsRight(this.#pos);
    if (trims) {
      this.#pos += 2;
      this.#ignore();
    }
    this.#pos += RIGHT.length;
    const token = this.#emit('rightDelim');
    if (trims) {
      this.#skipSpace();
      this.#ignore();
    }
    this.#insideAction = false;
    return token;
  }

  /** One space is consumed. The last one of a run belongs to ` -}}` where that follows. */
  #space(): Token {
    while (isSpace(this.#peek())) this.#next();
    if (this.#trimsRight(this.#pos - 1)) {
      this.#pos--;
      if (this.#pos === this.#start) return this.#rightDelim();
    }
    return this.#emit('space');
  }

  #identifier(): Token {
    while (isAlphanumeric(this.#peek())) this.#next();
    const word = this.#input.slice(this.#start, this.#pos);
    if (!this.#atTerminator()) return this.#error(`bad character ${describeRune(this.#peek())}`);
    const keyword = KEYWORDS.get(word);
    if (keyword) return this.#emit(keyword);
    return this.#emit(word === 'true' || word === 'false' ? 'bool' : 'identifier');
  }

  #fieldOrVariable(kind: 'field' | 'variable'): Token {
    if (this.#atTerminator()) return this.#emit(kind === 'variable' ? 'variable' : 'dot');
    while (isAlphanumeric(this.#peek())) this.#next();
    if (!this.#atTerminator()) return this.#error(`bad character ${describeRune(this.#peek())}`);
    return this.#emit(kind);
  }

  #quoted(end: number, kind: TokenKind, unterminated: string): Token {
    for (;;) {
      let code = this.#next();
      if (code === end) return this.#emit(kind);
      if (code === 0x5c) code = this.#next();
      if (code === EOF || code === 0x0a) return this.#error(unterminated);
    }
  }

  #rawQuote(): Token {
    const end = this.#input.indexOf('`', this.#pos);
    if (end < 0) {
      this.#pos = this.#input.length;
      return this.#error('unterminated raw quoted string');
    }
    this.#pos = end + 1;
    return this.#emit('rawString');
  }

  /** Accepts more than Go's numbers; what is wrong is found when the literal is read. */
  #number(consumed: number): Token {
    this.#pos -= consumed;
    if (!this.#scanNumber()) return this.#badNumber();
    const sign = this.#peek();
    if (sign !== 0x2b && sign !== 0x2d) return this.#emit('number');
    if (!this.#scanNumber() || this.#input[this.#pos - 1] !== 'i') return this.#badNumber();
    return this.#emit('complex');
  }

  #badNumber(): Token {
    return this.#error(`bad number syntax: ${quote(this.#input.slice(this.#start, this.#pos))}`);
  }

  #scanNumber(): boolean {
    this.#accept('+-');
    let digits = '0123456789_';
    if (this.#accept('0')) {
      if (this.#accept('xX')) digits = '0123456789abcdefABCDEF_';
      else if (this.#accept('oO')) digits = '01234567_';
      else if (this.#accept('bB')) digits = '01_';
    }
    this.#acceptRun(digits);
    if (this.#accept('.')) this.#acceptRun(digits);
    if ((digits.length === 11 && this.#accept('eE')) || (digits.length === 23 && this.#accept('pP'))) {
      this.#accept('+-');
      this.#acceptRun('0123456789_');
    }
    this.#accept('i');
    if (!isAlphanumeric(this.#peek())) return true;
    this.#next();
    return false;
  }

  #atTerminator(): boolean {
    const code = this.#peek();
    if (code === EOF || isSpace(code)) return true;
    return '.,|:)('.includes(String.fromCodePoint(code)) || this.#input.startsWith(RIGHT, this.#pos);
  }

  // Reading.

  #next(): number {
    const code = this.#peek();
    if (code === EOF) return EOF;
    this.#pos += code > 0xffff ? 2 : 1;
    return code;
  }

  #peek(): number {
    return this.#pos >= this.#input.length ? EOF : (this.#input.codePointAt(this.#pos) as number);
  }

  #isDigit(at: number): boolean {
    const code = this.#input.charCodeAt(at);
    return code >= 0x30 && code <= 0x39;
  }

  #accept(set: string): boolean {
    const code = this.#peek();
    if (code === EOF || !set.includes(String.fromCodePoint(code))) return false;
    this.#next();
    return true;
  }

  #acceptRun(set: string): void {
    while (this.#accept(set));
  }

  #skipSpace(): void {
    while (isSpace(this.#peek())) this.#pos++;
  }

  #trimsLeft(at: number): boolean {
    return this.#input[at] === '-' && isSpace(this.#input.charCodeAt(at + 1));
  }

  #trimsRight(at: number): boolean {
    return isSpace(this.#input.charCodeAt(at)) && this.#input.startsWith(`-${RIGHT}`, at + 1);
  }

  #withoutTrailingSpace(end: number): number {
    while (end > this.#start && isSpace(this.#input.charCodeAt(end - 1))) end--;
    return end;
  }

  #emit(kind: TokenKind, text = this.#input.slice(this.#start, this.#pos)): Token {
    const token = { kind, pos: this.#start, text, line: this.#startLine };
    this.#ignore();
    return token;
  }

  #ignore(): void {
    for (let i = this.#start; i < this.#pos; i++) if (this.#input.charCodeAt(i) === 0x0a) this.#line++;
    this.#start = this.#pos;
    this.#startLine = this.#line;
  }

  #error(message: string): Token {
    const token: Token = { kind: 'error', pos: this.#start, text: message, line: this.#startLine };
    this.#input = '';
    this.#pos = 0;
    this.#start = 0;
    return token;
  }
}

/** `U+0021 '!'` */
function describeRune(code: number): string {
  if (code === EOF) return 'U+FFFFFFFFFFFFFFFF';
  const hex = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const char = String.fromCodePoint(code);
  return isPrintable(char) ? `${hex} '${char}'` : hex;
}
