import type { Report } from './schema/index.js';

/** A YAML key and what was given under it. */
export type ExclusiveSource = readonly [key: string, value: unknown];

/** How many of them are given. */
export const countSet = (sources: readonly ExclusiveSource[]): number =>
  sources.filter(([, value]) => value !== undefined && value !== '').length;

/** Complains, at the second of them, when more than one is given. Answers whether it did. */
export function refuseSeveral(report: Report, sources: readonly ExclusiveSource[], message: string): boolean {
  const given = sources.filter((source) => countSet([source]) > 0);
  const second = given[1];
  if (second === undefined) return false;
  const keep = given.map(([key]) => key).join(' or ');
  report('conflicting-values', second[0], message, `keep one of them: ${keep}`);
  return true;
}

/** Complains when none is given. Answers whether it did. */
export function requireOne(report: Report, sources: readonly ExclusiveSource[], message: string): boolean {
  if (countSet(sources) > 0) return false;
  report('missing-value', undefined, message, `add ${sources.map(([key]) => key).join(' or ')}`);
  return true;
}
