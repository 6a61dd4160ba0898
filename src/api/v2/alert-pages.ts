import type { Alert } from '../../domain/alert/index.js';
import { digitsOf } from '../../domain/labels/index.js';
import type { AlertView, Engine } from '../../engine/engine.js';
import type { Clock } from '../../platform/clock.js';
import { statusJson, writeAlert } from './alert-json.js';
import { inSlices } from './slices.js';

/**
 * All alerts as the API writes them, in pages of bytes: the list of everything is the pages one after another, and groups
 * take the bytes of their alerts from here.
 *
 * A page holds the alerts whose fingerprints begin with the same two or three digits, each followed by a comma. When something
 * has changed, all alerts are compared with what the pages show, and pages that show something else are made anew: what has
 * not changed in them is copied. Fingerprints are spread evenly, so a batch of alerts costs its share of the pages.
 * Pages that are made anew leave their bytes to the engine's collector, which is in no hurry; hence three digits where there are
 * very many alerts, and two otherwise, since each page is a write of its own.
 *
 * Keeps: what `read` gives was true at some moment after it was called.
 * Bound: the bytes of the alerts there are, once.
 */
export class AlertPages {
  #pages: readonly Page[] = [];
  #index = new PageIndex([]);
  #version: string | undefined;
  #running: Promise<readonly Page[]> | undefined;
  #next: Promise<readonly Page[]> | undefined;

  constructor(
    private readonly engine: Pick<Engine, 'alerts' | 'sortAlerts' | 'alertsVersion' | 'statusVersion'>,
    private readonly clock: Pick<Clock, 'elapsed'>,
  ) {}

  /** In the order of fingerprints. One update at a time; who comes while one is under way waits for the next and shares it. */
  read(): Promise<readonly Page[]> {
    if (this.#running) {
      const again = (): Promise<readonly Page[]> => {
        this.#next = undefined;
        return this.read();
      };
      return (this.#next ??= this.#running.then(again, again));
    }
    if (this.#version === versionOf(this.engine)) return Promise.resolve(this.#pages);
    this.#running = this.#update().finally(() => (this.#running = undefined));
    return this.#running;
  }

  /** Of what was last made, for who only wants some alerts: most are still as they were then. */
  get index(): PageIndex {
    return this.#index;
  }

  async #update(): Promise<readonly Page[]> {
    const version = versionOf(this.engine);
    this.#pages = await inSlices(pagesOf(this.engine, this.#index), this.clock);
    this.#index = new PageIndex(this.#pages);
    this.#version = version;
    return this.#pages;
  }
}

/** Answers hold while it stands still. */
export const versionOf = (engine: Pick<Engine, 'alertsVersion' | 'statusVersion'>): string =>
  `${engine.alertsVersion} ${engine.statusVersion}`;

export interface Page {
  readonly prefix: string;
  readonly bytes: Buffer;
  readonly lines: readonly Line[];
  /** `sortKey` of each line. A search in here touches no alert. */
  readonly keys: Uint32Array;
}

/** One alert: what was written, and where it stands in the page, the comma included. */
export interface Line {
  readonly alert: Alert;
  readonly receivers: readonly string[];
  readonly status: string;
  readonly start: number;
  readonly end: number;
}

const FEW_DIGITS = 2;
const MANY_DIGITS = 3;
/** From so many alerts on there are many pages, */
const MANY_ALERTS = 32_768;
/** and as long as there are more than so many. */
const STILL_MANY_ALERTS = MANY_ALERTS / 2;

const digitsFor = (count: number, before: number): number =>
  count >= (before === MANY_DIGITS ? STILL_MANY_ALERTS : MANY_ALERTS) ? MANY_DIGITS : FEW_DIGITS;

/** Some digits behind those that all alerts of a page share, in the same order. Two alerts of one page may have the same. */
const sortKey = (fingerprint: string): number => digitsOf(fingerprint, FEW_DIGITS, 8);

/** Looks up alerts of a list of pages. */
export class PageIndex {
  /** Of the fingerprints, by which they are told apart. */
  readonly digits: number;
  readonly #byPrefix: ReadonlyMap<string, Page>;

