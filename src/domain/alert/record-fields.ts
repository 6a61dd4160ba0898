import { LabelSet } from '../labels/index.js';
import { type Result, failed } from '../issue/index.js';
import { isTextList, isTime } from '../record/index.js';
import { Moment } from '../time/index.js';

/**
 * The pieces that records are made of: compact as JSON, and read back without trusting a byte of them.
 * A reader that meets damage answers undefined; whoever reads the record says which one it was.
 */

/** Names and values in turn. */
export function labelsToRecord({ names, values }: LabelSet): readonly string[] {
  const record: string[] = [];
  for (let i = 0; i < names.length; i++) record.push(names[i] as string, values[i] as string);
  return record;
}

export function labelsFromRecord(value: unknown): LabelSet | undefined {
  if (!isTextList(value) || value.length % 2 !== 0) return undefined;
  const pairs: [string, string][] = [];
  for (let i = 0; i < value.length; i += 2) pairs.push([value[i] as string, value[i + 1] as string]);
  return LabelSet.from(pairs);
}

/** A time in UTC is its number; one that is written otherwise keeps its text. */
export type MomentRecord = number | readonly [number, string];

export const momentToRecord = (moment: Moment): MomentRecord => (moment.isPlain ? moment.at : [moment.at, moment.text]);

export function momentFromRecord(value: unknown): Moment | undefined {
  if (isTime(value)) return Moment.of(value);
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [at, text] = value as readonly unknown[];
  return isTime(at) && typeof text === 'string' ? new Moment(at, text) : undefined;
}

export const damaged = (what: string): Result<never> =>
  failed({ code: 'invalid-value', path: '', message: `damaged ${what} record` });
