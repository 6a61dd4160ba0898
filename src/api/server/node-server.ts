import { type Server as HttpServer, createServer } from 'node:http';
import { type Http2SecureServer, type ServerHttp2Session, createSecureServer } from 'node:http2';
import { type Server as HttpsServer, createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { SecureContextOptions, TlsOptions } from 'node:tls';

import { MINUTE, SECOND } from '../../domain/time/index.js';
import type { Clock } from '../../platform/clock.js';
import type { Metrics } from '../../platform/metrics.js';
import type { Handler } from './handler.js';

/** What TLS needs, and whether it may choose HTTP/2. */
export interface Tls {
  readonly options: TlsOptions;
  readonly http2: boolean;
  /** Certificates that changed since the last connection, if they did. */
  readonly renewed: () => SecureContextOptions | undefined;
  /** Whether a client may go on once its certificate is known. */
  readonly mayPass: (socket: Socket) => boolean;
}

export interface NodeServerOptions {
  readonly handler: Handler;
  readonly tls: Tls | undefined;
  readonly clock: Clock;
  readonly metrics: Metrics['http'];
}

/** Node's own server, fed with connections by the listeners: it never listens itself. */
export interface NodeServer {
  take(socket: Socket): void;
  /** Lets running requests end, at most for so long, then cuts off. */
  drain(): Promise<void>;
}

/**
 * Bounds against slow clients and floods. Prometheus keeps its connections for minutes and does not repeat a POST that
 * meets a closed one, hence the long keep-alive; when connections run short, idle ones go first (listeners.ts).
 */
const LIMITS = {
  maxHeaderSize: 256 * 1024,
  headersTimeout: 15 * SECOND,
  requestTimeout: 5 * MINUTE,
  keepAliveTimeout: 6 * MINUTE,
  connectionsCheckingInterval: 5 * SECOND,
};
const DRAIN = 5 * SECOND;
const DRAIN_STEP = 25;

type AnyServer = HttpServer | HttpsServer | Http2SecureServer;

export function createNodeServer(options: NodeServerOptions): NodeServer {
  const server = options.tls ? createTlsServer(options.handler, options.tls) : createServer(LIMITS, options.handler);
  const sessions = new Set<ServerHttp2Session>();
  const sockets = new Set<Socket>();
  let isDraining = false;

  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    options.metrics.refused.inc({ reason: 'client_error' });
    answerBroken(error, socket);
  });
  server.on('session', (session: ServerHttp2Session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  server.prependListener('request', (_request, answer) => {
    if (isDraining) answer.shouldKeepAlive = false;
  });

  return {
    take(socket) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      const renewed = options.tls?.renewed();
      if (renewed && 'setSecureContext' in server) server.setSecureContext(renewed);
      server.emit('connection', socket);
    },
    async drain() {
      isDraining = true;
      for (const session of sessions) session.close();
      const until = options.clock.elapsed() + DRAIN;
      while (sockets.size > 0 && options.clock.elapsed() < until) {
        closeIdle(server);
        await pause(options.clock);
      }
      for (const session of sessions) session.destroy();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function createTlsServer(handler: Handler, tls: Tls): HttpsServer | Http2SecureServer {
  const server = tls.http2
    ? createSecureServer({ ...tls.options, ...LIMITS, allowHTTP1: true })
    : createHttpsServer({ ...tls.options, ...LIMITS }, handler);
  // The compatible form of HTTP/2's requests has what handlers use.
  if (tls.http2) server.on('request', handler as (request: unknown, answer: unknown) => void);
  server.prependListener('secureConnection', (socket: Socket) => {
    if (!tls.mayPass(socket)) socket.destroy();
  });
  return server;
}

/** Idle connections of the HTTP/1 kind. */
export function closeIdle(server: AnyServer): void {
  if ('closeIdleConnections' in server) server.closeIdleConnections();
}

const pause = (clock: Clock): Promise<void> =>
  new Promise((resolve) => void clock.after(DRAIN_STEP as Parameters<Clock['after']>[0], resolve));

const BROKEN: ReadonlyMap<string, string> = new Map([
  ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large'],
  ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout'],
]);

/** Bytes that are no request get a plain answer while the connection still stands. */
function answerBroken(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = BROKEN.get(error.code ?? '') ?? '400 Bad Request';
  const head = `HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n`;
  socket.end(`${head}Content-Length: ${status.length}\r\n\r\n${status}`);
}
