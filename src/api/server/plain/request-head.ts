/** The head of a POST. Names of headers are in lower case. */
export interface RequestHead {
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyBytes: number;
  /** With the empty line at its end. */
  readonly headBytes: number;
}

const NOTHING = Buffer.alloc(0);
const END_OF_HEAD = Buffer.from('\r\n\r\n');
const MOST_HEAD_BYTES = 8 * 1024;

const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
const HEAD = new RegExp(`^POST (/[!-~]*) HTTP/1\\.1((?:\\r\\n${TOKEN}:[ -~]*)+)$`);
const LENGTH_NAME = 'content-length';
const LENGTH_LINE = /\r\ncontent-length: */i;
const LENGTH = /^(?:0|[1-9]\d{0,8})$/;
/** What changes how a connection is spoken on, or how long a body is. */
const NOT_PLAIN: ReadonlySet<string> = new Set([
  'connection',
  'expect',
  'proxy-connection',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Reads the heads of one connection, which mostly differ in the length of the body alone. */
export class HeadReader {
  #last: RequestHead | undefined;
  /** What stood before and behind the digits of the length in the last one. */
  #before = NOTHING;
  #behind = NOTHING;

  /** Of what begins with one. undefined: it does not end in these bytes, or it is for another parser. */
  read(bytes: Buffer): RequestHead | undefined {
    return (this.#last = this.#readLikeLast(bytes) ?? this.#readAnew(bytes));
  }

  #readLikeLast(bytes: Buffer): RequestHead | undefined {
    const last = this.#last;
    if (!last || !has(bytes, this.#before, 0)) return undefined;
    const start = this.#before.length;
    const end = endOfDigits(bytes, start);
    if (!has(bytes, this.#behind, end)) return undefined;
    const length = bytes.toString('latin1', start, end);
    if (length === last.headers[LENGTH_NAME]) return last;
    if (!LENGTH.test(length)) return undefined;
    return {
      target: last.target,
      headers: { ...last.headers, [LENGTH_NAME]: length },
      bodyBytes: Number(length),
      headBytes: end + this.#behind.length,
    };
  }

  #readAnew(bytes: Buffer): RequestHead | undefined {
    const end = bytes.indexOf(END_OF_HEAD);
    if (end < 0 || end > MOST_HEAD_BYTES) return undefined;
    const text = bytes.toString('latin1', 0, end);
    const head = readHead(text);
    const line = head && LENGTH_LINE.exec(text);
    if (!line) return undefined;
    const start = line.index + line[0].length;
    // Copies: the bytes are part of what else was read with them.
    this.#before = Buffer.from(bytes.subarray(0, start));
    this.#behind = Buffer.from(bytes.subarray(endOfDigits(bytes, start), head.headBytes));
    return head;
  }
}

/** Whether they stand there. */
const has = (bytes: Buffer, part: Buffer, at: number): boolean =>
  at + part.length <= bytes.length && bytes.compare(part, 0, part.length, at, at + part.length) === 0;

function endOfDigits(bytes: Buffer, start: number): number {
  let end = start;
  while (isDigit(bytes[end])) end++;
  return end;
}

const isDigit = (byte = 0): boolean => byte >= 0x30 && byte <= 0x39;

/**
 * Reads a head about which no two parsers can be of different minds: HTTP/1.1, ASCII, a length in digits, no name twice,
 * nothing about the connection but that it is kept. undefined: it is for Node's own parser, whatever that makes of it.
 * The empty line at the end is not part of the text.
 */
export function readHead(text: string): RequestHead | undefined {
  const found = HEAD.exec(text);
  if (!found) return undefined;
  const headers = readHeaders(found[2] as string);
  const length = headers?.[LENGTH_NAME];
  if (!headers || headers['host'] === undefined || length === undefined || !LENGTH.test(length)) return undefined;
  const headBytes = text.length + END_OF_HEAD.length;
  return { target: found[1] as string, headers, bodyBytes: Number(length), headBytes };
}

/** Each line begins with its line break. */
function readHeaders(lines: string): Record<string, string> | undefined {
  const headers: Record<string, string> = {};
  for (let start = 2, end: number; start < lines.length; start = end + 2) {
    const next = lines.indexOf('\r\n', start);
    end = next < 0 ? lines.length : next;
    const colon = lines.indexOf(':', start);
    const name = lines.slice(start, colon).toLowerCase();
    const value = lines.slice(colon + 1, end).trim();
    if (NOT_PLAIN.has(name) && !isKeptAlive(name, value)) return undefined;
    // What every object has by itself counts as there already.
    if (name in headers) return undefined;
    headers[name] = value;
  }
  return headers;
}

const isKeptAlive = (name: string, value: string): boolean =>
  name === 'connection' && value.toLowerCase() === 'keep-alive';
