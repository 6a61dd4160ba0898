/**
 * Regular expressions that mean a known few texts: `foo`, `a|b`, `(?:web|db)-1`.
 *
 * Such a matcher compares instead of running an automaton, and silences and inhibitions are indexed by its values.
 * Anything that is not plainly a literal, an escaped punctuation mark, an alternation or a bare group gives up: the regular
 * expression engine then decides, and says what is wrong with it.
 */
const MAX_VARIANTS = 4_096;
const MAX_LENGTH = 1_048_576;
const MAX_DEPTH = 16;

/** The texts that an anchored expression accepts, without repeats; undefined when they are not plainly a few. */
export function literalsOf(pattern: string): readonly string[] | undefined {
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
      const next = char === '(' ? this.#group(depth + 1) : this.#run();
      if (next === undefined || texts.length * next.length > MAX_VARIANTS) return undefined;
      texts = next.length === 1 && texts.length === 1 ? [`${texts[0]}${next[0]}`] : product(texts, next);
    }
    return texts;
  }

  #group(depth: number): string[] | undefined {
    this.#at += this.pattern.startsWith('(?:', this.#at) ? 3 : 1;
    const texts = depth > MAX_DEPTH ? undefined : this.alternation(depth);
    if (texts === undefined || this.pattern[this.#at] !== ')') return undefined;
    this.#at++;
    return texts;
  }

  /** Characters up to the next one that means something. */
  #run(): string[] | undefined {
    let text = '';
    for (; this.#at < this.pattern.length; this.#at++) {
      const char = this.pattern[this.#at] as string;
      if (char === '|' || char === '(' || char === ')') break;
      if (char === '\\') {
        const escaped = this.pattern[this.#at + 1];
        if (escaped === undefined || !isPunctuation(escaped)) return undefined;
        text += escaped;
        this.#at++;
      } else if (META.includes(char)) return undefined;
      else text += char;
    }
    return [text];
  }
}

/** What may not stand for itself. Braces and `]` sometimes do; then the engine decides. */
const META = '.+*?[]{}^$';

/** Escaped, these stand for themselves. */
const isPunctuation = (char: string): boolean => /^[!-/:-@[-`{-~]$/.test(char);

const product = (heads: readonly string[], tails: readonly string[]): string[] =>
  heads.flatMap((head) => tails.map((tail) => head + tail));
