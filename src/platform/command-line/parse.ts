import { type Flag, FlagError } from './flag.js';

export type FlagTable = Readonly<Record<string, Flag<never>>>;
/** The values that a table of flags gives. */
export type FlagValues<Table> = { readonly [Key in keyof Table]: Table[Key] extends Flag<infer T> ? T : never };

export interface ParsedLine<Table> {
  readonly values: FlagValues<Table>;
  /** Which flags stood on the line: these beat any file of defaults. */
  readonly given: ReadonlySet<keyof Table>;
  readonly positional: readonly string[];
}

/** Reads a line of arguments against a table. Flags and positional arguments may be mixed; `--` ends the flags. */
export function parseFlags<Table extends Record<string, Flag<never>>>(
  table: Table,
  args: readonly string[],
): ParsedLine<Table> {
  const keyOf = (predicate: (flag: Flag<never>) => boolean): keyof Table | undefined =>
    Object.keys(table).find((key) => predicate(table[key] as Flag<never>));
  const values: Partial<Record<keyof Table, unknown>> = {};
  for (const key of Object.keys(table) as (keyof Table)[]) values[key] = (table[key] as Flag<never>).initial;
  const given = new Set<keyof Table>();
  const positional: string[] = [];
  const rest = [...args];

  const set = (key: keyof Table, text: string): void => {
    const flag = table[key] as unknown as Flag<unknown>;
    values[key] = flag.read(text, values[key]);
    given.add(key);
  };

  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') {
      positional.push(...rest);
      break;
    }
    if (arg.startsWith('--')) readLong(arg.slice(2));
    else if (arg.startsWith('-') && arg.length > 1) readShort(arg.slice(1));
    else positional.push(arg);
  }
  // Every key of the table was filled with its initial value above.
  return { values: values as FlagValues<Table>, given, positional };

  function readLong(body: string): void {
    const equals = body.indexOf('=');
    const name = equals < 0 ? body : body.slice(0, equals);
    const key = keyOf((flag) => flag.name === name);
    if (key !== undefined) return take(key, `--${name}`, equals < 0 ? undefined : body.slice(equals + 1));
    const negated = name.startsWith('no-')
      ? keyOf((flag) => flag.kind === 'switch' && flag.name === name.slice(3))
      : undefined;
    if (negated === undefined || equals >= 0) throw new FlagError(`unknown long flag '--${name}'`);
    set(negated, 'false');
  }

  function readShort(body: string): void {
    const letter = body.charAt(0);
    const key = keyOf((flag) => flag.short === letter);
    if (key === undefined) throw new FlagError(`unknown short flag '-${letter}'`);
    const isSwitch = (table[key] as Flag<never>).kind === 'switch';
    take(key, `-${letter}`, !isSwitch && body.length > 1 ? body.slice(1) : undefined);
    if (isSwitch && body.length > 1) readShort(body.slice(1));
  }

  function take(key: keyof Table, written: string, attached: string | undefined): void {
    if ((table[key] as Flag<never>).kind === 'switch') {
      if (attached !== undefined) throw new FlagError(`unexpected ${attached}`);
      return set(key, 'true');
    }
    const value = attached ?? rest.shift();
    if (value === undefined || (attached === undefined && value.startsWith('-') && value.length > 1))
      throw new FlagError(`expected argument for flag '${written}'`);
    set(key, value);
  }
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
