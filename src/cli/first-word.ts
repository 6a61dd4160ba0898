import type { Flag } from '../platform/command-line/index.js';
import { GLOBAL_FLAGS } from './global-flags.js';

/**
 * The first argument that is neither a flag of all tools nor the value of one: the command, if there is one. Undefined when
 * something else comes first.
 */
export function firstWord(args: readonly string[]): string | undefined {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string; // within the bounds
    if (arg.startsWith('@') || arg === '--') return undefined;
    if (!arg.startsWith('-')) return arg;
    const found = findFlag(arg);
    if (!found) return undefined;
    if (found.takesNext) i++;
  }
  return undefined;
}

const FLAGS: readonly Flag<unknown>[] = Object.values(GLOBAL_FLAGS);

function findFlag(arg: string): { readonly takesNext: boolean } | undefined {
  const [name = '', attached] = splitFlag(arg);
  const flag = FLAGS.find((candidate) => name === `--${candidate.name}` || name === `-${candidate.short}`);
  if (flag) return { takesNext: flag.kind !== 'switch' && attached === undefined };
  const isNegated = FLAGS.some((candidate) => candidate.kind === 'switch' && name === `--no-${candidate.name}`);
  return isNegated ? { takesNext: false } : undefined;
}

/** `--name=value` and `-nvalue`. */
function splitFlag(arg: string): readonly [name: string, attached?: string] {
  const equals = arg.indexOf('=');
  if (arg.startsWith('--')) return equals < 0 ? [arg] : [arg.slice(0, equals), arg.slice(equals + 1)];
  return arg.length > 2 ? [arg.slice(0, 2), arg.slice(2)] : [arg];
}
