import { randomBytes } from 'node:crypto';
import { fingerprintFrom } from '../../domain/labels/index.js';
import { REPORT_SCAN } from './report-scan.wasm.js';

/** Where wasm/report-scan.ts keeps what, and its other numbers: each is explained there. */
const LAYOUT = [
  'BODY',
  'MOST_BODY',
  'REPORTS',
  'REPORT_BYTES',
  'TEXTS',
  'MOST_KNOWN',
  'LISTS',
  'LIST_BYTES',
  'LIST_ORDER',
  'FOUND',
  'FOUND_BYTES',
  'FINGERPRINT',
  'ESCAPED',
  'BEYOND_ASCII',
  'PLACE_BITS',
  'NOT_KEPT',
] as const;
type Layout = Readonly<Record<(typeof LAYOUT)[number], number>>;

interface Calls {
  readonly begin: (a: bigint, b: bigint, c: bigint) => void;
  readonly scan: (length: number) => number;
  readonly listOf: (firstText: number, count: number) => number;
  readonly look: (list: number, firstText: number, count: number) => void;
  readonly hasLastURL: (row: number) => number;
}
type Exports = Calls & {
  readonly memory: { readonly buffer: ArrayBuffer };
} & Readonly<Record<keyof Layout, { readonly value: number }>>;

/** The part of the engine's own interface that is used; Node's types have none. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

/** What a row of a report tells the place of, by the word where it does so. */
export const REPORT = 0;
export const STARTS_AT = 2;
export const ENDS_AT = 4;
export const GENERATOR_URL = 6;
export type Part = typeof REPORT | typeof STARTS_AT | typeof ENDS_AT | typeof GENERATOR_URL;

/** Where it tells the first text and the number of these. */
export const LABELS = 8;
export const ANNOTATIONS = 10;
export type Pairs = typeof LABELS | typeof ANNOTATIONS;

/** The double that is the mark. */
const MARK = 6;
/** The word from which on it tells where all annotations are. */
const WRITTEN_ANNOTATIONS = 14;

/**
 * The reports of one body, as WebAssembly reads them: found to be right, known by their marks, their texts looked up among those
 * of earlier ones. A report has a number, which holds until the next body is scanned.
 */
export class ReportScan {
  readonly #layout: Layout;
  readonly #calls: Calls;
  readonly #bytes: Buffer;
  readonly #words: Int32Array;
  readonly #doubles: Float64Array;

