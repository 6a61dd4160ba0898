import { type Result, ok } from '../issue/index.js';
import { LabelSet } from '../labels/index.js';
import { instant } from '../time/index.js';
import type { Alert } from './alert.js';
import {
  type MomentRecord,
  damaged,
  isFields,
  isTime,
  labelsFromRecord,
  labelsToRecord,
  momentFromRecord,
  momentToRecord,
} from './record-fields.js';

/** How an alert is kept: short keys, since there are many. Fields are only ever added. */
export type AlertRecord = {
  readonly l: readonly string[];
  readonly a: readonly string[];
  readonly s: MomentRecord;
  readonly e: MomentRecord;
  readonly u: number;
  readonly g: string;
  readonly t: boolean;
};

export const alertToRecord = (alert: Alert): AlertRecord => ({
  l: labelsToRecord(alert.labels),
  a: labelsToRecord(alert.annotations),
  s: momentToRecord(alert.startsAt),
  e: momentToRecord(alert.endsAt),
  u: alert.updatedAt,
  g: alert.generatorURL,
  t: alert.timeout,
});

/** What cannot be read is told; what is merely missing (annotations, URL) is taken as empty, so that the alert still pages. */
export function alertFromRecord(record: unknown): Result<Alert> {
  if (!isFields(record)) return damaged('alert');
  const labels = labelsFromRecord(record['l']);
  const startsAt = momentFromRecord(record['s']);
  const endsAt = momentFromRecord(record['e']);
  const updatedAt = record['u'];
  if (!labels?.size || !startsAt || !endsAt || !isTime(updatedAt)) return damaged('alert');
  return ok({
    labels,
    annotations: labelsFromRecord(record['a']) ?? LabelSet.EMPTY,
    startsAt,
    endsAt,
    updatedAt: instant(updatedAt),
    generatorURL: typeof record['g'] === 'string' ? record['g'] : '',
    timeout: record['t'] === true,
  });
}
