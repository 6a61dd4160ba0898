import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { AnswerReader } from './answer-reader.js';

interface Read {
  readonly status?: number;
  readonly text?: string;
  readonly headers?: Record<string, string>;
  readonly mayReuse?: boolean;
  readonly error?: string;
}

/** What becomes of the pieces, and of the connection's end when they are not enough. */
function read(pieces: readonly string[], limitBytes = 1_000): Read {
  const reader = new AnswerReader(limitBytes);
  try {
    let isDone = false;
    for (const piece of pieces) isDone = reader.push(Buffer.from(piece, 'latin1'));
    if (!isDone && !reader.end()) return { error: reader.shortfall.message };
    const { status, text, headers } = reader.answer;
    return { status, text, headers: Object.fromEntries(headers), mayReuse: reader.mayReuse };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

const BROKEN = 'net/http: HTTP/1.x transport connection broken: ';

describe('an answer', () => {
  it.each<[string, string, Read]>([
    ['with a length', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', { status: 200, text: 'ok', mayReuse: true }],
    ['without a reason', 'HTTP/1.1 201\r\nContent-Length: 0\r\n\r\n', { status: 201, text: '', mayReuse: true }],
    ['with bare line ends', 'HTTP/1.1 200 OK\nContent-Length: 2\n\nok', { status: 200, text: 'ok', mayReuse: true }],
    ['that has no body', 'HTTP/1.1 204 No Content\r\n\r\n', { status: 204, text: '', mayReuse: true }],
    ['to the end of the connection', 'HTTP/1.1 200 OK\r\n\r\nall', { status: 200, text: 'all', mayReuse: false }],
    ['of the old version', 'HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n', { status: 200, mayReuse: false }],
    [
      'of the old version that stays',
      'HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 0\r\n\r\n',
      { status: 200, mayReuse: true },
    ],
    ['that closes', 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', { mayReuse: false }],
    [
      'in chunks',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nab\r\nA\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n',
      { text: 'ab0123456789', mayReuse: true },
    ],
    [
      'in chunks and with a length',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n',
      { text: 'ab', mayReuse: false },
    ],
    [
      'after interim ones',
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 500 No\r\nContent-Length: 1\r\n\r\nx',
      { status: 500, text: 'x', headers: { 'content-length': '1' }, mayReuse: true },
    ],
    ['to change the protocol', 'HTTP/1.1 101 Switching Protocols\r\n\r\n', { status: 101, mayReuse: false }],
    [
      'with headers again and over lines',
      'HTTP/1.1 200 OK\r\nA: 1\r\na: 2\r\nB: x\r\n  y\r\nContent-Length: 0\r\n\r\n',
      { headers: { a: '1, 2', b: 'x y', 'content-length': '0' } },
    ],
    ['with more behind it', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP/1.1', { text: 'x', mayReuse: false }],
    ['with more behind no body', 'HTTP/1.1 204 No\r\n\r\njunk', { status: 204, mayReuse: false }],
    ['that never comes', '', { error: 'EOF' }],
    ['that ends in its head', 'HTTP/1.1 200 OK\r\nA:', { error: 'unexpected EOF' }],
    ['that ends in its body', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab', { error: 'unexpected EOF' }],
    [
      'that ends in its chunks',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab',
      { error: 'unexpected EOF' },
    ],
    ['of another protocol', '220 mail ESMTP\r\n', { error: `${BROKEN}malformed HTTP response "220 mail ESMTP"` }],
    ['of another version', 'HTTP/2.0 200 OK\r\n\r\n', { error: `${BROKEN}malformed HTTP response "HTTP/2.0 200 OK"` }],
    [
      'with a bad header',
      'HTTP/1.1 200 OK\r\na b: c\r\n\r\n',
      { error: `${BROKEN}malformed MIME header line: a b: c` },
    ],
    [
      'with two lengths',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      { error: `${BROKEN}bad Content-Length "1, 2"` },
    ],
    ['with no length', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n', { error: `${BROKEN}bad Content-Length "-1"` }],
    [
      'in another encoding',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n',
      { error: `${BROKEN}unsupported transfer encoding: "gzip"` },
    ],
    [
      'in chunks without a length',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n',
      { error: `${BROKEN}invalid byte in chunk length` },
    ],
    [
      'in chunks without an end',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n',
      { error: `${BROKEN}malformed chunked encoding` },
    ],
    [
      'with a head that does not end',
      `HTTP/1.1 200 OK\r\nA: ${'x'.repeat(20_000)}`,
      { error: 'net/http: server response headers exceeded 16384 bytes; aborted' },
    ],
  ])('%s', (_name, bytes, expected) => {
    expect(read(bytes === '' ? [] : [bytes])).toMatchObject(expected);
    // Byte by byte it is the same one, but that what comes behind it is seen later or not at all.
    const { mayReuse: _any, ...content } = expected;
    expect(read([...bytes])).toMatchObject(content);
  });

  it('is kept up to its limit, and then its connection is of no more use', () => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n';
    expect(read([`${head}123456`], 4)).toMatchObject({ text: '1234', mayReuse: false });
    expect(read([`${head}123456789`], 4)).toMatchObject({ text: '1234', mayReuse: true });
  });

  it('is the same in whatever pieces it comes', () => {
    const chunks = fc.array(fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme-ascii' }), { maxLength: 6 });
    const cuts = fc.array(fc.nat(400), { maxLength: 8 });
    fc.assert(
      fc.property(chunks, cuts, fc.boolean(), (parts, places, isChunked) => {
        const body = parts.join('');
        const bytes = isChunked
          ? `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${parts.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join('')}0\r\n\r\n`
          : `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
        const ends = [...new Set(places.map((place) => place % bytes.length))].sort((a, b) => a - b);
        const pieces = [0, ...ends].map((from, i) => bytes.slice(from, ends[i] ?? bytes.length));
        expect(read(pieces.filter((piece) => piece !== ''))).toMatchObject({ text: body, mayReuse: true });
      }),
    );
  });

  it('may be anything: it is read or refused', () => {
    const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array).toString('latin1'));
    fc.assert(
      fc.property(bytes, fc.boolean(), (text, isHttp) => {
        const { status, error } = read([isHttp ? `HTTP/1.1 200 OK\r\n${text}` : text]);
        expect(status !== undefined || error !== undefined).toBe(true);
      }),
    );
  });

  it('in the words of the one before has a body of its own', () => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n';
    expect(['no', 'ok'].map((body) => read([head + body]).text)).toEqual(['no', 'ok']);
    expect(read([head, 'ok'])).toMatchObject({ text: 'ok', mayReuse: true });
    expect(read([`${head}okX`])).toMatchObject({ text: 'ok', mayReuse: false });
    expect(read([head.slice(0, -1), '\nok'])).toMatchObject({ text: 'ok', mayReuse: true });
  });
});
