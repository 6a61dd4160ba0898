import { LabelSet, compareBytes } from '../../domain/labels/index.js';
import { wellFormed } from './go-kinds.js';

/**
 * A label set from a decoded object. A value that is null is empty; one of another kind is reported and counts as empty.
 *
 * Go's decoder adds to a map that is there already, so members that come twice under different spellings are merged.
 */
export function readLabels(
  object: Readonly<Record<string, unknown>>,
  before: LabelSet | undefined,
  wrongKind: (value: unknown) => void,
): LabelSet {
  const names = Object.keys(object);
  const values: string[] = [];
  let isSorted = true;
  for (let i = 0; i < names.length; i++) {
    const written = names[i] as string;
    values.push(readValue(object[written], wrongKind));
    names[i] = wellFormed(written);
    if (i > 0 && compareBytes(names[i - 1] as string, names[i] as string) >= 0) isSorted = false;
  }
  if (isSorted && before === undefined) return LabelSet.ofSorted(names, values);
  const pairs = names.map((name, i) => [name, values[i] as string] as const);
  return LabelSet.from(before ? [...before.entries(), ...pairs] : pairs);
}

function readValue(value: unknown, wrongKind: (value: unknown) => void): string {
  if (typeof value === 'string') return wellFormed(value);
  if (value !== null && value !== undefined) wrongKind(value);
  return '';
}
