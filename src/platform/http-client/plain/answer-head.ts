/**
 * The head of an answer of HTTP/1: its status and headers, and where by them its body ends. Wrong ones are named in Go's
 * words, which operators know from Alertmanager's log.
 */
export interface AnswerHead {
  readonly status: number;
  /** Lower-case names; repeated ones joined by a comma. */
  readonly headers: ReadonlyMap<string, string>;
  /** Whether another request may follow on the connection, once the body has been read. */
  readonly keepsAlive: boolean;
  readonly body: BodyEnd;
}

/** Nothing; so many bytes; until the chunks say so; until the connection closes. */
export type BodyEnd = 'none' | 'chunked' | 'close' | number;

const STATUS_LINE = /^HTTP\/1\.(\d) +(\d{3})(?: |$)/;
const LENGTH = /^\d{1,15}$/;
const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Takes the lines before the empty one. Throws when they are none of HTTP/1. */
export function parseAnswerHead(text: string): AnswerHead {
  const lines = text.split('\n').map(withoutReturn);
  const first = lines[0] as string;
  const [, minor, code] = STATUS_LINE.exec(first) ?? [];
  if (code === undefined) throw broken(`malformed HTTP response ${JSON.stringify(first)}`);
  const status = Number(code);
  const headers = parseHeaders(lines);
  const body = bodyEndOf(status, headers);
  const options = listOf(headers.get('connection'));
  const wants = minor === '0' ? options.includes('keep-alive') : !options.includes('close');
  // With both lengths given somebody on the way may have understood the other one.
  const isClear = body !== 'close' && status !== 101 && !(body === 'chunked' && headers.has('content-length'));
  return { status, headers, body, keepsAlive: wants && isClear };
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

/** Behind the first line. */
function parseHeaders(lines: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  let last: string | undefined;
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i] as string;
    const isContinued = last !== undefined && /^[ \t]/.test(line);
    const colon = isContinued ? -1 : line.indexOf(':');
    const name = isContinued ? (last as string) : line.slice(0, Math.max(colon, 0)).toLowerCase();
    if (!NAME.test(name)) throw broken(`malformed MIME header line: ${line}`);
    const value = utf8(line.slice(colon + 1).trim());
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}${isContinued ? ' ' : ', '}${value}`);
    last = name;
  }
  return headers;
}

/** Of bytes that were read as letters. */
const utf8 = (bytes: string): string =>
  /[\x80-\xff]/.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes;

function bodyEndOf(status: number, headers: ReadonlyMap<string, string>): BodyEnd {
  if (status < 200 || status === 204 || status === 304) return 'none';
  const encodings = listOf(headers.get('transfer-encoding'));
  if (encodings.length > 0) {
    if (encodings.length === 1 && encodings[0] === 'chunked') return 'chunked';
    throw broken(`unsupported transfer encoding: ${JSON.stringify(headers.get('transfer-encoding'))}`);
  }
  const given = headers.get('content-length');
  if (given === undefined) return 'close';
  if (LENGTH.test(given)) return Number(given);
  const lengths = new Set(given.split(',').map((length) => length.trim()));
  const [length = ''] = lengths;
  if (lengths.size > 1 || !LENGTH.test(length)) throw broken(`bad Content-Length ${JSON.stringify(given)}`);
  return Number(length);
}

const listOf = (value: string | undefined): readonly string[] =>
  value === undefined
    ? []
    : value
        .toLowerCase()
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '');

export const broken = (what: string): Error => new Error(`net/http: HTTP/1.x transport connection broken: ${what}`);
