import { type IncomingHttpHeaders, createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { HeadReader, readHead } from './request-head.js';

const LINES = ['POST /api/v2/alerts HTTP/1.1', 'Host: x', 'Content-Type: application/json', 'Content-Length: 12'];
const head = (...lines: string[]): string => lines.join('\r\n');
const withLine = (line: string): string => head(...LINES, line);
const withLength = (value: string): string => head(...LINES.slice(0, 3), `Content-Length:${value}`);

describe('a head', () => {
  it('is read', () => {
    const text = head(...LINES, 'X-Some:', "x-!#$%&'*+.^_`|~9:  a \t b  ".replace('\t', ' '));
    expect(readHead(text)).toEqual({
      target: '/api/v2/alerts',
      headers: {
        host: 'x',
        'content-type': 'application/json',
        'content-length': '12',
        'x-some': '',
        "x-!#$%&'*+.^_`|~9": 'a   b',
      },
      bodyBytes: 12,
      headBytes: text.length + 4,
    });
    expect(readHead(withLine('Connection: Keep-Alive'))?.bodyBytes).toBe(12);
    expect(readHead(withLength('0'))?.bodyBytes).toBe(0);
  });

  it.each([
    ['another method', head('PUT / HTTP/1.1', ...LINES.slice(1))],
    ['another version', head('POST / HTTP/1.0', ...LINES.slice(1))],
    ['a whole URL', head('POST http://x/ HTTP/1.1', ...LINES.slice(1))],
    ['a blank in the target', head('POST /a b HTTP/1.1', ...LINES.slice(1))],
    ['a target that is not ASCII', head('POST /\xe4 HTTP/1.1', ...LINES.slice(1))],
    ['no headers', 'POST / HTTP/1.1'],
    ['no host', head(...LINES.filter((line) => line !== 'Host: x'))],
    ['two hosts', withLine('host: x')],
    ['no length', head(...LINES.slice(0, 3))],
    ['two lengths', withLine('content-length: 12')],
    ['a length with a sign', withLength(' +12')],
    ['a length that begins with nought', withLength(' 012')],
    ['a length with blanks inside', withLength(' 1 2')],
    ['a length in other digits', withLength(' 0x12')],
    ['no digits', withLength('')],
    ['a length of a gigabyte', withLength(' 1000000000')],
    ['chunks', withLine('Transfer-Encoding: chunked')],
    ['a connection that is to be closed', withLine('Connection: close')],
    ['a connection with more to say', withLine('Connection: keep-alive, x')],
    ['another word for it', withLine('Proxy-Connection: keep-alive')],
    ['another protocol', withLine('Upgrade: h2c')],
    ['a question before the body', withLine('Expect: 100-continue')],
    ['trailers', withLine('Trailer: X')],
    ['a name with a blank', withLine('X : a')],
    ['no name', withLine(': a')],
    ['a line that goes on', withLine('X: a\r\n b')],
    ['a single line feed', withLine('X: a\nTransfer-Encoding: chunked')],
    ['a single carriage return', withLine('X: a\rTransfer-Encoding: chunked')],
    ['a tab', withLine('X: a\tb')],
    ['a zero', withLine('X: \0')],
    ['a value that is not ASCII', withLine('X: \xe4')],
    ['a name that every object knows', withLine('constructor: a')],
    ['the name of a prototype', withLine('__proto__: a')],
    ['something behind the end', `${head(...LINES)}\r\n`],
  ])('with %s is for another parser', (_, text) => expect(readHead(text)).toBeUndefined());
});

describe('heads of one connection', () => {
  const lengths = [
    ' 12',
    ' 7',
    ' 0',
    ' 65536',
    '99',
    '  5 ',
    ' 012',
    ' -1',
    '',
    ' 1 2',
    ' 12\r\nTransfer-Encoding: chunked',
  ];
  const texts = lengths.flatMap((length) => [
    withLength(length),
    head(LINES[0] as string, `content-length:${length}`, ...LINES.slice(1, 3)),
  ]);

  /** A body may follow at once. */
  const bytesOf = (text: string): Buffer => Buffer.from(`${text}\r\n\r\n12`, 'latin1');

  it('are read as each by itself', () => {
    const reader = new HeadReader();
    for (const before of texts)
      for (const text of texts) {
        reader.read(bytesOf(before));
        expect(reader.read(bytesOf(text))).toEqual(readHead(text));
      }
  });

  it('are read when all of them is there', () => {
    const reader = new HeadReader();
    for (const text of [withLength(' 12'), withLength(' 12'), withLength(' 345')]) {
      const whole = bytesOf(text).subarray(0, -2);
      for (let end = 0; end < whole.length; end++) {
        const other = new HeadReader();
        other.read(bytesOf(texts[0] as string));
        expect(other.read(whole.subarray(0, end))).toBeUndefined();
      }
      expect(reader.read(whole)?.headBytes).toBe(whole.length);
    }
    expect(new HeadReader().read(bytesOf(withLine(`X: ${'x'.repeat(8 * 1024)}`)))).toBeUndefined();
  });
});

describe('what is read', () => {
  interface Seen {
    readonly method: string | undefined;
    readonly target: string | undefined;
    readonly headers: IncomingHttpHeaders;
    readonly bodyBytes: number;
  }
  let seen: Seen | undefined;
  const server = createServer((request, answer) => {
    const { method, url: target, headers } = request;
    let bodyBytes = 0;
    request.on('data', (chunk: Buffer) => (bodyBytes += chunk.length));
    request.on('end', () => {
      seen = { method, target, headers, bodyBytes };
      answer.setHeader('Connection', 'close').end();
    });
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const askNode = (text: string, body: string): Promise<Seen | undefined> =>
    new Promise((resolve) => {
      seen = undefined;
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => {
        socket.write(`${text}\r\n\r\n${body}`, 'latin1');
      });
      socket.on('error', () => undefined).on('close', () => resolve(seen));
      socket.resume();
    });

  const line = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...LINES.slice(1)) },
    fc.constantFrom(
      'content-length: 3',
      'Transfer-Encoding: chunked',
      'connection: KEEP-ALIVE',
      'Expect: x',
      'host : y',
    ),
    fc.tuple(fc.string({ maxLength: 6 }), fc.string({ maxLength: 6 })).map(([name, value]) => `${name}: ${value}`),
    fc
      .tuple(fc.constantFrom('X', 'accept', 'COOKIE'), fc.string({ unit: 'binary-ascii' }))
      .map((pair) => pair.join(':')),
  );
  const lines = fc.tuple(
    fc.constantFrom('POST /api/v2/alerts HTTP/1.1', 'POST /?a=%20b HTTP/1.1', 'POST  / HTTP/1.1', 'POST //x HTTP/1.1'),
    fc.shuffledSubarray(LINES.slice(1), { minLength: 2 }),
    fc.array(line, { maxLength: 2 }),
  );

  it('Node reads in the same way', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(lines, async ([first, some, more]) => {
        const text = head(first, ...more, ...some);
        const read = readHead(text);
        if (!read) return;
        const { headBytes, ...own } = read;
        expect(headBytes).toBe(text.length + 4);
        accepted++;
        const asked = await askNode(text, 'x'.repeat(own.bodyBytes));
        expect({ ...own, headers: { ...own.headers } }).toEqual({
          ...asked,
          headers: { ...asked?.headers },
          method: undefined,
        });
        expect(asked?.method).toBe('POST');
      }),
      { numRuns: 1_000 },
    );
    expect(accepted).toBeGreaterThan(50);
  });
});
