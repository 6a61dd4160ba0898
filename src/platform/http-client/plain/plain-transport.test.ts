import { type AddressInfo, type Socket, connect, createServer } from 'node:net';

import { afterEach, describe, expect, it } from '@jest/globals';

import type { Exchange } from '../exchange.js';
import { parseTarget } from '../target.js';
import { PlainTransport } from './plain-transport.js';
import { type RequestHead, headOf } from './request-bytes.js';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

/** A server whose every word is chosen: `talk` is handed what has come on a connection so far. */
async function startRaw(talk: (socket: Socket, seen: string) => void) {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    let seen = '';
    sockets.push(socket);
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => talk(socket, (seen += chunk.toString())));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { sockets, port: (server.address() as AddressInfo).port };
}

function open(port: number, connectionsPerOrigin = 2) {
  const transport = new PlainTransport({ connect, connectionsPerOrigin, idleMs: 60_000 });
  cleanUp.push(() => transport.destroy());
  const post = async (
    body: string | Uint8Array | undefined = '{}',
    signal?: AbortSignal,
    statusSuffices = false,
  ): Promise<string> => {
    const target = parseTarget(`http://127.0.0.1:${port}/hook`, 'POST');
    const headers = ['User-Agent', 'test', 'X-B', '1', 'Content-Type', 'text/plain', 'X-B', '0'];
    const exchange = { method: 'POST', target, headers, body, signal, responseLimitBytes: 1_000, statusSuffices };
    return transport.exchange(exchange, plainHead(exchange)).then(
      ({ status, text }) => `${status} ${text}`,
      (error: Error) => error.message,
    );
  };
  return { transport, post };
}

/** What is sent here is plain. */
const plainHead = (exchange: Exchange): RequestHead => headOf(exchange) as RequestHead;

const isWhole = (seen: string): boolean => seen.endsWith('{}');

