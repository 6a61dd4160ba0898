import { literalText } from './literals.js';

/**
 * The everyday shapes around one literal text: `.*`, `foo.*`, `.*foo`, `.+foo.*`.
 *
 * The dot does not match a newline. As the literal part has none, a value with a newline never matches, and in all other
 * values `.*` is any text and `.+` any but the empty one.
 */
export function wildcardTest(pattern: string): ((value: string) => boolean) | undefined {
  const head = /^\.[*+]/.exec(pattern)?.[0] ?? '';
  const rest = pattern.slice(head.length);
  const tail = endsWithWildcard(rest) ? rest.slice(-2) : '';
  const middle = rest.slice(0, rest.length - tail.length);
  // A bar binds weaker than the wildcards: `.*a|b` is another shape. And two wildcards side by side count characters.
  if ((head === '') === (tail === '') && (head === '' || middle === '')) return undefined;
  const literal = middle.includes('|') ? undefined : literalText(middle);
  if (literal === undefined || literal.includes('\n')) return undefined;
  return around(literal, head, tail);
}

/** The dot is one only when no odd number of backslashes stands before it. */
const endsWithWildcard = (text: string): boolean => /(?:^|[^\\])(?:\\\\)*\.[*+]$/.test(text);

function around(literal: string, head: string, tail: string): (value: string) => boolean {
  const before = head === '.+' ? 1 : 0;
  const after = tail === '.+' ? 1 : 0;
  const shortest = before + literal.length + after;
  const fits = (value: string): boolean => value.length >= shortest && !value.includes('\n');
  if (literal === '') return fits;
  if (head === '') return (value) => value.startsWith(literal) && fits(value);
  if (tail === '') return (value) => value.endsWith(literal) && fits(value);
  return (value) => {
    const found = value.indexOf(literal, before);
    return found >= 0 && found + literal.length + after <= value.length && fits(value);
  };
}
