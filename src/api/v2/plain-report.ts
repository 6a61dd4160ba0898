import type { PostedAlert } from '../../domain/alert/index.js';
import { LabelPool, LabelSet, type MatcherMode } from '../../domain/labels/index.js';
import { isObject } from './go-kinds.js';
import { readMoment } from './moment-reader.js';
import { isRequestUri } from './request-uri.js';

/**
 * Reads reports as Prometheus writes them, which are all but a few of all reports, and gives up on any other: what is
 * wrong with those is told by alert-body.ts, in Alertmanager's words. What it reads needs no further look at its labels.
 *
 * Bound: some hundred URLs that were found right, and the pool's own.
 */
export class PlainReports {
  readonly #pool = new LabelPool();
  readonly #urls = new Set<string>();

  constructor(private readonly mode: MatcherMode) {}

  read(report: Readonly<Record<string, unknown>>): PostedAlert | undefined {
    if (!hasOnlyMembers(report)) return undefined;
    const { annotations = NO_LABELS, generatorURL = '' } = report;
    const labels = this.#readLabels(report['labels']);
    const notes = this.#readLabels(annotations);
    // Without a value a label is none; what that makes of the others is for the other reader.
    if (!labels || !notes || labels.size === 0 || labels.hasEmptyValue) return undefined;
    if (typeof generatorURL !== 'string' || !this.#isUrl(generatorURL)) return undefined;
    const times = readTimes(report['startsAt'], report['endsAt']);
    return times && { labels, annotations: notes, generatorURL: this.#pool.shareText(generatorURL), ...times };
  }

  #readLabels(value: unknown): LabelSet | undefined {
    if (!isObject(value)) return undefined;
    const values = Object.values(value);
    for (const text of values) if (typeof text !== 'string') return undefined;
    // All are texts, as was just seen.
    return this.#pool.shareWritten(Object.keys(value), values as string[], this.mode);
  }

  #isUrl(url: string): boolean {
    if (url === '' || this.#urls.has(url)) return true;
    if (!isRequestUri(url)) return false;
    if (this.#urls.size >= MOST_URLS) this.#urls.clear();
    this.#urls.add(url);
    return true;
  }
}

export interface ReportTimes {
  readonly startsAt: PostedAlert['startsAt'];
  readonly endsAt: PostedAlert['endsAt'];
}

/** undefined when one of them is no time. */
export function readTimes(startsAt: unknown, endsAt: unknown): ReportTimes | undefined {
  const start = readTime(startsAt);
  const end = readTime(endsAt);
  return start === 'none' || end === 'none' ? undefined : { startsAt: start, endsAt: end };
}

function readTime(text: unknown): PostedAlert['startsAt'] | 'none' {
  if (text === undefined) return undefined;
  const moment = typeof text === 'string' ? readMoment(text) : 'none';
  return typeof moment === 'string' ? 'none' : moment;
}

const MOST_URLS = 512;
const NO_LABELS = {};
const MEMBERS: ReadonlySet<string> = new Set(['labels', 'annotations', 'startsAt', 'endsAt', 'generatorURL']);

function hasOnlyMembers(report: Readonly<Record<string, unknown>>): boolean {
  for (const name in report) if (!MEMBERS.has(name)) return false;
  return true;
}
