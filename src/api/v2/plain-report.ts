import type { PostedAlert } from '../../domain/alert/index.js';
import { LabelSet, type MatcherMode, NameList, sharedName } from '../../domain/labels/index.js';
import { ANNOTATIONS, ENDS_AT, GENERATOR_URL, LABELS, type Pairs, ReportScan, STARTS_AT } from './report-scan.js';
import { isRequestUri } from './request-uri.js';
import { TimeReader } from './time-reader.js';

/**
 * Makes alerts of the reports of a scan, and gives up on those about which there is anything to say: that is said by
 * alert-body.ts, in Alertmanager's words. What it makes needs no further look at its labels. Names, values and URLs that were
 * met before are the texts from then, so that thousands of alerts share them.
 *
 * Bound: the lists and texts that the scan knows, and some hundred URLs that were found right.
 */
export class PlainReports {
  /** By the place of the list; none where the names are not good. */
  readonly #lists: (KnownList | undefined)[] = [];
  readonly #texts: string[];
  readonly #urls = new Map<string, string>();
  /** The one that the scan saw last: alerts of one rule have the same, and come together. */
  #url: string | undefined;
  readonly #startsAt = new TimeReader();
  readonly #endsAt = new TimeReader();

  private constructor(
    readonly scan: ReportScan,
    private readonly mode: MatcherMode,
  ) {
    this.#texts = Array.from({ length: scan.mostKnown }, () => '');
  }

  /**
   * There is one for each mode in the process: for the engine's compiler the functions of another instance are other functions.
   * Throws where the engine has no WebAssembly.
   */
  static in(mode: MatcherMode): PlainReports {
    const known = byMode.get(mode) ?? new PlainReports(new ReportScan(), mode);
    byMode.set(mode, known);
    return known;
  }

  read(report: number, body: Buffer): PostedAlert | undefined {
    const labels = this.#readLabels(report);
    // Without a value a label is none; what that makes of the others is for the other reader.
    if (!labels || labels.hasEmptyValue) return undefined;
    const annotations = this.#readAnnotations(report);
    const generatorURL = this.#readURL(report);
    const times = this.readTimes(report, body);
    if (!annotations || generatorURL === undefined || !times) return undefined;
    const { startsAt, endsAt } = times;
    return { labels, annotations, generatorURL, startsAt, endsAt };
  }

  /** undefined when one of them is no time. */
  readTimes(report: number, body: Buffer): ReportTimes | undefined {
    const { scan } = this;
    const startEnd = scan.endOf(report, STARTS_AT);
    const endEnd = scan.endOf(report, ENDS_AT);
    const startsAt = startEnd > 0 ? this.#startsAt.readAt(body, scan.startOf(report, STARTS_AT), startEnd) : undefined;
    const endsAt = endEnd > 0 ? this.#endsAt.readAt(body, scan.startOf(report, ENDS_AT), endEnd) : undefined;
    const areTimes = (startsAt || startEnd === 0) && (endsAt || endEnd === 0);
    return areTimes ? { startsAt, endsAt } : undefined;
  }

  #readLabels(report: number): LabelSet | undefined {
    if (this.scan.countOf(report, LABELS) === 0) return LabelSet.EMPTY;
    const known = this.#listOf(report, LABELS);
    if (!known) return undefined;
    const labels = this.#readPairs(report, LABELS, known);
    const { fingerprint } = this.scan;
    if (fingerprint !== undefined) labels.rememberFingerprint(fingerprint);
    return labels;
  }

  /** Those that are in order, as Go's encoder has them, are read when somebody asks for one: mostly when the alert is told. */
  #readAnnotations(report: number): LabelSet | undefined {
    if (this.scan.countOf(report, ANNOTATIONS) === 0) return LabelSet.EMPTY;
    const known = this.#listOf(report, ANNOTATIONS);
    if (!known) return undefined;
    if (!known.list.isSorted) return this.#readPairs(report, ANNOTATIONS, known);
    return LabelSet.ofWritten(known.list.sortedNames, this.scan.annotationsOf(report));
  }

  #readPairs(report: number, pairs: Pairs, { place, list }: KnownList): LabelSet {
    this.scan.look(report, pairs, place);
    // A copy has room for as many and no more, and is of the kind that all lists of texts are of for the engine.
    const values = list.sortedNames.slice();
    for (let i = 0; i < values.length; i++) values[i] = this.#textAt(i);
    return LabelSet.ofSorted(list.sortedNames, values);
  }

  /** Learnt if need be; undefined where it cannot be kept or its names are not good. */
  #listOf(report: number, pairs: Pairs): KnownList | undefined {
    const place = this.scan.listOf(report, pairs);
    if (place === undefined) return undefined;
    if (place < 0) this.#lists[-1 - place] = this.#learn(report, pairs, -1 - place);
    return this.#lists[place < 0 ? -1 - place : place];
  }

  #textAt(index: number): string {
    const { scan } = this;
    const known = scan.knownAt(index);
    if (known >= 0) return this.#texts[known] as string;
    const text = scan.valueAt(index);
    if (scan.isKept(known)) this.#texts[-1 - known] = text;
    return text;
  }

  #learn(report: number, pairs: Pairs, place: number): KnownList | undefined {
    const names = this.scan.namesOf(report, pairs).map(sharedName);
    const list = new NameList(names);
    if (new Set(names).size < names.length || !list.hasGoodNames(this.mode)) return undefined;
    this.scan.keepOrder(place, list.places);
    return { place, list };
  }

  /** undefined when it is none. */
  #readURL(report: number): string | undefined {
    if (this.scan.endOf(report, GENERATOR_URL) === 0) return '';
    if (!this.scan.hasLastURL(report)) this.#url = this.#shareURL(this.scan.urlOf(report));
    return this.#url;
  }

  #shareURL(url: string): string | undefined {
    const known = this.#urls.get(url);
    if (known !== undefined) return known;
    if (url !== '' && !isRequestUri(url)) return undefined;
    if (this.#urls.size >= MOST_URLS) this.#urls.clear();
    this.#urls.set(url, url);
    return url;
  }
}

const byMode = new Map<MatcherMode, PlainReports>();

/** A list of names and its place in the scan. */
interface KnownList {
  readonly place: number;
  readonly list: NameList;
}

export type ReportTimes = Pick<PostedAlert, 'startsAt' | 'endsAt'>;

const MOST_URLS = 512;
