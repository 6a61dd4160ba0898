/**
 * Servers on loopback for tests of outbound connections: plain, TLS, HTTP/2, a proxy that tunnels and forwards, SOCKS5.
 * Each records what it was asked; `close` cuts off what is still open.
 */
import { readFileSync } from 'node:fs';
import {
  type IncomingHttpHeaders,
  type RequestListener,
  type ServerResponse,
  createServer,
  request as httpRequest,
} from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, type Server, type Socket, connect, createServer as createTcpServer } from 'node:net';
import type { TlsOptions } from 'node:tls';

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
  readonly httpVersion: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** One byte before its end. */
  readonly breaksOff?: boolean;
}

/** Undefined: never answers. */
export type Answer = (received: Received) => Reply | undefined;

export interface LoopbackServer {
  readonly port: number;
  readonly received: Received[];
  /** How many connections were made. */
  readonly connections: () => number;
  answer: Answer;
  close(): Promise<void>;
}

/** A file of test/support/tls. */
export const tlsFile = (name: string): string => new URL(`./tls/${name}`, import.meta.url).pathname;
export const tlsText = (name: string): string => readFileSync(tlsFile(name), 'utf8');

const SERVER_PAIR = (): TlsOptions => ({ cert: tlsText('server.pem'), key: tlsText('server.key') });

export const startHttp = (answer: Answer = () => ({})): Promise<LoopbackServer> =>
  listen((listener) => createServer(listener), answer);

/** Its certificate is for localhost and 127.0.0.1, signed by ca.pem. */
export const startHttps = (answer: Answer = () => ({}), options: TlsOptions = {}): Promise<LoopbackServer> =>
  listen((listener) => createHttpsServer({ ...SERVER_PAIR(), ...options }, listener), answer);

/** Speaks HTTP/2 to those who ask for it. */
export const startHttp2 = (answer: Answer = () => ({})): Promise<LoopbackServer> =>
  listen(
    // The compatibility layer of http2 takes listeners of the same shape.
    (listener) => createSecureServer({ ...SERVER_PAIR(), allowHTTP1: true }, listener as never) as unknown as Server,
    answer,
  );

async function listen(create: (listener: RequestListener) => Server, answer: Answer): Promise<LoopbackServer> {
  const received: Received[] = [];
  const self = { answer };
  const server = create((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => {});
    request.on('end', () => {
      const { method = '', url = '', headers, rawHeaders, httpVersion } = request;
      const one = { method, url, headers, rawHeaders, httpVersion, body: Buffer.concat(chunks).toString() };
      received.push(one);
      const reply = self.answer(one);
      if (!reply) return;
      if (reply.breaksOff) return breakOff(response, reply);
      response.writeHead(reply.status ?? 200, reply.headers);
      response.end(reply.body);
    });
  });
  const { port, connections, close } = await open(server);
  return Object.assign(self, { port, received, connections, close });
}

function breakOff(response: ServerResponse, { status = 200, headers, body = '' }: Reply): void {
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body || ' ') + 1 });
  // The head goes with the first of the body.
  response.write(body || ' ', () => response.destroy());
}

export interface LoopbackProxy {
  readonly port: number;
  /** Each line that asked for something: `CONNECT host:port` or `POST http://host/path`; for SOCKS `host:port`. */
  readonly asked: string[];
  readonly headers: IncomingHttpHeaders[];
  close(): Promise<void>;
}

/** Tunnels, and fetches plain URLs. With `user`, only for those who know `name:password`. */
export async function startProxy(options: { user?: string; tls?: boolean } = {}): Promise<LoopbackProxy> {
  const asked: string[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const wanted = options.user && `Basic ${Buffer.from(options.user).toString('base64')}`;
  const forward: RequestListener = (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    headers.push(request.headers);
    if (wanted && request.headers['proxy-authorization'] !== wanted) return void response.writeHead(407).end();
    const upstream = httpRequest(request.url ?? '', { method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    upstream.on('error', () => response.writeHead(502).end());
    request.pipe(upstream);
  };
  const server = options.tls ? createHttpsServer(SERVER_PAIR(), forward) : createServer(forward);
  server.on('connect', (request, socket: Socket) => {
    asked.push(`${request.method} ${request.url}`);
    headers.push(request.headers);
    if (wanted && request.headers['proxy-authorization'] !== wanted)
      return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    join(socket, request.url ?? '', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
  });
  return { asked, headers, ...(await open(server)) };
}

/** Joins a client to `host:port`. */
function join(socket: Socket, authority: string, ready: (upstream: Socket) => void): void {
  const colon = authority.lastIndexOf(':');
  const upstream = connect(Number(authority.slice(colon + 1)), authority.slice(0, colon), () => {
    ready(upstream);
    socket.pipe(upstream).pipe(socket);
  });
  upstream.on('error', () => socket.destroy());
  socket.on('error', () => upstream.destroy());
  socket.on('close', () => upstream.destroy());
}

/** SOCKS5 for host names and IPv4, by name and password when `user` is given. */
export async function startSocks(options: { user?: string } = {}): Promise<LoopbackProxy> {
  const asked: string[] = [];
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(Buffer.from([5, options.user ? 2 : 0]));
      if (!options.user) return void socket.once('data', (request: Buffer) => serve(request));
      socket.once('data', (login: Buffer) => {
        const nameLength = login[1] ?? 0;
        const name = login.subarray(2, 2 + nameLength).toString();
        const password = login.subarray(3 + nameLength).toString();
        const ok = `${name}:${password}` === options.user;
        socket.write(Buffer.from([1, ok ? 0 : 1]));
        if (ok) socket.once('data', (request: Buffer) => serve(request));
      });
    });
    const serve = (request: Buffer): void => {
      const isName = request[3] === 3;
      const length = isName ? (request[4] ?? 0) : 4;
      const start = isName ? 5 : 4;
      const bytes = request.subarray(start, start + length);
      const authority = `${isName ? bytes.toString() : bytes.join('.')}:${request.readUInt16BE(start + length)}`;
      asked.push(authority);
      join(socket, authority, () => socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])));
    };
  });
  return { asked, headers: [], ...(await open(server)) };
}

async function open(server: Server): Promise<{ port: number; connections: () => number; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  let count = 0;
  server.on('connection', (socket: Socket) => {
    count++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => count,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
