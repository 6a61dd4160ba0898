import { type Result, ok } from '../issue/index.js';
import { LabelSet } from '../labels/index.js';
import { type Moment, instant } from '../time/index.js';
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

/** A record that is mostly what the sender wrote, which nobody has to write anew: its other fields, a line, the report. */
export function alertToText({ startsAt, endsAt, updatedAt, timeout }: Alert, report: string): string {
  const [s, e] = [momentText(startsAt), momentText(endsAt)];
  return `{"s":${s},"e":${e},"u":${updatedAt},"t":${timeout}}\n${report}`;
}

const momentText = (moment: Moment): string =>
  moment.isPlain ? String(moment.at) : JSON.stringify(momentToRecord(moment));

export function alertFromText(text: string): Result<Alert> {
  const line = text.indexOf('\n');
  try {
    const head: unknown = JSON.parse(text.slice(0, line));
    const report: unknown = JSON.parse(text.slice(line + 1));
    if (!isFields(head) || !isFields(report)) return damaged('alert');
    const { labels, annotations, generatorURL } = report;
    return alertFromRecord({ ...head, l: pairsOf(labels), a: pairsOf(annotations), g: generatorURL });
  } catch {
    return damaged('alert');
  }
}

const pairsOf = (labels: unknown): unknown => (isFields(labels) ? Object.entries(labels).flat() : undefined);

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
