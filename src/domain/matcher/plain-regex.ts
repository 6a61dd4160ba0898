/**
 * Regular expressions that are valid beyond doubt, told without compiling them, which takes a hundred times as long:
 * texts, dots, the usual classes, groups and alternatives, each repeated by at most one sign.
 *
 * Such an expression may be compiled when it is first needed, and most never are: the text that it begins with, or
 * another matcher beside it, decides before. Anything else gives up; the engine then says whether it is valid.
 */
export interface PlainRegex {
  /** Whether it accepts the empty text, anchored at both ends. */
  readonly acceptsEmpty: boolean;
}

export const readPlainRegex = (expression: string): PlainRegex | undefined =>
  expression.length > MAX_LENGTH ? undefined : new PlainReader(expression).read();

/** Together they keep an expression far below the engine's own bounds. */
const MAX_LENGTH = 1_024;
const MAX_DEPTH = 16;

/** A character that stands for itself. */
const LITERAL = String.raw`[^\\.+*?()|[\]{}^$\ud800-\udfff]`;
const ESCAPE = String.raw`\\[!-\/:-@\[-\x60\{-~dDsSwW]`;
const CLASS = String.raw`\[\^?(?:a-z|A-Z|0-9|[A-Za-z0-9_.:\/ ](?!-[^\]]))+-?\]`;
/** A sign of repetition belongs to the last character alone, so a run of them leaves that one to the next step. */
const ELEMENT = new RegExp(`(?:${LITERAL}+(?=${LITERAL})|${LITERAL}|\\.|${ESCAPE}|${CLASS})([*+?]?)`, 'uy');
const REPETITION = /([*+?]?)/y;

/** A group that is open, the expression as a whole included. */
interface Group {
  /** Whether one of the alternatives before the present one accepts the empty text. */
  acceptsEmpty: boolean;
  /** Whether the present one does, as far as it was read. */
  isEmpty: boolean;
}

class PlainReader {
  readonly #outer: Group[] = [];
  #group: Group = { acceptsEmpty: false, isEmpty: true };
  #at = 0;

  constructor(private readonly expression: string) {}

  read(): PlainRegex | undefined {
    while (this.#at < this.expression.length) if (!this.#step()) return undefined;
    return this.#outer.length === 0 ? { acceptsEmpty: this.#acceptsEmpty } : undefined;
  }

  get #acceptsEmpty(): boolean {
    return this.#group.acceptsEmpty || this.#group.isEmpty;
  }

  /** Whether it is plain so far. */
  #step(): boolean {
    switch (this.expression[this.#at]) {
      case '(':
        return this.#open();
      case ')':
        return this.#close();
      case '|':
        this.#group = { acceptsEmpty: this.#acceptsEmpty, isEmpty: true };
        this.#at++;
        return true;
      default:
        return this.#element(ELEMENT, false);
    }
  }

  #open(): boolean {
    this.#outer.push(this.#group);
    this.#group = { acceptsEmpty: false, isEmpty: true };
    this.#at += this.expression.startsWith('(?:', this.#at) ? 3 : 1;
    return this.#outer.length <= MAX_DEPTH;
  }

  #close(): boolean {
    const acceptsEmpty = this.#acceptsEmpty;
    const outer = this.#outer.pop();
    if (outer === undefined) return false;
    this.#group = outer;
    this.#at++;
    return this.#element(REPETITION, acceptsEmpty);
  }

  #element(element: RegExp, acceptsEmpty: boolean): boolean {
    element.lastIndex = this.#at;
    const found = element.exec(this.expression);
    if (found === null) return false;
    const [text, repetition] = found;
    this.#group.isEmpty &&= acceptsEmpty || repetition === '*' || repetition === '?';
    this.#at += text.length;
    return true;
  }
}
