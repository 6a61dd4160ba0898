/**
 * A look at a regular expression before it is compiled. One pass over the text, no tree.
 *
 * The count of states follows groups and `{n,m}`, the only thing that makes a program longer than its text; where the
 * syntax is odd it counts too much rather than too little. Whether the text is valid is not asked here.
 */
export interface RegexShape {
  /** How many states the compiled program has, at most about. */
  readonly states: number;
  /** False when a `)` in it closes a group that was opened before it. */
  readonly balanced: boolean;
  /** Where a `|` stands outside of all groups. */
  readonly bars: readonly number[];
}

export const regexShape = (expression: string): RegexShape => new ShapeReader(expression).read();

/** A group that is open: the states of what is complete in it, and of its last element, to which a repetition applies. */
interface Group {
  done: number;
  last: number;
}

const COUNTED_REPEAT = /\{(\d{1,9})(?:(,)(\d{1,9})?)?\}/y;
const FLAGS = /\(\?[a-zA-Z-]*\)/y;

class ShapeReader {
  readonly #outer: Group[] = [];
  #group: Group = { done: 0, last: 0 };
  #balanced = true;
  readonly #bars: number[] = [];
  #at = 0;

  constructor(private readonly expression: string) {}

  read(): RegexShape {
    while (this.#at < this.expression.length) this.#step();
    let states = this.#group.done + this.#group.last;
    for (const open of this.#outer) states += open.done + open.last;
    return { states, balanced: this.#balanced, bars: this.#bars };
  }

  #step(): void {
    switch (this.expression[this.#at]) {
      case '\\':
        return this.#escape();
      case '[':
        return this.#element(1, endOfClass(this.expression, this.#at) + 1);
      case '(':
        return this.#open();
      case ')':
        return this.#close();
      case '{':
        return this.#repeat();
      case '|':
        if (this.#outer.length === 0) this.#bars.push(this.#at);
    }
    this.#element(1, this.#at + 1);
  }

  #element(states: number, next: number): void {
    this.#group.done += this.#group.last;
    this.#group.last = states;
    this.#at = next;
  }

  #escape(): void {
    const start = this.#at;
    if (this.expression[start + 1] !== 'Q') return this.#element(1, start + 2);
    const end = this.expression.indexOf('\\E', start + 2);
    const next = end < 0 ? this.expression.length : end + 2;
    // Of an empty quotation nothing is left, so that a repetition after it means what stands before it.
    if (end === start + 2) this.#at = next;
    else this.#element(next - start, next);
  }

  #open(): void {
    FLAGS.lastIndex = this.#at;
    const flags = FLAGS.exec(this.expression);
    this.#at += flags?.[0].length ?? 1;
    // Flags are no element either.
    if (flags) return;
    this.#outer.push(this.#group);
    this.#group = { done: 2, last: 0 };
  }

  #close(): void {
    const states = this.#group.done + this.#group.last;
    const outer = this.#outer.pop();
    if (outer === undefined) this.#balanced = false;
    this.#group = outer ?? { done: 0, last: 0 };
    this.#element(states, this.#at + 1);
  }

  #repeat(): void {
    COUNTED_REPEAT.lastIndex = this.#at;
    const repeat = COUNTED_REPEAT.exec(this.expression);
    if (repeat === null) return this.#element(1, this.#at + 1);
    this.#group.last = (this.#group.last + 1) * timesRepeated(repeat);
    this.#at += repeat[0].length;
  }
}

/** More of them are no quick test any more. */
const MOST_PREFIXES = 16;

/**
 * The texts of which every value begins with one that an anchored expression accepts, one for each alternative; none when
 * nothing is certain. Flags stand in parentheses, where the text ends; but they count beyond the next bar.
 */
export function literalPrefixes(expression: string): readonly string[] {
  if (literalRun(expression) === '') return [];
  const { balanced, bars } = regexShape(expression);
  if (!balanced || bars.length >= MOST_PREFIXES || (bars.length > 0 && /\(\?(?!:)/.test(expression))) return [];
  const prefixes = new Set<string>();
  for (let n = 0; n <= bars.length; n++) {
    const start = n === 0 ? 0 : (bars[n - 1] as number) + 1;
    prefixes.add(literalPrefix(expression.slice(start, bars[n])));
  }
  return prefixes.has('') ? [] : [...prefixes];
}

const literalRun = (expression: string): string => /^[^\\.+*?()|[\]{}^$]*/.exec(expression)?.[0] ?? '';

function literalPrefix(branch: string): string {
  const run = literalRun(branch);
  // What comes next may be a repetition of the last character, also behind flags: `a(?s)*`.
  const next = branch.slice(run.length, run.length + 2);
  const certain = next === '' || /^(?:[.[^$]|\((?!\?))/.test(next);
  return certain ? run : [...run].slice(0, -1).join('');
}

/** More than 1000 times is an error that costs nothing, and better told by the engine. */
function timesRepeated([, least, comma, most]: RegExpExecArray): number {
  const times = Number(most || least);
  return times > 1_000 ? 1 : Math.max(1, comma ? times + 1 : times);
}

/** Where `[…]` ends: a `]` in first place is a member, and so is all of `[:alpha:]`. */
function endOfClass(expression: string, start: number): number {
  let i = start + 1;
  if (expression[i] === '^') i++;
  if (expression[i] === ']') i++;
  for (; i < expression.length && expression[i] !== ']'; i++) {
    if (expression[i] === '\\') i++;
    else if (expression[i] === '[' && expression[i + 1] === ':') {
      const end = expression.indexOf(':]', i + 2);
      if (end >= 0) i = end + 1;
    }
  }
  return i;
}
