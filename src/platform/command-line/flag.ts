import { statSync } from 'node:fs';

/**
 * What a flag is and how its text becomes a value, as Alertmanager's command line has it: `--name=value` or `--name value`,
 * `--switch` and `--no-switch`, texts of errors included.
 */
export interface Flag<T> {
  readonly name: string;
  readonly short?: string;
  readonly help: string;
  /** How the default stands in the help text; undefined where there is none. */
  readonly shown?: string;
  readonly initial: T;
  readonly kind: 'value' | 'switch' | 'repeated';
  readonly hidden?: boolean;
  /** A command cannot do without it. */
  readonly required?: boolean;
  /** What a shell may offer for it. */
  readonly choices?: readonly string[];
  /** The new value, given what was there before. Throws FlagError. A method, so that flags of all types fit in one table. */
  read(text: string, before: T): T;
}

/** Flags under the keys by which a program knows their values. */
export type FlagTable = Readonly<Record<string, Flag<unknown>>>;
/** The values that a table of flags gives. */
export type FlagValues<Table> = { readonly [Key in keyof Table]: Table[Key] extends Flag<infer T> ? T : never };

/** What the user typed is wrong; printed with the hint to try --help. */
export class FlagError extends Error {}

interface Described {
  readonly help: string;
  readonly short?: string;
  readonly hidden?: boolean;
  readonly required?: boolean;
}

export const text = (name: string, initial: string, described: Described): Flag<string> => ({
  name,
  ...described,
  initial,
  shown: JSON.stringify(initial),
  kind: 'value',
  read: (value) => value,
});

export const optionalText = (name: string, described: Described): Flag<string> => ({
  ...text(name, '', described),
  shown: name.toUpperCase(),
});

export const toggle = (name: string, described: Described): Flag<boolean> => ({
  name,
  ...described,
  initial: false,
  kind: 'switch',
  read: readSwitch,
});

/** On unless `--no-name` is given. */
export const toggleOff = (name: string, described: Described): Flag<boolean> => ({
  ...toggle(name, described),
  initial: true,
});

function readSwitch(value: string): boolean {
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value)) return true;
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(value)) return false;
  throw new FlagError(`strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`);
}

export const whole = (name: string, initial: number, described: Described): Flag<number> => ({
  ...fraction(name, initial, described),
  read: (value) => Math.trunc(readNumber(value)),
});

export const fraction = (name: string, initial: number, described: Described): Flag<number> => ({
  name,
  ...described,
  initial,
  shown: String(initial),
  kind: 'value',
  read: readNumber,
});

export const oneOf = <T extends string>(
  name: string,
  values: readonly T[],
  initial: T,
  what: string,
  described: Described,
): Flag<T> => ({
  name,
  ...described,
  initial,
  shown: initial,
  kind: 'value',
  read: (value) => {
    const found = values.find((candidate) => candidate === value);
    if (found === undefined) throw new FlagError(`unrecognized ${what} ${value}`);
    return found;
  },
});

/** One of a few words, none of them unless there is a default. */
export const choice = <T extends string, Initial extends T | undefined>(
  name: string,
  values: readonly T[],
  initial: Initial,
  described: Described,
): Flag<T | Initial> => ({
  name,
  ...described,
  initial,
  shown: initial ?? name.toUpperCase(),
  choices: values,
  kind: 'value',
  read: (value) => {
    const found = values.find((candidate) => candidate === value);
    if (found === undefined) throw new FlagError(`enum value must be one of ${values.join(',')}, got '${value}'`);
    return found;
  },
});

/** The path of a file that is there. */
export const existingFile = (name: string, described: Described): Flag<string> => ({
  ...optionalText(name, described),
  read: readExistingFile,
});

export function readExistingFile(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new FlagError(`path '${path}' does not exist`);
  if (found.isDirectory()) throw new FlagError(`'${path}' is a directory`);
  return path;
}

/** The first occurrence replaces the default, the others are added. */
export const repeated = (name: string, initial: readonly string[], described: Described): Flag<readonly string[]> => ({
  name,
  ...described,
  initial,
  shown: `${initial.length > 0 ? initial.join(',') : name.toUpperCase()} ...`,
  kind: 'repeated',
  read: (value, before) => (before === initial ? [value] : [...before, value]),
});

function readNumber(value: string): number {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value))
    throw new FlagError(`strconv.ParseFloat: parsing ${JSON.stringify(value)}: invalid syntax`);
  return Number(value);
}

const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Milliseconds. The command line knows days and weeks, which durations of the configuration file's Go kind do not. */
export const span = (name: string, initial: string, described: Described): Flag<number> => ({
  name,
  ...described,
  initial: readSpan(initial),
  shown: initial,
  kind: 'value',
  read: readSpan,
});

export function readSpan(value: string): number {
  const invalid = (): FlagError => new FlagError(`time: invalid duration ${JSON.stringify(value)}`);
  const sign = value.startsWith('-') ? -1 : 1;
  let rest = value.replace(/^[+-]/, '');
  if (rest === '0') return 0;
  if (rest === '') throw invalid();
  let total = 0;
  while (rest !== '') {
    const number = /^(\d+\.?\d*|\.\d+)/.exec(rest)?.[0];
    if (number === undefined) throw invalid();
    rest = rest.slice(number.length);
    const unit = /^[^\d.]*/.exec(rest)?.[0] ?? '';
    if (unit === '') throw new FlagError(`time: missing unit in duration ${JSON.stringify(value)}`);
    const ms = Object.hasOwn(UNIT_MS, unit) ? UNIT_MS[unit] : undefined;
    if (ms === undefined)
      throw new FlagError(`time: unknown unit ${JSON.stringify(unit)} in duration ${JSON.stringify(value)}`);
    total += Number(number) * ms;
    rest = rest.slice(unit.length);
  }
  return sign * total;
}
