/** What may stand in the place of the last word of an unfinished line. */
import { type Command, defaultOf, flagsOf } from './command.js';
import { type Flag, FlagError } from './flag.js';
import { scanLine } from './scan.js';

export interface Candidate {
  readonly text: string;
  readonly help: string;
}

/** The words before the one that is being written, and that one. Empty: file names, if anything. */
export function completeLine<Host>(root: Command<Host>, before: readonly string[], word: string): readonly Candidate[] {
  const flag = waitingFlag(root, before);
  if (flag)
    return startingWith(
      word,
      (flag.choices ?? []).map((text) => ({ text, help: '' })),
    );
  const path = pathOf(root, before);
  if (!path) return [];
  const here = path.at(-1) ?? root;
  if (word.startsWith('-')) return startingWith(word, flagCandidates(withDefaults(path)));
  const commands = here.commands.filter(({ isHidden }) => !isHidden);
  const named = commands.map(({ name, help }) => ({ text: name, help: firstLine(help) }));
  return startingWith(word, [...named, ...(here.positional?.choices ?? []).map((text) => ({ text, help: '' }))]);
}

/** The flag whose value the next word is. */
function waitingFlag<Host>(root: Command<Host>, before: readonly string[]): Flag<unknown> | undefined {
  const last = before.at(-1);
  if (last === undefined || !last.startsWith('-') || last.includes('=') || before.slice(0, -1).includes('--'))
    return undefined;
  const path = pathOf(root, before.slice(0, -1));
  const found = flagsOf(withDefaults(path ?? [root])).find(
    ({ name, short }) => last === `--${name}` || (short !== undefined && last === `-${short}`),
  );
  return found?.kind === 'switch' ? undefined : found;
}

function pathOf<Host>(root: Command<Host>, words: readonly string[]): readonly Command<Host>[] | undefined {
  try {
    return scanLine(root, words, { ignoreDefaults: true }).path;
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
  }
  try {
    // A flag or a word of the default command.
    return scanLine(root, words).path;
  } catch (error) {
    if (error instanceof FlagError) return undefined;
    throw error;
  }
}

function withDefaults<Host>(path: readonly Command<Host>[]): readonly Command<Host>[] {
  const next = defaultOf(path.at(-1)?.commands ?? []);
  return next ? withDefaults([...path, next]) : path;
}

const flagCandidates = <Host>(path: readonly Command<Host>[]): readonly Candidate[] =>
  flagsOf(path)
    .filter(({ hidden }) => !hidden)
    .map(({ name, help }) => ({ text: `--${name}`, help }));

const startingWith = (word: string, candidates: readonly Candidate[]): readonly Candidate[] =>
  candidates.filter(({ text }) => text.startsWith(word));

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';
