import { type Server as HttpServer, createServer } from 'node:http';
import { type Http2SecureServer, type ServerHttp2Session, createSecureServer } from 'node:http2';
import { type Server as HttpsServer, createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { SecureContextOptions, TlsOptions } from 'node:tls';

import { type Duration, MINUTE, SECOND, duration } from '../../domain/time/index.js';
import type { Clock } from '../../platform/clock.js';
import type { Metrics } from '../../platform/metrics.js';
import { Connections } from './connections.js';
import type { Answer, Handler, Request } from './handler.js';
import { PlainServer } from './plain/plain-server.js';

/** What TLS needs, and whether it may choose HTTP/2. */
export interface Tls {
  readonly options: TlsOptions;
  readonly http2: boolean;
  /** Certificates that changed since the last connection, if they did. */
  readonly renewed: () => SecureContextOptions | undefined;
  /** Whether a client may go on, now that its certificate is known. */
  readonly mayPass: (socket: Socket) => boolean;
}

export interface NodeServerOptions {
  readonly handler: Handler;
  readonly tls: Tls | undefined;
  /** What is posted so often that it is worth a server of its own; not under TLS. */
  readonly plainPosts: { readonly targets: ReadonlySet<string>; readonly mostBodyBytes: number };
  readonly clock: Clock;
  readonly metrics: Metrics['http'];
}

/** Node's own server, fed with connections by the listeners: it never listens itself. */
export interface NodeServer {
  take(socket: Socket): void;
  /** Makes room: closes connections on which nothing is under way. */
  closeIdle(): void;
  /** Lets running requests end, at most for so long, then cuts off. */
  drain(): Promise<void>;
}

/**
 * Bounds against slow clients and floods. Prometheus keeps its connections for minutes and does not repeat a POST that
 * meets a closed one, hence the long keep-alive; when connections run short, idle ones go first.
 */
const LIMITS = {
  maxHeaderSize: 256 * 1024,
  headersTimeout: 15 * SECOND,
  requestTimeout: 5 * MINUTE,
  keepAliveTimeout: duration(6 * MINUTE),
  connectionsCheckingInterval: 2 * SECOND,
};
const HANDSHAKE_TIMEOUT = 15 * SECOND;
const DRAIN = duration(5 * SECOND);

type AnyServer = HttpServer | HttpsServer | Http2SecureServer;

export function createNodeServer({ handler, tls, plainPosts, clock, metrics }: NodeServerOptions): NodeServer {
  const connections = new Connections();
  const sessions = new Set<ServerHttp2Session>();
  /** Under TLS these carry the connections that are counted; some have not shaken hands yet. */
  const carriers = new Set<Socket>();
  let isDraining = false;
  const handle: Handler = (request, answer) => {
    if (isDraining) answer.shouldKeepAlive = false;
    const { socket } = request;
    // It comes once; `once` would only cost more.
    answer.on('close', () => connections.end(socket));
    connections.begin(socket, () => handler(request, answer));
  };
  const server = tls ? createTlsServer(handle, tls, connections) : createServer(LIMITS, handle);
  const onBroken = (error: NodeJS.ErrnoException, socket: Socket): void => {
    metrics.refused.inc({ reason: 'client_error' });
    answerBroken(error, socket);
  };
  server.on('clientError', onBroken);
  // A tunnel through here leads nowhere; without a listener there would be no answer.
  server.on('connect', (_request: Request, socket: Socket) => socket.end(NO_TUNNEL));
  server.on('session', (session: ServerHttp2Session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  // The watch over slow clients begins with this event, which a server that is fed by others would never have.
  server.emit('listening');
  const plain = new PlainServer({
    targets: plainPosts.targets,
    mostBodyBytes: plainPosts.mostBodyBytes,
    keepAlive: LIMITS.keepAliveTimeout,
    handler,
    connections,
    handOver(socket, bytes) {
      server.emit('connection', socket);
      if (bytes.length > 0) socket.unshift(bytes);
      socket.resume();
    },
    onBroken,
    clock,
  });

  return {
    take(socket) {
      carriers.add(socket);
      socket.once('close', () => carriers.delete(socket));
      if (tls) {
        renew(server, tls);
        server.emit('connection', socket);
      } else {
        connections.add(socket);
        plain.take(socket);
      }
    },
    closeIdle: () => connections.closeIdle(),
    async drain() {
      isDraining = true;
      plain.stop();
      for (const session of sessions) session.close();
      await atMost(DRAIN, connections.drained(), clock);
      for (const session of sessions) session.destroy();
      for (const socket of carriers) socket.destroy();
      server.close();
    },
  };
}

function createTlsServer(handle: Handler, tls: Tls, connections: Connections): HttpsServer | Http2SecureServer {
  const options = { ...tls.options, ...LIMITS, handshakeTimeout: HANDSHAKE_TIMEOUT };
  const server = tls.http2
    ? // The compatible form of HTTP/2's requests and answers has all that handlers use.
      createSecureServer({ ...options, allowHTTP1: true }, (request, answer) =>
        handle(request as unknown as Request, answer as unknown as Answer),
      )
    : createHttpsServer(options, handle);
  server.prependListener('secureConnection', (socket: Socket) => {
    if (tls.mayPass(socket)) connections.add(socket);
    else socket.destroy();
  });
  return server;
}

/** Certificates are looked at again for each connection, so that a new one counts without a restart. */
function renew(server: AnyServer, tls: Tls): void {
  const context = tls.renewed();
  if (context && 'setSecureContext' in server) server.setSecureContext(context);
}

function atMost(span: Duration, event: Promise<void>, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const timer = clock.after(span, resolve);
    void event.then(() => {
      timer.cancel();
      resolve();
    });
  });
}

const NO_TUNNEL =
  'HTTP/1.1 404 Not Found\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n' +
  'Content-Length: 19\r\n\r\n404 page not found\n';

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
