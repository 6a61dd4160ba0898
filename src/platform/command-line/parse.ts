import { type Command, type Given, command } from './command.js';
import { type Flag, FlagError, type FlagTable, type FlagValues } from './flag.js';
import { type Occurrence, scanLine } from './scan.js';

export interface ParsedLine<Table> {
  readonly values: FlagValues<Table>;
  /** Which flags stood on the line: these beat any file of defaults. */
  readonly given: ReadonlySet<keyof Table>;
  readonly positional: readonly string[];
}

/** Texts for flags that do not stand on the line, by name. */
export type Defaults = ReadonlyMap<string, string>;

/** Reads a line of arguments against a table. Flags and positional arguments may be mixed; `--` ends the flags. */
export function parseFlags<Table extends FlagTable>(table: Table, args: readonly string[]): ParsedLine<Table> {
  const { occurrences, positional } = scanLine(
    command({ name: '', help: '', flags: table, positional: ANYTHING }),
    args,
  );
  refuseRepeated(occurrences);
  const names = new Set(occurrences.map(({ flag }) => flag.name));
  return {
    values: evaluate(table, occurrences, new Map()),
    given: new Set(
      (Object.keys(table) as (keyof Table)[]).filter((key) => names.has((table[key] as Flag<unknown>).name)),
    ),
    positional,
  };
}

const ANYTHING = { name: '', help: '', repeated: true } as const;

/** Throws FlagError for values that are wrong and for what is missing. */
export function evaluateLine<Host>(
  path: readonly Command<Host>[],
  occurrences: readonly Occurrence[],
  positional: readonly string[],
  defaults: Defaults,
): Given {
  refuseRepeated(occurrences);
  const last = path.at(-1);
  if (last && last.commands.length > 0 && path.length > 1)
    throw new FlagError(
      `must select a subcommand of '${path
        .slice(1)
        .map(({ name }) => name)
        .join(' ')}'`,
    );
  const read = last?.positional?.read;
  return {
    values: (table) => evaluate(table, occurrences, defaults),
    positional: read ? positional.map(read) : positional,
  };
}

function refuseRepeated(occurrences: readonly Occurrence[]): void {
  const seen = new Set<string>();
  for (const { flag } of occurrences) {
    if (seen.has(flag.name) && flag.kind !== 'repeated') throw new FlagError(`flag '${flag.name}' cannot be repeated`);
    seen.add(flag.name);
  }
}

function evaluate<Table extends FlagTable>(
  table: Table,
  occurrences: readonly Occurrence[],
  defaults: Defaults,
): FlagValues<Table> {
  const values: Partial<Record<keyof Table, unknown>> = {};
  const missing: string[] = [];
  for (const key of Object.keys(table) as (keyof Table)[]) {
    const flag = table[key] as Flag<unknown>;
    const texts = textsOf(flag, occurrences, defaults);
    if (texts.length === 0 && flag.required) missing.push(`'--${flag.name}'`);
    values[key] = texts.reduce((before: unknown, text) => flag.read(text, before), flag.initial);
  }
  if (missing.length > 0) throw new FlagError(`required flag(s) ${missing.join(', ')} not provided`);
  // Every key of the table was filled above.
  return values as FlagValues<Table>;
}

function textsOf(flag: Flag<unknown>, occurrences: readonly Occurrence[], defaults: Defaults): readonly string[] {
  const texts = occurrences.filter((occurrence) => occurrence.flag.name === flag.name).map(({ text }) => text);
  const fallback = defaults.get(flag.name);
  return texts.length === 0 && fallback !== undefined ? [fallback] : texts;
}

/** Puts the lines of a file in the place of every `@file` argument, as far as there is a `--`. */
export function expandFiles(args: readonly string[], readFile: (path: string) => string): string[] {
  return args.flatMap((arg, index) => {
    if (!arg.startsWith('@') || args.slice(0, index).includes('--')) return [arg];
    return readFile(arg.slice(1))
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'));
  });
}
