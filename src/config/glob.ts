/**
 * File patterns as Go's filepath.Glob reads them: `*` and `?` stay within one directory, `[a-c]` and `[^a]` are classes,
 * backslash quotes. There is no `**`. Matches come sorted by name within each directory; what cannot be read matches
 * nothing. Patterns are matched by hand, so that none can take long, and a pattern that finds more than anyone has is refused.
 */
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Result, failed, ok } from '../domain/issue/index.js';
import { compareBytes } from '../domain/labels/index.js';

/** Files, or directories on the way to them. */
const MOST_FOUND = 1_000;

class TooManyFound extends Error {}

export function globFiles(pattern: string): Result<readonly string[]> {
  if (!compile(pattern)) return badPattern();
  try {
    return ok(expand(pattern));
  } catch (error) {
    if (error instanceof TooManyFound) return tooMany();
    throw error;
  }
}

function expand(pattern: string): readonly string[] {
  if (!hasMagic(pattern)) return exists(pattern) ? [pattern] : [];
  const directory = dirname(pattern);
  const tokens = compile(basename(pattern));
  if (!tokens) return [];
  const directories = hasMagic(directory) ? expand(directory) : [directory];
  const relative = !pattern.includes('/');
  const found: string[] = [];
  for (const parent of directories)
    for (const name of namesIn(parent)) {
      if (!matches(tokens, [...name])) continue;
      if (found.push(relative ? name : join(parent, name)) > MOST_FOUND) throw new TooManyFound();
    }
  return found;
}

const hasMagic = (text: string): boolean => /[*?[\\]/.test(text);

function exists(path: string): boolean {
  try {
    statSync(path);
    return true;
  } catch {
    return false;
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory).sort(compareBytes);
  } catch {
    return [];
  }
}

type Token =
  | { readonly kind: 'star' }
  | { readonly kind: 'any' }
  | { readonly kind: 'char'; readonly char: string }
  | { readonly kind: 'class'; readonly negated: boolean; readonly ranges: readonly (readonly [string, string])[] };

/** Undefined when a class or a quote is not closed. */
function compile(pattern: string): readonly Token[] | undefined {
  const chars = [...pattern];
  const tokens: Token[] = [];
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i] ?? '';
    if (char === '*') tokens.push({ kind: 'star' });
    else if (char === '?') tokens.push({ kind: 'any' });
    else if (char === '[') {
      const read = readClass(chars, i + 1);
      if (!read) return undefined;
      tokens.push(read.token);
      i = read.end;
    } else if (char === '\\') {
      const quoted = chars[++i];
      if (quoted === undefined) return undefined;
      tokens.push({ kind: 'char', char: quoted });
    } else tokens.push({ kind: 'char', char });
  }
  return tokens;
}

function readClass(chars: readonly string[], start: number): { token: Token; end: number } | undefined {
  let at = start;
  const negated = chars[at] === '^';
  if (negated) at++;
  const ranges: [string, string][] = [];
  const readChar = (): string | undefined => {
    const char = chars[at];
    if (char === undefined || char === '-' || char === ']') return undefined;
    if (char === '\\') at++;
    return chars[at++];
  };
  while (chars[at] !== ']' || ranges.length === 0) {
    const low = readChar();
    if (low === undefined) return undefined;
    let high: string | undefined = low;
    if (chars[at] === '-') {
      at++;
      high = readChar();
    }
    if (high === undefined) return undefined;
    ranges.push([low, high]);
  }
  return { token: { kind: 'class', negated, ranges }, end: at };
}

/** One row for each character: linear in name times pattern, whatever the stars. */
function matches(tokens: readonly Token[], name: readonly string[]): boolean {
  let reached = closure(new Set([0]), tokens);
  for (const char of name) {
    const next = new Set<number>();
    for (const position of reached) {
      const token = tokens[position];
      if (token?.kind === 'star') next.add(position);
      else if (token && accepts(token, char)) next.add(position + 1);
    }
    if (next.size === 0) return false;
    reached = closure(next, tokens);
  }
  return reached.has(tokens.length);
}

/** A star may also stand for nothing. */
function closure(positions: Set<number>, tokens: readonly Token[]): Set<number> {
  for (const position of positions) if (tokens[position]?.kind === 'star') positions.add(position + 1);
  return positions;
}

function accepts(token: Token, char: string): boolean {
  if (token.kind === 'any') return true;
  if (token.kind === 'char') return token.char === char;
  if (token.kind === 'star') return false;
  const inside = token.ranges.some(([low, high]) => compareBytes(low, char) <= 0 && compareBytes(char, high) <= 0);
  return inside !== token.negated;
}

const tooMany = (): Result<never> =>
  failed({ code: 'invalid-value', path: '', message: `the pattern finds more than ${MOST_FOUND} files` });

const badPattern = (): Result<never> =>
  failed({
    code: 'invalid-value',
    path: '',
    message: 'syntax error in pattern',
    hint: 'close the [ or quote it with \\',
  });