  constructor(pages: readonly Page[]) {
    this.digits = pages[0]?.prefix.length ?? FEW_DIGITS;
    this.#byPrefix = new Map(pages.map((page) => [page.prefix, page]));
  }

  page(prefix: string): Page | undefined {
    return this.#byPrefix.get(prefix);
  }

  /** The bytes of an alert and the comma that follows it, if it is wanted; undefined if the list shows the alert otherwise. */
  find(
    { alert, receivers }: Pick<AlertView, 'alert' | 'receivers'>,
    status: string,
    withComma: boolean,
  ): Uint8Array | undefined {
    const page = this.page(alert.labels.fingerprint.slice(0, this.digits));
    const line = page && search(page, alert);
    if (!line || line.status !== status || !sameNames(line.receivers, receivers)) return undefined;
    return page.bytes.subarray(line.start, withComma ? line.end : line.end - 1);
  }
}

function search({ lines, keys }: Page, alert: Alert): Line | undefined {
  const key = sortKey(alert.labels.fingerprint);
  let from = 0;
  let to = keys.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((keys[middle] as number) < key) from = middle + 1;
    else to = middle;
  }
  for (let at = from; keys[at] === key; at++) if (lines[at]?.alert === alert) return lines[at];
  return undefined;
}

const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((name, i) => name === b[i]));

/** Yields when all are in order, and after each alert. That all are listed is part of the second slice. */
function* pagesOf(engine: Pick<Engine, 'alerts' | 'sortAlerts'>, before: PageIndex): Generator<void, readonly Page[]> {
  engine.sortAlerts();
  yield;
  const views = engine.alerts();
  const digits = digitsFor(views.length, before.digits);
  const pages: Page[] = [];
  for (let from = 0, to = 0; from < views.length; from = to) {
    const prefix = (views[from] as AlertView).alert.labels.fingerprint.slice(0, digits);
    const old = before.page(prefix);
    let isSame = true;
    for (to = from; to < views.length; to++) {
      const view = views[to] as AlertView;
      if (!view.alert.labels.fingerprint.startsWith(prefix)) break;
      isSame &&= isShownBy(old?.lines[to - from], view);
      yield;
    }
    const isKept = old && isSame && old.lines.length === to - from;
    pages.push(isKept ? old : yield* makePage(prefix, views.slice(from, to), old));
  }
  return pages;
}

const isShownBy = (line: Line | undefined, { alert, receivers, status }: AlertView): boolean =>
  line !== undefined &&
  line.alert === alert &&
  sameNames(line.receivers, receivers) &&
  line.status === statusJson(status, []);

/** Both lists are in the order of fingerprints, so what stays is found by walking along. */
function* makePage(prefix: string, views: readonly AlertView[], old: Page | undefined): Generator<void, Page> {
  const lines: Line[] = [];
  const pieces: (string | Uint8Array)[] = [];
  const keys = new Uint32Array(views.length);
  let size = 0;
  const oldKeys = old?.keys ?? new Uint32Array();
  let oldAt = 0;
  for (const view of views) {
    const { alert, receivers } = view;
    const key = sortKey(alert.labels.fingerprint);
    while ((oldKeys[oldAt] ?? Infinity) < key) oldAt++;
    const line = old?.lines[oldAt];
    const status = statusJson(view.status, []);
    const isKept = old && line && isShownBy(line, view);
    const piece = isKept ? old.bytes.subarray(line.start, line.end) : `${writeAlert(alert, receivers, status)},`;
    keys[lines.length] = key;
    pieces.push(piece);
    const start = size;
    size += typeof piece === 'string' ? Buffer.byteLength(piece) : piece.length;
    lines.push({ alert, receivers, status, start, end: size });
    yield;
  }
  return { prefix, bytes: joined(pieces, lines, size), lines, keys };
}

function joined(pieces: readonly (string | Uint8Array)[], lines: readonly Line[], size: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(size);
  for (const [i, piece] of pieces.entries()) {
    const { start } = lines[i] as Line;
    if (typeof piece === 'string') bytes.write(piece, start);
    else bytes.set(piece, start);
  }
  return bytes;
}
