/**
 * Regular expressions that mean a known few texts: `foo`, `a|b`, `(?:web|db)-1`, `shop(-canary)?`, `node-[0-3]`.
 *
 * Such a matcher compares instead of running an automaton, and routes, silences and inhibitions are indexed by its values.
 * Anything that is not plainly a literal, an escaped punctuation mark, an alternation, a bare group, a few letters in
 * brackets, or one of these with a `?` gives up: the regular expression engine then decides, and says what is wrong with it.
 */
const MAX_VARIANTS = 4_096;
const MAX_LENGTH = 1_048_576;
const MAX_DEPTH = 16;

/** The last one read: what an expression costs is asked just before its matcher is made. */
let last: { readonly pattern: string; readonly literals: readonly string[] | undefined } | undefined;

/** The texts that an anchored expression accepts, without repeats; undefined when they are not plainly a few. */
export function literalsOf(pattern: string): readonly string[] | undefined {
  if (last?.pattern !== pattern) last = { pattern, literals: readLiterals(pattern) };
  return last.literals;
}

function readLiterals(pattern: string): readonly string[] | undefined {
  if (pattern.length > MAX_LENGTH || !pattern.isWellFormed()) return undefined;
  const reader = new LiteralReader(pattern);
  const texts = reader.alternation(0);
  return texts !== undefined && reader.atEnd ? [...new Set(texts)] : undefined;
}

/** A whole pattern that is one literal text, escapes resolved. */
export function literalText(pattern: string): string | undefined {
  const texts = literalsOf(pattern);
  return texts?.length === 1 ? texts[0] : undefined;
}

class LiteralReader {
  #at = 0;

  constructor(private readonly pattern: string) {}

  get atEnd(): boolean {
    return this.#at === this.pattern.length;
  }

  alternation(depth: number): string[] | undefined {
    const texts: string[] = [];
    for (;;) {
      const branch = this.#sequence(depth);
      if (branch === undefined || texts.length + branch.length > MAX_VARIANTS) return undefined;
      texts.push(...branch);
      if (this.pattern[this.#at] !== '|') return texts;
      this.#at++;
    }
  }

  #sequence(depth: number): string[] | undefined {
    let texts = [''];
    while (this.#at < this.pattern.length) {
      const char = this.pattern[this.#at] as string;
      if (char === '|' || char === ')') break;
      const next = this.#perhaps(this.#element(char, depth));
      if (next === undefined || texts.length * next.length > MAX_VARIANTS) return undefined;
      texts = next.length === 1 && texts.length === 1 ? [`${texts[0]}${next[0]}`] : product(texts, next);
    }
    return texts;
  }

  #element(char: string, depth: number): string[] | undefined {
    if (char === '(') return this.#group(depth + 1);
    return char === '[' ? this.#class() : this.#run();
  }

  /** With nothing as one of its texts, where a `?` follows. A second sign of repetition is for the engine. */
  #perhaps(texts: string[] | undefined): string[] | undefined {
    if (texts === undefined || this.pattern[this.#at] !== '?') return texts;
    this.#at++;
    return REPEATS.includes(this.pattern[this.#at] ?? ' ') ? undefined : [...texts, ''];
  }

  #class(): string[] | undefined {
    PLAIN_CLASS.lastIndex = this.#at;
    const [whole, members] = PLAIN_CLASS.exec(this.pattern) ?? [];
    if (whole === undefined || members === undefined) return undefined;
    this.#at += whole.length;
    const ranges = members.match(/.-.|./g) ?? [];
    return ranges.every(isForward) ? ranges.flatMap(lettersOf) : undefined;
  }

  #group(depth: number): string[] | undefined {
    this.#at += this.pattern.startsWith('(?:', this.#at) ? 3 : 1;
    const texts = depth > MAX_DEPTH ? undefined : this.alternation(depth);
    if (texts === undefined || this.pattern[this.#at] !== ')') return undefined;
    this.#at++;
    return texts;
  }

  /** Characters up to the next one that means something, or up to the one that a `?` is about. */
  #run(): string[] | undefined {
    let text = '';
    while (this.#at < this.pattern.length) {
      const start = this.#at;
      const next = this.#characters();
      if (next === undefined) return text === '' ? undefined : [text];
      if (this.pattern[this.#at] === '?' && text !== '') {
        this.#at = start;
        return [text];
      }
      text += next;
      if (this.pattern[this.#at] === '?') break;
    }
    return [text];
  }

  /** Those that stand for themselves, or one that is escaped; nothing is read of any other. */
  #characters(): string | undefined {
    PLAIN_CHARACTERS.lastIndex = this.#at;
    const plain = PLAIN_CHARACTERS.exec(this.pattern)?.[0];
    if (plain !== undefined) {
      this.#at += plain.length;
      return plain;
    }
    const escaped = this.pattern[this.#at + 1];
    if (this.pattern[this.#at] !== '\\' || escaped === undefined || !isPunctuation(escaped)) return undefined;
    this.#at += 2;
    return escaped;
  }
}

/** What stands for itself. Braces and `]` sometimes do; then the engine decides. A `?` is about the last one alone. */
const PLAIN_CHARACTERS = /[^\\|().+*?[\]{}^$]+(?!\?)|[^\\|().+*?[\]{}^$]/uy;
const REPEATS = '+*?{';
/** Letters, digits and ranges of them: nothing in it can be a name, an escape or a negation. Repeated it is no known few. */
const PLAIN_CLASS = /\[((?:[A-Za-z0-9](?:-[A-Za-z0-9])?)+)\](?![+*{])/y;

const isForward = (range: string): boolean => range.length === 1 || range.charCodeAt(0) <= range.charCodeAt(2);

function lettersOf(range: string): string[] {
  const [first, last] = [range.charCodeAt(0), range.charCodeAt(range.length - 1)];
  return Array.from({ length: last - first + 1 }, (_, n) => String.fromCharCode(first + n));
}

/** Escaped, these stand for themselves. */
const isPunctuation = (char: string): boolean => /^[!-/:-@[-`{-~]$/.test(char);

const product = (heads: readonly string[], tails: readonly string[]): string[] =>
  heads.flatMap((head) => tails.map((tail) => head + tail));
