import { literalsOf } from './literals.js';
import type { Matcher } from './matcher.js';
import { regexShape } from './regex-shape.js';
import { wildcardTest } from './wildcard.js';

/**
 * What a matcher's expression costs to compile and to keep, in states; nothing for one that is compared as text. Each
 * expression has a bound of its own (regex.ts); this is for those who take many at a time from outside.
 */
export function regexCost({ operator, value }: Pick<Matcher, 'operator' | 'value'>): number {
  if (operator === '=' || operator === '!=') return 0;
  return literalsOf(value) || wildcardTest(value) ? 0 : regexShape(value).states;
}
