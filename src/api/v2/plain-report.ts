import type { PostedAlert } from '../../domain/alert/index.js';
import { LabelPool, LabelSet, type MatcherMode } from '../../domain/labels/index.js';
import { isObject } from './go-kinds.js';
import type { TextPlace } from './report-marks.js';
import { isRequestUri } from './request-uri.js';
import { TimeReader } from './time-reader.js';

/**
 * Reads reports as Prometheus writes them, which are all but a few of all reports, and gives up on any other: what is
 * wrong with those is told by alert-body.ts, in Alertmanager's words. What it reads needs no further look at its labels.
 *
 * Bound: some hundred URLs that were found right, and the pool's own.
 */
export class PlainReports {
  readonly #pool = new LabelPool();
  readonly #urls = new Set<string>();
  /** The last one: alerts of one rule have the same, and come together. */
  #url = '';
  readonly #startsAt = new TimeReader();
  readonly #endsAt = new TimeReader();

  constructor(private readonly mode: MatcherMode) {}

  read(report: Readonly<Record<string, unknown>>): PostedAlert | undefined {
    if (!hasOnlyMembers(report)) return undefined;
    const { annotations = NO_LABELS, generatorURL = '' } = report;
    const labels = this.#readLabels(report['labels']);
    const notes = this.#readLabels(annotations);
    // Without a value a label is none; what that makes of the others is for the other reader.
    if (!labels || !notes || labels.size === 0 || labels.hasEmptyValue) return undefined;
    if (typeof generatorURL !== 'string' || !this.#isUrl(generatorURL)) return undefined;
    const times = this.#readTimes(report['startsAt'], report['endsAt']);
    return times && { labels, annotations: notes, generatorURL: this.#url, ...times };
  }

  #readLabels(value: unknown): LabelSet | undefined {
    return isObject(value) ? this.#pool.shareWritten(value, this.mode) : undefined;
  }

  /** The times of a report of which all else is known. */
  readTimesAt(startsAt: TextPlace, endsAt: TextPlace, body: Buffer): ReportTimes | undefined {
    const start = startsAt.isThere ? this.#startsAt.readAt(startsAt, body) : undefined;
    const end = endsAt.isThere ? this.#endsAt.readAt(endsAt, body) : undefined;
    const areTimes = (start || !startsAt.isThere) && (end || !endsAt.isThere);
    return areTimes ? { startsAt: start, endsAt: end } : undefined;
  }

  #readTimes(startsAt: unknown, endsAt: unknown): ReportTimes | undefined {
    const start = typeof startsAt === 'string' ? this.#startsAt.read(startsAt) : undefined;
    const end = typeof endsAt === 'string' ? this.#endsAt.read(endsAt) : undefined;
    const areTimes = (startsAt === undefined || start) && (endsAt === undefined || end);
    return areTimes ? { startsAt: start, endsAt: end } : undefined;
  }

  /** If so, it stands in `#url`, shared. */
  #isUrl(url: string): boolean {
    if (url === this.#url) return true;
    if (url !== '' && !this.#urls.has(url)) {
      if (!isRequestUri(url)) return false;
      if (this.#urls.size >= MOST_URLS) this.#urls.clear();
      this.#urls.add(url);
    }
    this.#url = this.#pool.shareText(url);
    return true;
  }
}

type ReportTimes = Pick<PostedAlert, 'startsAt' | 'endsAt'>;

const MOST_URLS = 512;
const NO_LABELS = {};
const MEMBERS: ReadonlySet<string> = new Set(['labels', 'annotations', 'startsAt', 'endsAt', 'generatorURL']);

function hasOnlyMembers(report: Readonly<Record<string, unknown>>): boolean {
  for (const name in report) if (!MEMBERS.has(name)) return false;
  return true;
}
