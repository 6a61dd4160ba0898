import { type Result, ok } from '../issue/index.js';
import { type LabelPool, LabelSet } from '../labels/index.js';
import { isFields, isTime } from '../record/index.js';
import type { Moment } from '../time/index.js';
import type { Alert } from './alert.js';
import {
  type MomentRecord,
  damaged,
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

/**
 * The first line of a record that is mostly what the sender wrote, which nobody has to write anew: the fields that are ours.
 * Behind it stands the report.
 */
export function alertHead({ startsAt, endsAt, updatedAt, timeout }: Times): string {
  return `{"s":${momentText(startsAt)},"e":${momentText(endsAt)},"u":${updatedAt},"t":${timeout}}\n`;
}

/**
 * Writes these heads. Most alerts that come together have the same times, and one text serves for them: writing numbers down takes
 * long.
 */
export class AlertHeads {
  #last: Times | undefined;
  #head = '';

  of(alert: Alert): string {
    if (this.#last && hasSameTimes(alert, this.#last)) return this.#head;
    this.#last = alert;
    return (this.#head = alertHead(alert));
  }
}

type Times = Pick<Alert, 'startsAt' | 'endsAt' | 'updatedAt' | 'timeout'>;

const hasSameTimes = (a: Times, b: Times): boolean =>
  a.startsAt === b.startsAt && a.endsAt === b.endsAt && a.updatedAt === b.updatedAt && a.timeout === b.timeout;

const momentText = (moment: Moment): string =>
  moment.isPlain ? String(moment.at) : JSON.stringify(momentToRecord(moment));

/** What a report changes that says no more than that the alert still fires. */
export type Lease = Pick<Alert, 'endsAt' | 'updatedAt'>;

export const leaseToRecord = ({ endsAt, updatedAt }: Lease): readonly [MomentRecord, number] => [
  momentToRecord(endsAt),
  updatedAt,
];

export function leaseFromRecord(record: unknown): Lease | undefined {
  if (!Array.isArray(record)) return undefined;
  const [end, updatedAt] = record as readonly unknown[];
  const endsAt = momentFromRecord(end);
  return endsAt && isTime(updatedAt) ? { endsAt, updatedAt } : undefined;
}

/** The pool keeps names and values that many alerts have once. */
export function alertFromText(text: string, pool: LabelPool): Result<Alert> {
  const line = text.indexOf('\n');
  const head = parseJson(text.slice(0, line));
  const report = parseJson(text.slice(line + 1));
  if (!isFields(head) || !isFields(report)) return damaged('alert');
  const { labels, annotations, generatorURL } = report;
  return alertFrom(head, labelsOf(labels, pool), labelsOf(annotations, pool), generatorURL);
}

const labelsOf = (written: unknown, pool: LabelPool): LabelSet | undefined =>
  isFields(written) ? pool.shareWritten(written, 'utf8') : undefined;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What cannot be read is told; what is merely missing (annotations, URL) is taken as empty, so that the alert still pages. */
export function alertFromRecord(record: unknown): Result<Alert> {
  if (!isFields(record)) return damaged('alert');
  return alertFrom(record, labelsFromRecord(record['l']), labelsFromRecord(record['a']), record['g']);
}

function alertFrom(
  { s, e, u: updatedAt, t }: Readonly<Record<string, unknown>>,
  labels: LabelSet | undefined,
  annotations: LabelSet | undefined,
  generatorURL: unknown,
): Result<Alert> {
  const startsAt = momentFromRecord(s);
  const endsAt = momentFromRecord(e);
  if (!labels?.size || !startsAt || !endsAt || !isTime(updatedAt)) return damaged('alert');
  return ok({
    labels,
    annotations: annotations ?? LabelSet.EMPTY,
    startsAt,
    endsAt,
    updatedAt,
    generatorURL: typeof generatorURL === 'string' ? generatorURL : '',
    timeout: t === true,
  });
}
