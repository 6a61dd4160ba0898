/**
 * A line of arguments → what it says: which command, which flags with which texts, what else. Nothing is evaluated here,
 * so that help and completion can look at a line whose values are wrong.
 */
import { type Command, defaultOf, flagsOf } from './command.js';
import { type Flag, FlagError } from './flag.js';

export interface ScanOptions {
  /** Stay at the command that was named: for help. */
  readonly ignoreDefaults?: boolean;
  /** How an `@file` argument is read: one argument for each line. Without it such arguments are ordinary ones. */
  readonly readFile?: (path: string) => string;
}

export interface ScannedLine<Host> {
  /** From the root to the command that is meant. */
  readonly path: readonly Command<Host>[];
  /** Flags in the order of the line, a switch as `true` or `false`. */
  readonly occurrences: readonly Occurrence[];
  readonly positional: readonly string[];
}

export interface Occurrence {
  readonly flag: Flag<unknown>;
  readonly text: string;
}

/** Throws FlagError. */
export function scanLine<Host>(
  root: Command<Host>,
  args: readonly string[],
  options: ScanOptions = {},
): ScannedLine<Host> {
  return new Scanner(root, args, options).scan();
}

class Scanner<Host> {
  readonly #path: Command<Host>[];
  readonly #rest: string[];
  readonly #occurrences: Occurrence[] = [];
  readonly #positional: string[] = [];
  #flags: readonly Flag<unknown>[];
  #onlyPositional = false;
  #ignoresDefaults: boolean;

  constructor(
    root: Command<Host>,
    args: readonly string[],
    private readonly options: ScanOptions,
  ) {
    this.#path = [root];
    this.#flags = flagsOf(this.#path);
    this.#rest = [...args];
    this.#ignoresDefaults = options.ignoreDefaults ?? false;
  }

  scan(): ScannedLine<Host> {
    for (let arg = this.#rest.shift(); arg !== undefined; arg = this.#rest.shift()) {
      if (this.#onlyPositional) this.#word(arg);
      else if (arg === '--') this.#onlyPositional = true;
      else if (arg.startsWith('-') && arg.length > 1) this.#flag(arg);
      else if (arg.startsWith('@') && this.options.readFile)
        this.#rest.unshift(...linesOf(this.options.readFile(arg.slice(1))));
      else this.#word(arg);
    }
    while (this.#enterDefault());
    return { path: this.#path, occurrences: this.#occurrences, positional: this.#positional };
  }

  get #here(): Command<Host> {
    // The path begins with the root and only grows.
    return this.#path.at(-1) as Command<Host>;
  }

  #enter(command: Command<Host>): void {
    this.#path.push(command);
    this.#flags = flagsOf(this.#path);
  }

  #enterDefault(): boolean {
    const found = this.#ignoresDefaults ? undefined : defaultOf(this.#here.commands);
    if (found) this.#enter(found);
    return found !== undefined;
  }

  #word(text: string): void {
    const { commands, positional } = this.#here;
    if (commands.length > 0) {
      const named = commands.find(({ name }) => name === text);
      if (named) return this.#enter(named);
      if (this.#enterDefault()) return this.#word(text);
      throw new FlagError(`expected command but got ${JSON.stringify(text)}`);
    }
    const most = positional ? (positional.repeated ? Number.POSITIVE_INFINITY : 1) : 0;
    if (this.#positional.length >= most) throw new FlagError(`unexpected ${text}`);
    this.#positional.push(text);
  }

  #flag(arg: string): void {
    const before = this.#rest.length;
    try {
      if (arg.startsWith('--')) this.#long(arg.slice(2));
      else this.#short(arg.slice(1));
    } catch (error) {
      // Perhaps the default command knows it; flags that are wrong have taken nothing from the line.
      if (!(error instanceof UnknownFlag) || this.#rest.length !== before || !this.#enterDefault()) throw error;
      this.#flag(arg);
    }
  }

  #long(body: string): void {
    const equals = body.indexOf('=');
    const name = equals < 0 ? body : body.slice(0, equals);
    const attached = equals < 0 ? undefined : body.slice(equals + 1);
    const flag = this.#flags.find((candidate) => candidate.name === name);
    if (flag) return this.#take(flag, `--${name}`, attached);
    const negated = name.startsWith('no-')
      ? this.#flags.find((candidate) => candidate.kind === 'switch' && candidate.name === name.slice(3))
      : undefined;
    if (!negated) throw new UnknownFlag(`unknown long flag '--${name}'`);
    if (attached !== undefined) throw new FlagError(`unexpected ${attached}`);
    this.#note(negated, 'false');
  }

  #short(body: string): void {
    const letter = String.fromCodePoint(body.codePointAt(0) as number); // a short flag has a letter
    const flag = this.#flags.find((candidate) => candidate.short === letter);
    if (!flag) throw new UnknownFlag(`unknown short flag '-${letter}'`);
    const attached = body.slice(letter.length);
    if (flag.kind !== 'switch') return this.#take(flag, `-${letter}`, attached === '' ? undefined : attached);
    this.#note(flag, 'true');
    if (attached !== '') this.#flag(`-${attached}`);
  }

  #take(flag: Flag<unknown>, written: string, attached: string | undefined): void {
    if (flag.kind === 'switch') {
      if (attached !== undefined) throw new FlagError(`unexpected ${attached}`);
      return this.#note(flag, 'true');
    }
    const next = this.#rest[0];
    if (attached !== undefined) this.#note(flag, attached);
    else if (next === undefined || (next.startsWith('-') && next.length > 1))
      throw new FlagError(`expected argument for flag '${written}'`);
    else {
      this.#rest.shift();
      this.#note(flag, next);
    }
  }

  #note(flag: Flag<unknown>, text: string): void {
    this.#occurrences.push({ flag, text });
    // Help is about what was named, and it is asked for with a line that is not complete.
    if (flag.name === 'help' && text === 'true') this.#ignoresDefaults = true;
  }
}

class UnknownFlag extends FlagError {}

const linesOf = (text: string): string[] =>
  text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
