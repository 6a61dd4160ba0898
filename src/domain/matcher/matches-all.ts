import type { LabelSet } from '../labels/index.js';
import type { Matcher } from './matcher.js';

/** Whether every matcher is fulfilled. No matchers: always. */
export function matchesAll(matchers: readonly Matcher[], labels: LabelSet): boolean {
  for (let i = 0; i < matchers.length; i++) {
    const matcher = matchers[i] as Matcher;
    if (!matcher.matches(labels.get(matcher.name))) return false;
  }
  return true;
}
