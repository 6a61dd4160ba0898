import type { HttpResponse } from '../http-client.js';
import { type AnswerHead, broken, parseAnswerHead } from './answer-head.js';
import { ChunkedBody } from './chunked-body.js';

/** Of one head, and of all the interim answers (1xx) before it. */
const LONGEST_HEAD = 16_384;
/** What is looked at of an answer that may be none. */
const LONGEST_LINE = 256;
const LF = 10;
const CR = 13;
const NOTHING = Buffer.alloc(0);

/**
 * The head that was read last, on whatever connection, with the empty line behind it, and what it says without a body. In a burst
 * servers answer in the same words again and again; the date, where they tell it, is another one only after a second.
 */
let last: { readonly text: string; readonly head: AnswerHead; readonly bare: HttpResponse } | undefined;

/**
 * One answer, from its first byte to its last.
 *
 * Keeps: of what it is given nothing is kept that is not copied; no more of the body than the limit.
 */
export class AnswerReader {
  #head: AnswerHead | undefined;
  #headBytes: Buffer = NOTHING;
  #interim = 0;
  readonly #pieces: Buffer[] = [];
  #size = 0;
  #left = 0;
  #chunks: ChunkedBody | undefined;
  #isDone = false;
  /** Something came behind the end of the answer, or is still to come. */
  #isSpoilt = false;

  constructor(private readonly limitBytes: number) {}

  /** Whether the answer is complete. Throws when it is none. */
  push(bytes: Buffer): boolean {
    const from = this.#head ? 0 : this.#readHeads(bytes);
    if (this.#isDone) this.#isSpoilt ||= from < bytes.length;
    else if (this.#head) this.#readBody(bytes, from);
    return this.#isDone;
  }

  /** The other side has closed. Whether the answer was complete by that. */
  end(): boolean {
    if (this.#head?.body === 'close') this.#isDone = true;
    return this.#isDone;
  }

  /** What to say of a connection that has closed too early. */
  get shortfall(): Error {
    return new Error(this.#head || this.#headBytes.length > 0 ? 'unexpected EOF' : 'EOF');
  }

  get mayReuse(): boolean {
    return this.#isDone && !this.#isSpoilt && this.#head?.keepsAlive === true;
  }

  /** What is there of it, once its head is. */
  get begun(): HttpResponse | undefined {
    return this.#head && answerOf(this.#head, this.#pieces);
  }

  /** Only when it is complete. */
  get answer(): HttpResponse {
    return answerOf(this.#head as AnswerHead, this.#pieces);
  }

  /** Where in these bytes the body begins. Interim answers are passed over. */
  #readHeads(bytes: Buffer): number {
    const isFresh = this.#headBytes.length === 0;
    if (isFresh && last && bytes.toString('latin1', 0, last.text.length) === last.text) {
      this.#begin(last.head);
      return last.text.length;
    }
    let from = 0;
    const known = isFresh ? bytes : Buffer.concat([this.#headBytes, bytes]);
    for (;;) {
      const end = endOfHead(known, from);
      if (this.#interim + (end < 0 ? known.length - from : end - from) > LONGEST_HEAD)
        throw new Error(`net/http: server response headers exceeded ${LONGEST_HEAD} bytes; aborted`);
      if (end < 0) {
        this.#headBytes = Buffer.from(known.subarray(from));
        this.#refuseOther();
        return bytes.length;
      }
      const text = known.toString('latin1', from, end);
      const head = parseAnswerHead(trimEnd(text));
      this.#interim += end - from;
      from = end;
      if (head.status >= 200 || head.status === 101) {
        last = { text, head, bare: new Answer(head, NOTHING) };
        this.#begin(head);
        return from - (known.length - bytes.length);
      }
      this.#headBytes = NOTHING;
    }
  }

  /** What speaks another language may never come to an empty line. */
  #refuseOther(): void {
    const start = this.#headBytes.toString('latin1', 0, LONGEST_LINE);
    const [line = '', ...more] = start.split(/\r?\n/);
    if (!line.startsWith('HTTP/') && (more.length > 0 || start.length === LONGEST_LINE))
      throw broken(`malformed HTTP response ${JSON.stringify(line)}`);
  }

  #begin(head: AnswerHead): void {
    this.#head = head;
    this.#headBytes = NOTHING;
    if (head.body === 'chunked') this.#chunks = new ChunkedBody();
    if (typeof head.body === 'number') this.#left = head.body;
    if (head.body === 'none' || head.body === 0) this.#isDone = true;
  }

  #readBody(bytes: Buffer, from: number): void {
    const end = this.#bodyEnd(bytes, from);
    const isCut = end < 0 && this.#size >= this.limitBytes;
    this.#isDone = end >= 0 || isCut;
    this.#isSpoilt = isCut || (end >= 0 && end < bytes.length);
  }

  #bodyEnd(bytes: Buffer, from: number): number {
    const take = (piece: Buffer): void => this.#keep(piece);
    if (this.#chunks) return this.#chunks.push(bytes, from, take);
    const { body } = this.#head as AnswerHead;
    if (body === 'close') {
      take(bytes.subarray(from));
      return -1;
    }
    const end = Math.min(bytes.length, from + this.#left);
    take(bytes.subarray(from, end));
    this.#left -= end - from;
    return this.#left === 0 ? end : -1;
  }

  #keep(piece: Buffer): void {
    const fitting = Math.min(piece.length, this.limitBytes - this.#size);
    if (fitting > 0) this.#pieces.push(Buffer.from(piece.subarray(0, fitting)));
    this.#size += Math.max(fitting, 0);
  }
}

function answerOf(head: AnswerHead, pieces: readonly Buffer[]): HttpResponse {
  const [first] = pieces;
  if (!first) return head === last?.head ? last.bare : new Answer(head, NOTHING);
  return new Answer(head, pieces.length > 1 ? Buffer.concat(pieces) : first);
}

class Answer implements HttpResponse {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;

  constructor(
    { status, headers }: AnswerHead,
    readonly bytes: Buffer,
  ) {
    this.status = status;
    this.headers = headers;
  }

  get text(): string {
    return this.bytes.toString('utf8');
  }
}

/** Behind the empty line. */
function endOfHead(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(LF, from); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === LF) return at + 2;
    if (bytes[at + 1] === CR && bytes[at + 2] === LF) return at + 3;
  }
  return -1;
}

const trimEnd = (head: string): string => head.replace(/\r?\n\r?\n$/, '');
