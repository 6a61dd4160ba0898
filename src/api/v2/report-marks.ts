import { randomInt } from 'node:crypto';

/** Where a text stands in a body. */
export class TextPlace {
  constructor(
    readonly start: number,
    readonly end: number,
  ) {}

  get isThere(): boolean {
    return this.end > this.start;
  }

  /** Whether these are its bytes, one for each character. */
  holds(text: string, body: Buffer): boolean {
    const { start, end } = this;
    if (text.length !== end - start) return false;
    for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== body[start + i]) return false;
    return true;
  }
}

const NOWHERE = new TextPlace(0, 0);

/**
 * Reports as Prometheus writes them, one behind the other without blanks: where each is, where its times are, and a mark that
 * stands for all of its other bytes. Whoever sent a report before sends the same bytes again with other times, so that the mark
 * finds what was read then, and nothing has to be read again.
 *
 * The mark has 53 bits and begins with a number that only this process knows; two reports with the same mark by chance need a
 * hundred million of them. That what lies between two of the separators is one report is found out by who reads it first:
 * it is, or the whole body is read in another way.
 */
export class ReportSpan {
  readonly startsAt: TextPlace;
  readonly endsAt: TextPlace;
  #text: string | undefined;

  constructor(
    private readonly body: Buffer,
    readonly start: number,
    readonly end: number,
    /** Nought: it cannot have one. */
    readonly mark: number,
    startsAt: TimeFinder,
    endsAt: TimeFinder,
  ) {
    this.startsAt = startsAt.place;
    this.endsAt = endsAt.place;
  }

  get text(): string {
    return (this.#text ??= this.body.toString('utf8', this.start, this.end));
  }

  /** Whether the times that the mark leaves out are those of the report, and not a label of that name. */
  hasTimesOf(report: Readonly<Record<string, unknown>>): boolean {
    const { startsAt, endsAt } = this;
    if (!this.#isAt(startsAt, report['startsAt']) || !this.#isAt(endsAt, report['endsAt'])) return false;
    const times = Number(startsAt.isThere) + Number(endsAt.isThere);
    return hasAtMost(times, NAME_END, this.text);
  }

  #isAt(place: TextPlace, text: unknown): boolean {
    return place.isThere ? typeof text === 'string' && place.holds(text, this.body) : text === undefined;
  }
}

function hasAtMost(count: number, part: string, text: string): boolean {
  let at = text.indexOf(part);
  for (let found = 0; at >= 0 && found < count; found++) at = text.indexOf(part, at + 1);
  return at < 0;
}

/** What both names end with. Whoever else has a name like that gets no mark. */
const NAME_END = 'sAt":"';
const SEPARATOR = Buffer.from('},{"');
const STARTS_AT = Buffer.from('"startsAt":"');
const ENDS_AT = Buffer.from('"endsAt":"');
const OPENING = Buffer.from('[{"');
const QUOTE = 0x22;
/** Longer ones are read, not recognised. */
const MOST_BYTES = 8 * 1024;
const LONGEST_TIME = 40;

/** The reports of a body, or undefined when it is written otherwise. */
export function findReports(body: Buffer): readonly ReportSpan[] | undefined {
  const length = lengthWithoutNewline(body);
  if (length < 5 || body.compare(OPENING, 0, 3, 0, 3) !== 0) return undefined;
  if (body[length - 1] !== 0x5d || body[length - 2] !== 0x7d) return undefined;
  const startsAt = new TimeFinder(body, STARTS_AT);
  const endsAt = new TimeFinder(body, ENDS_AT);
  const spans: ReportSpan[] = [];
  for (let start = 1; start < length;) {
    const separator = body.indexOf(SEPARATOR, start);
    const end = separator < 0 ? length - 1 : separator + 1;
    startsAt.findIn(start, end);
    endsAt.findIn(start, end);
    const mark = markOf(body, start, end, startsAt, endsAt);
    spans.push(new ReportSpan(body, start, end, mark, startsAt, endsAt));
    start = end + 1;
  }
  return spans;
}

function lengthWithoutNewline(body: Buffer): number {
  return body[body.length - 1] === 0x0a ? body.length - 1 : body.length;
}

/** Where a time stands in each report. In most it is as far from the end as in the one before. */
class TimeFinder {
  /** Of the value. Both are the end of the report when there is none. */
  start = 0;
  end = 0;
  #fromEnd = 0;
  #next: number;

