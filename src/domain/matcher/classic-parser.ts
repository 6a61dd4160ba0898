import { type Result, failed, ok } from '../issue/index.js';
import { trimSpace } from './characters.js';
import { createMatcher } from './create-matcher.js';
import type { MatchOperator, Matcher } from './matcher.js';

/**
 * The grammar that Alertmanager had before UTF-8 names, tolerant by design: values need no quotes and may be empty,
 * unknown escapes are literal, and each brace is cut off by itself.
 */
const NAME_AND_OPERATOR = /^[\t\n\f\r ]*([a-zA-Z_:][a-zA-Z0-9_:]*)[\t\n\f\r ]*(=~|=|!=|!~)/;

export function parseClassicMatchers(input: string): Result<Matcher[]> {
  const matchers: Matcher[] = [];
  for (const text of splitAtCommas(withoutBraces(input))) {
    const matcher = parseClassicMatcher(text);
    if (!matcher.ok) return matcher;
    matchers.push(matcher.value);
  }
  return ok(matchers);
}

export function parseClassicMatcher(text: string): Result<Matcher> {
  const head = NAME_AND_OPERATOR.exec(text);
  if (head === null) return refused(`bad matcher format: ${text}`);
  const written = trimClassic(text.slice(head[0].length));
  const value = unescapeValue(written);
  if (value === undefined) return refused(`matcher value contains unescaped double quote: ${written}`);
  // The expression admits nothing but the four operators.
  return createMatcher(head[2] as MatchOperator, head[1] as string, value);
}

function withoutBraces(input: string): string {
  const opened = input.startsWith('{') ? input.slice(1) : input;
  return opened.endsWith('}') ? opened.slice(0, -1) : opened;
}

/** Commas count outside of quotes only. The last part is dropped when there is nothing in it: a trailing comma is allowed. */
function splitAtCommas(input: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  let escaped = false;
  for (let i = 0; i < input.length; i++) {
    const char = input[i];
    if (char === ',') {
      if (quoted) continue;
      parts.push(input.slice(start, i));
      start = i + 1;
    } else if (char === '"') {
      if (escaped) escaped = false;
      else quoted = !quoted;
    } else escaped = char === '\\' && !escaped;
  }
  const last = trimSpace(input.slice(start));
  return last === '' ? parts : [...parts, last];
}

/** Cuts the five blanks that the grammar knows, which are fewer than Unicode's. */
function trimClassic(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

const isBlank = (unit: number): boolean =>
  unit === 0x20 || unit === 0x09 || unit === 0x0a || unit === 0x0c || unit === 0x0d;

/** Undefined when a double quote stands where it may not. */
function unescapeValue(written: string): string | undefined {
  const opened = written.startsWith('"');
  const text = opened ? written.slice(1) : written;
  let closed = !opened;
  let value = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if (char === '"') {
      if (closed || i < text.length - 1) return undefined;
      closed = true;
    } else if (char !== '\\' || i === text.length - 1) value += char;
    else value += unescapeChar(text[++i] as string);
  }
  return closed ? value : undefined;
}

function unescapeChar(char: string): string {
  if (char === 'n') return '\n';
  return char === '"' || char === '\\' ? char : `\\${char}`;
}

const refused = (message: string): Result<never> => failed({ code: 'invalid-matcher', path: '', message });
