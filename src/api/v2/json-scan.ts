/**
 * Where the first JSON value of some bytes ends, or why it is none, in the words of Go's decoder.
 *
 * What follows the value is nobody's business. Works on bytes with a stack of its own, so depth costs no call stack, and can
 * pause (it is a generator), so a huge body does not hold the event loop. Facts: reference "HTTP interface", section 2.3.
 */
export type Scanned = { readonly end: number; readonly pieces: readonly Span[] } | { readonly error: string };

/** From a byte to the one before another. */
export type Span = readonly [start: number, end: number];

/** Go refuses deeper values. */
const MAX_DEPTH = 10_000;
const PAUSE_BYTES = 256 * 1024;
/** Elements of a list are gathered until they have so many bytes. */
const PIECE_BYTES = 256 * 1024;
/** What is parsed in one go: an element of the outer list, or all of it where there is none. */
const MAX_ELEMENT_BYTES = 16 * 1024 * 1024;
const MAX_ELEMENT_VALUES = 250_000;

export function scanJson(bytes: Buffer): Scanned {
  const scan = scanInSteps(bytes);
  for (;;) {
    const step = scan.next();
    if (step.done) return step.value;
  }
}

/** Yields now and then; returns the end of the value and, if it is a list, where runs of its elements are. */
export function* scanInSteps(bytes: Buffer): Generator<void, Scanned> {
  const scanner = new Scanner(bytes);
  let pauseAt = PAUSE_BYTES;
  for (;;) {
    const scanned = scanner.step();
    if (scanned) return scanned;
    if (scanner.at < pauseAt) continue;
    pauseAt = scanner.at + PAUSE_BYTES;
    yield;
  }
}

const OBJECT = 1;
const ARRAY = 2;

const char = (text: string): number => text.charCodeAt(0);
const QUOTE = char('"');
const BACKSLASH = char('\\');
const COMMA = char(',');
const COLON = char(':');

type Expect = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'after-pair' | 'after-element';

class Scanner {
  at = 0;
  #expect: Expect = 'value';
  readonly #stack: number[] = [];
  readonly #pieces: Span[] = [];
  #pieceStart = -1;
  #elementStart = 0;
  #elementValues = 0;
  #error: string | undefined;

  constructor(readonly bytes: Buffer) {}

  /** One token. */
  step(): Scanned | undefined {
    this.#skipSpace();
    if (this.at >= this.bytes.length)
      return { error: this.#stack.length === 0 && this.#expect === 'value' ? 'EOF' : 'unexpected EOF' };
    const isWhole = this.#token(this.bytes[this.at] as number);
    if (this.#error !== undefined) return { error: this.#error };
    return isWhole ? { end: this.at, pieces: this.#pieces } : undefined;
  }

  /** Whether the value is complete. */
  #token(byte: number): boolean {
    switch (this.#expect) {
      case 'value-or-end':
        if (byte === 0x5d) return this.#close();
        return this.#value(byte);
      case 'value':
        return this.#value(byte);
      case 'key-or-end':
        if (byte === 0x7d) return this.#close();
        return this.#key(byte);
      case 'key':
        return this.#key(byte);
      case 'colon':
        if (byte !== COLON) return this.#fail(byte, 'after object key');
        this.at++;
        this.#expect = 'value';
        return false;
      case 'after-pair':
        if (byte === 0x7d) return this.#close();
        if (byte !== COMMA) return this.#fail(byte, 'after object key:value pair');
        this.at++;
        this.#expect = 'key';
        return false;
      case 'after-element':
        return this.#afterElement(byte);
    }
  }

  #afterElement(byte: number): boolean {
    if (byte === 0x5d) return this.#close();
    if (byte !== COMMA) return this.#fail(byte, 'after array element');
    this.at++;
    this.#expect = 'value';
    return false;
  }

  #key(byte: number): boolean {
    if (byte !== QUOTE) return this.#fail(byte, 'looking for beginning of object key string');
    this.#string();
    this.#expect = 'colon';
    return false;
  }

