/**
 * Every provider at once: one server whose first path segment says for which variant it speaks, the same over TLS, and a
 * proxy whose user says it. What was asked is kept by variant.
 */
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { type Received, tlsText } from '../../support/loopback.js';
import type { Variant } from './variant.js';
import { usualAnswer } from './usual-answers.js';

/** Who closes an idle connection while it is being used again makes a failure by chance. */
const PATIENCE_MS = 60_000;

export interface Provider {
  readonly port: number;
  readonly securePort: number;
  readonly received: ReadonlyMap<string, Received[]>;
  close(): Promise<void>;
}

export async function startProvider(variants: readonly Variant[]): Promise<Provider> {
  const byId = new Map(variants.map((variant) => [variant.id, variant]));
  const received = new Map<string, Received[]>();
  const sockets = new Set<Socket>();

  const serve = (id: string, url: string, request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('error', () => {});
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', headers, rawHeaders, httpVersion } = request;
      const one = { method, url, headers, rawHeaders, httpVersion, body: Buffer.concat(chunks).toString() };
      const all = received.get(id) ?? [];
      received.set(id, [...all, one]);
      const variant = byId.get(id);
      const reply = variant && answerFor(variant, all.length, one);
      if (reply === 'hang up') return void request.socket.destroy();
      response.writeHead(reply?.status ?? 200, reply?.headers);
      response.end(reply?.body);
    });
  };
  const direct = (request: IncomingMessage, response: ServerResponse): void => {
    // A proxy is asked for whole URLs.
    if (request.url?.startsWith('http://')) return serve(userOf(request), request.url, request, response);
    const [, id = '', rest = ''] = /^\/([^/?#]*)(.*)$/s.exec(request.url ?? '') ?? [];
    serve(id, rest === '' ? '/' : rest, request, response);
  };
  const pair = { cert: tlsText('server.pem'), key: tlsText('server.key') };
  const plain = createServer(direct);
  const secure = createHttpsServer(pair, direct);
  plain.on('connect', (request, socket: Socket) => {
    const id = userOf(request);
    const behind = createHttpsServer(pair, (inner, response) =>
      serve(id, `https://${request.url ?? ''}${inner.url ?? ''}`, inner, response),
    );
    behind.keepAliveTimeout = PATIENCE_MS;
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    behind.emit('connection', socket);
  });
  for (const server of [plain, secure])
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    });
  for (const server of [plain, secure]) server.keepAliveTimeout = PATIENCE_MS;
  const [port, securePort] = await Promise.all([listen(plain), listen(secure)]);
  return {
    port,
    securePort,
    received,
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([plain, secure].map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

function answerFor(variant: Variant, index: number, request: Received): ReturnType<typeof usualAnswer> | 'hang up' {
  const own = variant.answers[Math.min(index, variant.answers.length - 1)];
  if (own !== undefined && (index < variant.answers.length || variant.story === 'hopeless')) return own;
  return variant.answer?.(request) ?? usualAnswer(variant.kind, request);
}

function userOf({ headers }: IncomingMessage): string {
  const [, encoded = ''] = (headers['proxy-authorization'] ?? '').split(' ');
  return Buffer.from(encoded, 'base64').toString().split(':')[0] ?? '';
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