  constructor(
    private readonly body: Buffer,
    private readonly name: Buffer,
  ) {
    this.#next = this.#find(0);
  }

  findIn(start: number, end: number): void {
    const named = this.#placeIn(start, end);
    this.#fromEnd = end - named;
    this.start = Math.min(named + this.name.length, end);
    this.end = this.#endOfText(this.start, end);
  }

  get place(): TextPlace {
    return this.end > this.start ? new TextPlace(this.start, this.end) : NOWHERE;
  }

  /** `end` when it is nowhere. */
  #placeIn(start: number, end: number): number {
    const likely = end - this.#fromEnd;
    if (likely >= start && this.#isAt(likely)) return likely;
    if (this.#next < start) this.#next = this.#find(start);
    return Math.min(this.#next, end);
  }

  #isAt(place: number): boolean {
    const { body, name } = this;
    for (let i = 0; i < name.length; i++) if (body[place + i] !== name[i]) return false;
    return true;
  }

  /** Behind all bytes when there is none: a whole number, as all the others are. */
  #find(from: number): number {
    const found = this.body.indexOf(this.name, from);
    return found < 0 ? this.body.length : found;
  }

  /** A text that goes on for too long is none. */
  #endOfText(start: number, end: number): number {
    const last = Math.min(end, start + LONGEST_TIME);
    for (let at = start; at < last; at++) if (this.body[at] === QUOTE) return at;
    return start;
  }
}

const scratch = Buffer.alloc(MOST_BYTES + 8);
const words = new Int32Array(scratch.buffer, scratch.byteOffset, scratch.length / 4);
const SEED = randomInt(2 ** 31);
const PRIME_A = 0x85ebca6b | 0;
const PRIME_B = 0xc2b2ae35 | 0;

function markOf(body: Buffer, start: number, end: number, startsAt: TimeFinder, endsAt: TimeFinder): number {
  if (end - start > MOST_BYTES) return 0;
  const isStartFirst = startsAt.start <= endsAt.start;
  const first = isStartFirst ? startsAt : endsAt;
  const second = isStartFirst ? endsAt : startsAt;
  let size = body.copy(scratch, 0, start, first.start);
  size += body.copy(scratch, size, first.end, second.start);
  size += body.copy(scratch, size, second.end, end);
  // Where times were taken out counts: they must not lend their names to another text.
  return hashOf(size, first.start - start, second.start - first.end, isStartFirst);
}

/** Two hashes of the scratch side by side, word by word: several times as fast as byte by byte. */
function hashOf(size: number, firstGap: number, secondGap: number, isStartFirst: boolean): number {
  scratch[size] = scratch[size + 1] = scratch[size + 2] = 0;
  let a = SEED ^ Math.imul(firstGap, PRIME_B) ^ (isStartFirst ? 1 : 0);
  let b = Math.imul(SEED, PRIME_A) ^ Math.imul(secondGap, PRIME_A) ^ size;
  const count = (size + 3) >> 2;
  for (let i = 0; i < count; i++) {
    const word = words[i] as number;
    a = Math.imul(((a << 5) | (a >>> 27)) ^ word, PRIME_A);
    b = Math.imul(((b << 7) | (b >>> 25)) ^ word, PRIME_B);
  }
  a = Math.imul(a ^ (a >>> 13), PRIME_B);
  b = Math.imul(b ^ (b >>> 16), PRIME_A);
  a ^= a >>> 16;
  b ^= b >>> 13;
  return (a >>> 0) * 0x200000 + (b >>> 11) || 1;
}