  #value(byte: number): boolean {
    if (this.#stack.length === 1 && this.#stack[0] === ARRAY) this.#beginElement();
    if (++this.#elementValues > MAX_ELEMENT_VALUES) return this.#tooLarge(`${MAX_ELEMENT_VALUES} values`);
    switch (byte) {
      case 0x7b:
        return this.#open(OBJECT, 'key-or-end');
      case 0x5b:
        return this.#open(ARRAY, 'value-or-end');
      case QUOTE:
        this.#string();
        return this.#endValue();
      case 0x74:
        return this.#literal('true');
      case 0x66:
        return this.#literal('false');
      case 0x6e:
        return this.#literal('null');
      default:
        if (byte === 0x2d || isDigit(byte)) return this.#number();
        return this.#fail(byte, 'looking for beginning of value');
    }
  }

  #open(kind: number, expect: Expect): boolean {
    this.at++;
    this.#stack.push(kind);
    if (this.#stack.length > MAX_DEPTH)
      this.#error = `invalid character ${quoteByte(kind === ARRAY ? 0x5b : 0x7b)} exceeded max depth`;
    this.#expect = expect;
    return false;
  }

  #beginElement(): void {
    if (this.#pieceStart < 0) this.#pieceStart = this.at;
    this.#elementStart = this.at;
    this.#elementValues = 0;
  }

  #endElement(): void {
    if (this.at - this.#elementStart > MAX_ELEMENT_BYTES) this.#tooLarge(`${MAX_ELEMENT_BYTES} bytes`);
    if (this.at - this.#pieceStart >= PIECE_BYTES) this.#endPiece(this.at);
  }

  #endPiece(end: number): void {
    this.#pieces.push([this.#pieceStart, end]);
    this.#pieceStart = -1;
  }

  #close(): boolean {
    // The bracket of the outer list: what is left of its elements is the last piece.
    if (this.#stack.length === 1 && this.#pieceStart >= 0) this.#endPiece(this.at);
    this.at++;
    this.#stack.pop();
    return this.#endValue();
  }

  #endValue(): boolean {
    const depth = this.#stack.length;
    if (depth === 0) return true;
    const isArray = this.#stack[depth - 1] === ARRAY;
    if (depth === 1 && isArray) this.#endElement();
    this.#expect = isArray ? 'after-element' : 'after-pair';
    return false;
  }

  #string(): void {
    for (this.at++; this.at < this.bytes.length; this.at++) {
      const byte = this.bytes[this.at] as number;
      if (byte === QUOTE) {
        this.at++;
        return;
      }
      if (byte < 0x20) return void this.#fail(byte, 'in string literal');
      if (byte === BACKSLASH && !this.#escape()) return;
    }
    this.#end();
  }

  #escape(): boolean {
    this.at++;
    const byte = this.bytes[this.at];
    if (byte === undefined) return this.#end();
    if ('"\\/bfnrt'.includes(String.fromCharCode(byte))) return true;
    if (byte !== char('u')) return this.#fail(byte, 'in string escape code');
    for (let i = 0; i < 4; i++) {
      this.at++;
      const digit = this.bytes[this.at];
      if (digit === undefined) return this.#end();
      if (!isHex(digit)) return this.#fail(digit, 'in \\u hexadecimal character escape');
    }
    return true;
  }

  #literal(word: string): boolean {
    for (let i = 1; i < word.length; i++) {
      this.at++;
      const byte = this.bytes[this.at];
      if (byte === undefined) return this.#end();
      if (byte !== word.charCodeAt(i)) return this.#fail(byte, `in literal ${word} (expecting '${word[i]}')`);
    }
    this.at++;
    return this.#endValue();
  }

  #number(): boolean {
    if (this.bytes[this.at] === 0x2d) this.at++;
    const isZero = this.bytes[this.at] === 0x30;
    if (isZero) this.at++;
    else if (!this.#digits('in numeric literal')) return false;
    if (this.bytes[this.at] === 0x2e) {
      this.at++;
      if (!this.#digits('after decimal point in numeric literal')) return false;
    }
    const exponent = this.bytes[this.at];
    if (exponent === 0x65 || exponent === 0x45) {
      this.at++;
      const sign = this.bytes[this.at];
      if (sign === 0x2b || sign === 0x2d) this.at++;
      if (!this.#digits('in exponent of numeric literal')) return false;
    }
    return this.#endValue();
  }

  /** At least one. */
  #digits(where: string): boolean {
    const byte = this.bytes[this.at];
    if (byte === undefined) return this.#end();
    if (!isDigit(byte)) return this.#fail(byte, where);
    while (isDigit(this.bytes[this.at] ?? 0)) this.at++;
    return true;
  }

  #skipSpace(): void {
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
      this.at++;
    }
  }

  #fail(byte: number, where: string): false {
    this.#error ??= `invalid character ${quoteByte(byte)} ${where}`;
    return false;
  }

  #tooLarge(limit: string): false {
    this.#error ??= `one value is larger than the limit of ${limit}`;
    return false;
  }

  #end(): false {
    this.#error ??= 'unexpected EOF';
    return false;
  }
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isHex = (byte: number): boolean =>
  isDigit(byte) || (byte >= 0x61 && byte <= 0x66) || (byte >= 0x41 && byte <= 0x46);

const NAMED: ReadonlyMap<number, string> = new Map([
  [0x07, '\\a'],
  [0x08, '\\b'],
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0b, '\\v'],
  [0x0c, '\\f'],
  [0x0d, '\\r'],
  [0x27, "\\'"],
  [0x5c, '\\\\'],
]);

/** One byte, taken for a character of its own, as Go quotes it. */
function quoteByte(byte: number): string {
  const named = NAMED.get(byte);
  if (named !== undefined) return `'${named}'`;
  if (byte < 0x20 || byte === 0x7f) return `'\\x${byte.toString(16).padStart(2, '0')}'`;
  if ((byte >= 0x80 && byte <= 0xa0) || byte === 0xad) return `'\\u00${byte.toString(16)}'`;
  return `'${String.fromCharCode(byte)}'`;
}
