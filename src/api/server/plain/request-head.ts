/** The head of a POST. Names of headers are in lower case. */
export interface RequestHead {
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyBytes: number;
}

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

/** Reads the heads of one connection, which mostly are the same or differ in the length of the body alone. */
export class HeadReader {
  #text = '';
  /** What stood before and behind the digits of the length in the last one. */
  #before = '';
  #behind = '';
  #last: RequestHead | undefined;

  read(text: string): RequestHead | undefined {
    if (text === this.#text) return this.#last;
    const head = this.#readLikeLast(text) ?? this.#readAnew(text);
    if (!head) return undefined;
    this.#text = text;
    this.#last = head;
    return head;
  }

  #readLikeLast(text: string): RequestHead | undefined {
    const last = this.#last;
    const end = text.length - this.#behind.length;
    if (!last || end <= this.#before.length || !text.startsWith(this.#before) || !text.endsWith(this.#behind))
      return undefined;
    const length = text.slice(this.#before.length, end);
    if (!LENGTH.test(length)) return undefined;
    return { target: last.target, headers: { ...last.headers, [LENGTH_NAME]: length }, bodyBytes: Number(length) };
  }

  #readAnew(text: string): RequestHead | undefined {
    const head = readHead(text);
    const line = head && LENGTH_LINE.exec(text);
    if (!line) return undefined;
    this.#before = text.slice(0, line.index + line[0].length);
    this.#behind = text.slice(this.#before.length + (head.headers[LENGTH_NAME] as string).length);
    return head;
  }
}

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
  return { target: found[1] as string, headers, bodyBytes: Number(length) };
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
