/** Help texts: the flags in two columns, and for a command how it is called and what is below it. */
import { type Command, flagsOf } from './command.js';
import type { Flag } from './flag.js';

const WIDTH = 80;
const COLUMN = 33;

/** The flags as a help text shows them: written in a first column, explained in a second. */
export function formatFlags(flags: readonly Flag<unknown>[]): string {
  return flags
    .filter((flag) => !flag.hidden)
    .map((flag) => twoColumns(writtenFlag(flag), flag.help))
    .join('');
}

function writtenFlag(flag: Flag<unknown>): string {
  const short = flag.short === undefined ? '    ' : `-${flag.short}, `;
  const name = flag.kind === 'switch' ? `--[no-]${flag.name}` : `--${flag.name}`;
  return `  ${short}${name}${flag.kind !== 'switch' && flag.shown !== undefined ? `=${flag.shown}` : ''}`;
}

function twoColumns(written: string, explained: string): string {
  const [first = '', ...others] = wrap(explained, WIDTH - COLUMN);
  const indent = ' '.repeat(COLUMN);
  const head =
    written.length + 2 <= COLUMN ? [`${written.padEnd(COLUMN)}${first}`] : [`${written}  `, `${indent}${first}`];
  return [...head, ...others.map((line) => `${indent}${line}`)].map((line) => `${line}\n`).join('');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** What `--help` answers for the last command of a path. */
export function formatCommandHelp<Host>(path: readonly Command<Host>[]): string {
  const command = path.at(-1) as Command<Host>; // a path begins with the root
  const title = path.map(({ name }) => name).join(' ');
  const below = command.commands.filter(({ isHidden }) => !isHidden);
  const { positional } = command;
  return [
    `usage: ${title}${usageOf(command)}\n\n${command.help.trimEnd()}\n`,
    `\nFlags:\n${formatFlags(flagsOf(path))}`,
    positional ? `\nArgs:\n${twoColumns(`  ${writtenPositional(command)}`, positional.help)}` : '',
    below.length > 0 ? `\nCommands:\n${below.map((child) => formatTree(child, 1)).join('')}` : '',
    '\n',
  ].join('');
}

const usageOf = <Host>(command: Command<Host>): string => {
  const required = command.flags.filter((flag) => flag.required).map((flag) => ` --${flag.name}=${flag.shown ?? ''}`);
  const hasOptional = command.flags.some((flag) => !flag.required && !flag.hidden);
  const positional = command.positional ? ` ${writtenPositional(command)}` : '';
  const commands = command.commands.length > 0 ? ' <command> [<args> ...]' : '';
  return `${required.join('')}${hasOptional ? ' [<flags>]' : ''}${positional}${commands}`;
};

const writtenPositional = <Host>({ positional }: Command<Host>): string =>
  positional ? `[<${positional.name}>${positional.repeated ? '...' : ''}]` : '';

function formatTree<Host>(command: Command<Host>, depth: number): string {
  const summary = command.commands.length === 0 ? `  ${command.help.split('\n', 1)[0]}` : '';
  const written = `${'  '.repeat(depth)}${command.name}${command.isDefault ? '*' : ''}`;
  const below = command.commands.filter(({ isHidden }) => !isHidden).map((child) => formatTree(child, depth + 1));
  return `${summary === '' ? written : written.padEnd(20)}${summary}\n${below.join('')}`;
}