describe('the plain transport', () => {
  it('writes the head in the order of Go', async () => {
    let request = '';
    const { port } = await startRaw((socket, seen) => {
      request = seen;
      if (isWhole(seen)) socket.write(OK);
    });
    expect(await open(port).post()).toBe('200 ok');
    expect(request).toBe(
      `POST /hook HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUser-Agent: test\r\nContent-Length: 2\r\nContent-Type: text/plain\r\nX-B: 1\r\nX-B: 0\r\n\r\n{}`,
    );
  });

  it.each<[string, string | Uint8Array | undefined, string]>([
    ['text beyond ASCII', 'grüß', 'Content-Length: 6'],
    ['bytes', Buffer.from('grüß'), 'Content-Length: 6'],
    ['nothing', undefined, 'Content-Length: 0'],
  ])('sends %s', async (_name, body, length) => {
    let request = '';
    const { port } = await startRaw((socket, seen) => {
      request = seen;
      if (seen.endsWith(body === undefined ? '\r\n\r\n' : 'grüß')) socket.write(OK);
    });
    const { transport } = open(port);
    const target = parseTarget(`http://127.0.0.1:${port}/`, 'POST');
    const limits = { signal: undefined, responseLimitBytes: 9, statusSuffices: false };
    const exchange = { method: 'POST', target, headers: [], body, ...limits };
    await transport.exchange(exchange, plainHead(exchange));
    expect(request).toContain(length);
  });

  it('is patient with an answer that dribbles', async () => {
    const { port } = await startRaw((socket, seen) => {
      if (!isWhole(seen)) return;
      const letters = [...OK];
      const next = (): void => {
        const letter = letters.shift();
        if (letter !== undefined) socket.write(letter, () => setImmediate(next));
      };
      next();
    });
    expect(await open(port).post()).toBe('200 ok');
  });

  it.each<[string, string, boolean, string]>([
    ['in its body', OK.slice(0, -1), true, '200 o'],
    ['in its body, where that is wanted', OK.slice(0, -1), false, 'unexpected EOF'],
    ['before its body', OK.slice(0, -2), true, '200 '],
    ['in its head', 'HTTP/1.1 200 OK\r\nA:', true, 'unexpected EOF'],
    ['before it begins', '', true, 'EOF'],
  ])('takes the status for an answer that ends %s', async (_name, answer, statusSuffices, expected) => {
    const { port } = await startRaw((socket, seen) => isWhole(seen) && socket.end(answer));
    expect(await open(port).post('{}', undefined, statusSuffices)).toBe(expected);
  });

  it.each([
    [true, '200 o'],
    [false, 'aborted'],
  ])('takes the status for an answer that is waited for in vain: %p', async (statusSuffices, expected) => {
    const giveUp = new AbortController();
    // What was written is read in the turn that comes between the two.
    const later = (): unknown => setImmediate(() => setImmediate(() => giveUp.abort()));
    const { port } = await startRaw((socket, seen) => isWhole(seen) && socket.write(OK.slice(0, -1), later));
    const { transport, post } = open(port);
    expect(await post('{}', giveUp.signal, statusSuffices)).toBe(expected);
    transport.destroy();
  });

  it.each<[string, (socket: Socket) => unknown, string]>([
    ['hangs up', (socket) => socket.end(), 'EOF'],
    ['hangs up in its answer', (socket) => socket.end(OK.slice(0, -1)), 'unexpected EOF'],
    ['ends its answer by hanging up', (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nok'), '200 ok'],
    [
      'speaks another language',
      (socket) => socket.write('+OK POP3\r\n'),
      'net/http: HTTP/1.x transport connection broken: malformed HTTP response "+OK POP3"',
    ],
  ])('says so when the server %s, and the next request has a connection of its own', async (_name, act, expected) => {
    const { port, sockets } = await startRaw((socket, seen) => {
      if (!isWhole(seen)) return;
      if (sockets.length === 1) act(socket);
      else socket.write(OK);
    });
    const { post } = open(port);
    expect(await post()).toBe(expected);
    expect(await post()).toBe('200 ok');
    expect(sockets).toHaveLength(2);
  });

  it.each<[string, string, number]>([
    ['kept', OK, 1],
    ['not kept when more comes than was asked for', `${OK}${OK}`, 2],
    ['not kept when the server closes it', OK.replace('\r\n', '\r\nConnection: close\r\n'), 2],
  ])('a connection is %s', async (_name, answer, connections) => {
    const { port, sockets } = await startRaw((socket, seen) => {
      if (isWhole(seen)) socket.write(answer);
    });
    const { post } = open(port);
    expect([await post(), await post()]).toEqual(['200 ok', '200 ok']);
    expect(sockets).toHaveLength(connections);
  });

  it('takes an answer that comes before the request is out, and does not use the connection again', async () => {
    const { port, sockets } = await startRaw((socket, seen) => {
      if (seen.length > 0 && !socket.isPaused()) {
        socket.pause();
        socket.write('HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n');
      }
    });
    const { post } = open(port);
    const large = 'x'.repeat(30_000_000);
    expect(await post(large)).toBe('413 ');
    expect(await post('{}')).toBe('413 ');
    expect(sockets).toHaveLength(2);
  });

  it('opens no more connections than it may, and serves those that wait in turn', async () => {
    const order: string[] = [];
    const { port, sockets } = await startRaw((socket, seen) => {
      if (/x\d$/.test(seen)) {
        order.push(seen.slice(-2));
        setImmediate(() => socket.write(OK));
      }
    });
    const { post } = open(port, 1);
    await Promise.all(['x1', 'x2', 'x3', 'x4'].map((body) => post(body)));
    expect([order, sockets.length]).toEqual([['x1', 'x2', 'x3', 'x4'], 1]);
  });

  it('lets who waits and who is served give up without harm to the others', async () => {
    const { port } = await startRaw((socket, seen) => {
      if (isWhole(seen)) socket.write(OK);
    });
    const { post } = open(port, 1);
    const [served, waiting] = [new AbortController(), new AbortController()];
    const first = post('never answered', served.signal);
    const second = post('{}', waiting.signal);
    const third = post();
    waiting.abort();
    expect(await second).toBe('aborted');
    served.abort();
    expect([await first, await third]).toEqual(['aborted', '200 ok']);
  });

  it('tells each that waits when nobody is there', async () => {
    const { port, sockets } = await startRaw(() => {});
    for (const step of cleanUp.splice(0)) await step();
    expect(sockets).toHaveLength(0);
    const { post } = open(port, 1);
    const errors = await Promise.all([post(), post(), post()]);
    for (const error of errors) expect(error).toContain('ECONNREFUSED');
  });

  it('closes when what is under way has ended', async () => {
    const held: Socket[] = [];
    const { port } = await startRaw((socket, seen) => void (isWhole(seen) && held.push(socket)));
    const { transport, post } = open(port);
    const sent = post();
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const closed = transport.close().then(() => 'closed');
    held[0]?.write(OK);
    expect(await Promise.all([sent, closed])).toEqual(['200 ok', 'closed']);
  });

  it('cuts off what is under way when it is destroyed', async () => {
    const held: Socket[] = [];
    const { port } = await startRaw((socket, seen) => void (isWhole(seen) && held.push(socket)));
    const { transport, post } = open(port, 1);
    const sent = [post(), post()];
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
    transport.destroy();
    expect(await Promise.all(sent)).toEqual(['The client is closed', 'The client is closed']);
  });
});