  /** Throws where the engine has no WebAssembly, or no memory for it. */
  constructor() {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(REPORT_SCAN, 'base64')));
    // The exports are those of wasm/report-scan.ts.
    const all = exports as Exports;
    const { buffer } = all.memory;
    this.#layout = Object.fromEntries(LAYOUT.map((name) => [name, all[name].value])) as Layout;
    this.#calls = all;
    this.#bytes = Buffer.from(buffer);
    this.#words = new Int32Array(buffer);
    this.#doubles = new Float64Array(buffer);
    const random = randomBytes(24);
    all.begin(random.readBigUInt64LE(0), random.readBigUInt64LE(8), random.readBigUInt64LE(16));
  }

  /** So many texts are known at most: places are below. */
  get mostKnown(): number {
    return this.#layout.MOST_KNOWN;
  }

  /** How many reports there are in a body; nought when it is not written as encoders write. */
  scan(body: Buffer): number {
    const { BODY, MOST_BODY } = this.#layout;
    if (body.length > MOST_BODY) return 0;
    body.copy(this.#bytes, BODY);
    return this.#calls.scan(body.length);
  }

  /** Stands for all that a report says but its times. */
  markOf(report: number): number {
    return this.#doubles[this.#rowOf(report) / 8 + MARK] as number;
  }

  /** Where a part starts in the body. */
  startOf(report: number, part: Part): number {
    return (this.#wordOf(report, part) || this.#layout.BODY) - this.#layout.BODY;
  }

  /** Where it ends; no text that is there ends at nought. */
  endOf(report: number, part: Part): number {
    const { BODY, PLACE_BITS } = this.#layout;
    return (this.#wordOf(report, part + 1) & PLACE_BITS || BODY) - BODY;
  }

  /** Whether it has the generatorURL that was asked about before. */
  hasLastURL(report: number): boolean {
    return this.#calls.hasLastURL(this.#rowOf(report)) !== 0;
  }

  urlOf(report: number): string {
    return this.#textAt(this.#rowOf(report) / 4 + GENERATOR_URL);
  }

  countOf(report: number, pairs: Pairs): number {
    return this.#wordOf(report, pairs + 1);
  }

  /** The place of the list of their names; below nought one that is to be told by `keepList`; undefined: it cannot be kept. */
  listOf(report: number, pairs: Pairs): number | undefined {
    const list = this.#calls.listOf(this.#wordOf(report, pairs), this.countOf(report, pairs));
    return list === this.#layout.NOT_KEPT ? undefined : list;
  }

  /** The names as they are written. */
  namesOf(report: number, pairs: Pairs): string[] {
    const first = this.#wordOf(report, pairs);
    return Array.from({ length: this.countOf(report, pairs) }, (_, i) => this.#textAt(this.#textWord(first + 2 * i)));
  }

  /** In which order the values of a list are to be found. */
  keepOrder(list: number, places: readonly number[]): void {
    const { LISTS, LIST_BYTES, LIST_ORDER } = this.#layout;
    this.#bytes.set(places, LISTS + list * LIST_BYTES + LIST_ORDER);
  }

  /** The annotations as they are written. */
  annotationsOf(report: number): string {
    return this.#writtenAt(this.#rowOf(report) / 4 + WRITTEN_ANNOTATIONS, 0);
  }

  /** Looks up the values of a report, for the questions that follow. */
  look(report: number, pairs: Pairs, list: number): void {
    this.#calls.look(list, this.#wordOf(report, pairs), this.countOf(report, pairs));
  }

  /** The place of the value among the known texts; below nought, -1 - place, of one that is known from now on. */
  knownAt(index: number): number {
    return this.#words[this.#foundWord(index)] as number;
  }

  isKept(known: number): boolean {
    return known !== this.#layout.NOT_KEPT;
  }

  valueAt(index: number): string {
    return this.#textAt(this.#foundWord(index) + 1);
  }

  /** Of the names and values that were looked up; undefined when they are more than ASCII. */
  get fingerprint(): string | undefined {
    const { FINGERPRINT, ESCAPED, BEYOND_ASCII } = this.#layout;
    const words = this.#words;
    const at = FINGERPRINT / 4;
    if (((words[at + 2] as number) & (ESCAPED | BEYOND_ASCII)) !== 0) return undefined;
    return fingerprintFrom(words[at + 1] as number, words[at] as number);
  }

  #rowOf(report: number): number {
    return this.#layout.REPORTS + report * this.#layout.REPORT_BYTES;
  }

  #wordOf(report: number, word: number): number {
    return this.#words[this.#rowOf(report) / 4 + word] as number;
  }

  #textWord(text: number): number {
    return this.#layout.TEXTS / 4 + 2 * text;
  }

  #foundWord(index: number): number {
    return (this.#layout.FOUND + index * this.#layout.FOUND_BYTES) / 4;
  }

  /** Start and end stand there. */
  #textAt(word: number): string {
    const isEscaped = ((this.#words[word + 1] as number) & this.#layout.ESCAPED) !== 0;
    // Its quotes stand around it, and the scan has found its escapes right.
    return isEscaped ? (JSON.parse(this.#writtenAt(word, 1)) as string) : this.#writtenAt(word, 0);
  }

  /** With so many bytes around it. */
  #writtenAt(word: number, around: number): string {
    const { BEYOND_ASCII, PLACE_BITS } = this.#layout;
    const how = this.#words[word + 1] as number;
    const encoding = (how & BEYOND_ASCII) === 0 ? 'latin1' : 'utf8';
    return this.#bytes.toString(encoding, (this.#words[word] as number) - around, (how & PLACE_BITS) + around);
  }
}
