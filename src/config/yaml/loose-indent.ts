/**
 * Alertmanager's YAML lets a quoted text or a `[list]` go on at any column; the parser wants such lines deeper than what
 * they belong to. This finds where the parser lost the thread and moves those lines to the right.
 *
 * Only white space is put at the start of lines, where it means nothing, so lines keep their numbers and columns are
 * mended by subtraction.
 */
import type { CST } from 'yaml';

/** Where quoted texts and flow collections start that the parser found unfinished, in order. */
export function findUnfinished(token: CST.Token): readonly number[] {
  if (token.type !== 'document' || !token.value) return [];
  const pending: CST.Token[] = [token.value];
  const found: number[] = [];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (isUnfinished(next)) found.push(next.offset);
    if (!('items' in next)) continue;
    for (const { key, value } of next.items) {
      if (key) pending.push(key);
      if (value) pending.push(value);
    }
  }
  return found.sort((a, b) => a - b);
}

function isUnfinished(token: CST.Token): boolean {
  if (token.type === 'flow-collection') return token.end.every(({ source }) => source !== ']' && source !== '}');
  if (token.type !== 'double-quoted-scalar' && token.type !== 'single-quoted-scalar') return false;
  return token.source.length < 2 || closingQuote(token.source, 0) === undefined;
}

/** By line: how many spaces were put before it. */
export type Shifts = Map<number, number>;

/**
 * Moves the lines that belong to what starts at the offsets. What starts inside something that was just moved is an echo of
 * the same fault and is passed over. Undefined when nothing had to move.
 */
export function moveRight(text: string, offsets: readonly number[], shifts: Shifts): string | undefined {
  const pieces: string[] = [];
  let done = 0;
  let line = 1;
  let moved = false;
  for (const offset of offsets) {
    if (offset < done) continue;
    const end = endOf(text, offset);
    if (end === undefined) break;
    const before = text.slice(done, offset);
    line += countBreaks(before);
    const column = offset - text.lastIndexOf('\n', offset - 1);
    const body = text.slice(offset, end).replaceAll(/\n([ \t]*)/g, (_, indent: string) => {
      line++;
      const missing = column - indent.length;
      if (missing <= 0) return `\n${indent}`;
      moved = true;
      shifts.set(line, (shifts.get(line) ?? 0) + missing);
      return `\n${' '.repeat(missing)}${indent}`;
    });
    pieces.push(before, body);
    done = end;
  }
  return moved ? pieces.join('') + text.slice(done) : undefined;
}

function countBreaks(text: string): number {
  let breaks = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) breaks++;
  return breaks;
}

function endOf(text: string, start: number): number | undefined {
  const first = text[start];
  if (first === '"' || first === "'") return closingQuote(text, start);
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    const char = text[i] ?? '';
    if (char === '[' || char === '{') depth++;
    else if (char === ']' || char === '}') {
      if (--depth === 0) return i + 1;
    } else if ((char === '"' || char === "'") && /[\s[{,:]/.test(text[i - 1] ?? '')) {
      const end = closingQuote(text, i);
      if (end === undefined) return undefined;
      i = end - 1;
    } else if (char === '#' && /\s/.test(text[i - 1] ?? '')) {
      const lineEnd = text.indexOf('\n', i);
      if (lineEnd < 0) return undefined;
      i = lineEnd - 1;
    }
  }
  return undefined;
}

/** Just behind the quote that closes the one at `start`; a line that begins a document ends the search. */
function closingQuote(text: string, start: number): number | undefined {
  const quote = text[start];
  for (let i = start + 1; i < text.length; i++) {
    const char = text[i];
    if (char === '\n' && /^(?:---|\.\.\.)(?:\s|$)/.test(text.slice(i + 1, i + 5))) return undefined;
    if (char === '\\' && quote === '"') i++;
    else if (char === quote) {
      if (quote === "'" && text[i + 1] === "'") i++;
      else return i + 1;
    }
  }
  return undefined;
}
