/**
 * A tree of commands, as the tools have it: `silence add`, `config routes test`. Each node has flags of its own besides
 * those of all nodes above it; a leaf runs, and of the children of a node one may be what is meant when none is named.
 */
import type { Flag, FlagTable, FlagValues } from './flag.js';

export interface Positional {
  readonly name: string;
  readonly help: string;
  /** Takes all that follow; otherwise at most one. */
  readonly repeated: boolean;
  readonly read?: (text: string) => string;
  /** What a shell may offer for it. */
  readonly choices?: readonly string[];
}

/** `Host` is what a command is handed by whoever runs it. */
export interface Command<Host> {
  readonly name: string;
  /** The first line is the summary. */
  readonly help: string;
  readonly flags: readonly Flag<unknown>[];
  readonly positional: Positional | undefined;
  readonly commands: readonly Command<Host>[];
  readonly isDefault: boolean;
  readonly isHidden: boolean;
  /** Names of flags from further up that it cannot do without. */
  readonly needs: readonly string[];
  readonly run: ((given: Given, host: Host) => Promise<void>) | undefined;
}

/** What stood on the line, checked and typed on demand. */
export interface Given {
  values<Table extends FlagTable>(table: Table): FlagValues<Table>;
  readonly positional: readonly string[];
}

export interface CommandSpec<Host, Table extends FlagTable> {
  readonly name: string;
  readonly help: string;
  /** What `run` gets; flags that a command above has too may stand here again. */
  readonly flags?: Table;
  readonly positional?: Positional;
  readonly commands?: readonly Command<Host>[];
  readonly isDefault?: boolean;
  readonly isHidden?: boolean;
  readonly needs?: readonly string[];
  readonly run?: (values: FlagValues<Table>, positional: readonly string[], host: Host) => Promise<void> | void;
}

export function command<Host, Table extends FlagTable = Record<never, never>>(
  spec: CommandSpec<Host, Table>,
): Command<Host> {
  const { name, help, positional, commands = [], isDefault = false, isHidden = false, needs = [], run } = spec;
  // Without flags of its own the table is empty, whatever its type.
  const flags = spec.flags ?? ({} as Table);
  return {
    name,
    help,
    flags: Object.values(flags),
    positional,
    commands,
    isDefault,
    isHidden,
    needs,
    run: run && (async (given, host) => run(given.values(flags), given.positional, host)),
  };
}

/** The flags of all commands on the way, each once. */
export function flagsOf<Host>(path: readonly Command<Host>[]): readonly Flag<unknown>[] {
  const byName = new Map<string, Flag<unknown>>();
  for (const { flags } of path) for (const flag of flags) if (!byName.has(flag.name)) byName.set(flag.name, flag);
  return [...byName.values()];
}

export const defaultOf = <Host>(commands: readonly Command<Host>[]): Command<Host> | undefined =>
  commands.find((candidate) => candidate.isDefault);
