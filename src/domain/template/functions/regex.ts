/**
 * `match` and `reReplaceAll`: Go's regular expressions in linear time.
 *
 * Patterns mostly stand in the template and not in its data, so the compiled ones are kept, up to a bound; at the bound
 * all are dropped, which costs time and nothing else.
 */
import { RE2JS, RE2JSException } from 're2js';
import { FunctionError } from '../template-error.js';
import type { RenderContext } from '../value/context.js';

const MAX_CACHED = 256;
const MAX_PATTERN = 10_000;
const cache = new Map<string, RE2JS>();

function compiled(pattern: string, context: RenderContext): RE2JS {
  const known = cache.get(pattern);
  if (known) return known;
  if (pattern.length > MAX_PATTERN) throw new FunctionError('error parsing regexp: expression too large');
  context.charge(1000 + pattern.length * 50);
  let regex: RE2JS;
  try {
    regex = RE2JS.compile(pattern);
  } catch (error) {
    if (error instanceof RE2JSException) throw new FunctionError(error.message);
    throw error;
  }
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(pattern, regex);
  return regex;
}

/** Matching is linear in the text, but each character costs up to the size of the program. */
function pay(regex: RE2JS, text: string, context: RenderContext): void {
  context.charge(Math.ceil(text.length * Math.min(regex.programSize(), 1000) * 0.1));
}

export function matches(pattern: string, text: string, context: RenderContext): boolean {
  const regex = compiled(pattern, context);
  pay(regex, text, context);
  return regex.matcher(text).find();
}

export function replaceAll(pattern: string, replacement: string, text: string, context: RenderContext): string {
  let regex: RE2JS;
  try {
    regex = compiled(pattern, context);
  } catch (error) {
    if (error instanceof FunctionError)
      throw new FunctionError(`regexp: Compile(${goQuote(pattern)}): ${error.message}`, { cause: error });
    throw error;
  }
  pay(regex, text, context);
  const parts = templateOf(replacement);
  const names = regex.namedGroups();
  const matcher = regex.matcher(text);
  let out = '';
  let last = 0;
  let previousEnd = -1;
  while (matcher.find()) {
    const [start, end] = [matcher.start(), matcher.end()];
    // An empty match right after another match does not count.
    if (start === end && start === previousEnd) continue;
    out += text.slice(last, start);
    for (const part of parts) out += typeof part === 'string' ? part : groupText(matcher, part.group, names);
    if (out.length > text.length) context.charge(1 + (out.length >> 10));
    last = end;
    previousEnd = end;
  }
  return out + text.slice(last);
}

const goQuote = (pattern: string): string => `\`${pattern}\``;

type Part = string | { readonly group: string };

/** `$1`, `$name`, `${name}`, `$$`: a name is as long as it can be. */
function templateOf(replacement: string): readonly Part[] {
  const parts: Part[] = [];
  let literal = '';
  for (let i = 0; i < replacement.length; i++) {
    if (replacement[i] !== '$') {
      literal += replacement[i];
      continue;
    }
    const rest = replacement.slice(i + 1);
    const name = /^\{([\p{L}\p{Nd}_]+)\}/u.exec(rest) ?? /^([\p{L}\p{Nd}_]+)/u.exec(rest);
    if (rest.startsWith('$')) i++;
    if (!name) {
      literal += '$';
      continue;
    }
    parts.push(literal, { group: name[1] as string });
    literal = '';
    i += name[0].length;
  }
  parts.push(literal);
  return parts;
}

type Matcher = ReturnType<RE2JS['matcher']>;

function groupText(matcher: Matcher, group: string, names: Readonly<Record<string, number>>): string {
  const index = /^(?:0|[1-9]\d{0,7})$/.test(group)
    ? Number(group)
    : Object.hasOwn(names, group)
      ? names[group]
      : undefined;
  if (index === undefined || index > matcher.groupCount()) return '';
  return matcher.group(index) ?? '';
}
