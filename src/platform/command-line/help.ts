import type { Flag } from './flag.js';

const WIDTH = 80;
const COLUMN = 33;

/** The flags as a help text shows them: written in a first column, explained in a second. */
export function formatFlags(flags: readonly Flag<never>[]): string {
  return flags
    .filter((flag) => !flag.hidden)
    .map(formatFlag)
    .join('');
}

function formatFlag(flag: Flag<never>): string {
  const short = flag.short === undefined ? '    ' : `-${flag.short}, `;
  const name = flag.kind === 'switch' ? `--[no-]${flag.name}` : `--${flag.name}`;
  const written = `  ${short}${name}${flag.kind !== 'switch' && flag.shown !== undefined ? `=${flag.shown}` : ''}`;
  const [first = '', ...others] = wrap(flag.help, WIDTH - COLUMN);
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
