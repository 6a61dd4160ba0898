import { type ArgumentsHost, Catch, type DynamicModule, type ExceptionFilter, HttpException } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createServer } from 'node:http';
import type { FastifyReply } from 'fastify';

import { type Logger, errorText } from '../../platform/log.js';
import type { ApiOptions } from '../v2/api.js';
import { FREE_BYTES } from '../v2/read-body.js';
import { POSTED } from '../v2/routes.js';
import { createV2Handler } from '../v2/v2-handler.js';
import { type FrontOptions, createFront } from './front.js';
import { createGuard } from './guard.js';
import type { Handler, Request } from './handler.js';
import type { Listeners } from './listeners.js';
import { createNodeServer } from './node-server.js';
import { createTls } from './tls.js';
import type { WebSettings } from './web-settings.js';

export interface HttpServerOptions extends FrontOptions {
  /** All modules of the process: those with controllers answer what API v2 does not. */
  readonly module: DynamicModule;
  readonly listeners: Listeners;
  /** Asked once the modules stand: what API v2 serves comes out of them. */
  readonly api: (app: NestFastifyApplication) => ApiOptions;
  /** The web configuration as it stands now (web-source.ts). */
  readonly settings: () => WebSettings;
  readonly log: Logger;
}

export interface HttpServer {
  /** For wiring: get() of providers, and their shutdown hooks at close. */
  readonly app: NestFastifyApplication;
  /** Takes no new connections, lets running requests end, then stops the modules. */
  close(): Promise<void>;
}

/**
 * One framework, one server, any number of listeners.
 *
 * A request passes: guard (web configuration), front (paths, counting, limits), then API v2 or the framework.
 */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { log, metrics, clock, listeners } = options;
  const patterns = new WeakMap<Request, string>();
  const { app, handler } = await createFramework(options.module, patterns, log);
  const api = options.api(app);
  const front = createFront(options, {
    v2: createV2Handler(api),
    rest: handler,
    patternOf: (request) => patterns.get(request),
  });
  const guard = createGuard({ settings: options.settings, clock, metrics: metrics.http, log }, front);
  const server = createNodeServer({
    handler: guard,
    tls: createTls(options.settings),
    plainPosts: {
      targets: new Set(POSTED.map((path) => options.routePrefix + path)),
      mostBodyBytes: Math.min(FREE_BYTES, api.maxBodyBytes),
    },
    clock,
    metrics: metrics.http,
  });
  listeners.accept((socket) => server.take(socket));
  listeners.onDrop(() => {
    metrics.http.refused.inc({ reason: 'connection_limit' });
    server.closeIdle();
  });
  return {
    app,
    async close() {
      const closed = listeners.close();
      await server.drain();
      await closed;
      await app.close();
    },
  };
}

interface Framework {
  readonly app: NestFastifyApplication;
  readonly handler: Handler;
}

async function createFramework(
  module: DynamicModule,
  patterns: WeakMap<Request, string>,
  log: Logger,
): Promise<Framework> {
  let handler: Handler | undefined;
  const adapter = new FastifyAdapter({
    logger: false,
    exposeHeadRoutes: false,
    forceCloseConnections: false,
    // No route has a schema. The compilers that come with the framework take as long to load as all the rest of it.
    schemaController: { compilersFactory: NO_SCHEMAS },
    serverFactory: (inner: Handler) => {
      handler = inner;
      // The framework wants a server to own; ours feeds the handler and this one never listens.
      return createServer();
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: false,
    abortOnError: false,
  });
  app.useGlobalFilters(new TextErrors(log));
  adapter.getInstance().addHook('onRequest', (request, _reply, done) => {
    const { url } = request.routeOptions;
    if (url !== undefined) patterns.set(request.raw, url);
    done();
  });
  await app.init();
  await adapter.getInstance().ready();
  return { app, handler: handler as Handler };
}

const noSchemas = (): never => {
  throw new Error('routes have no schemas here');
};
const NO_SCHEMAS = { buildValidator: () => noSchemas, buildSerializer: () => noSchemas };

/** Errors outside the API are plain text, as Go's server writes them. */
@Catch()
class TextErrors implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const status = error instanceof HttpException ? error.getStatus() : 500;
    if (status >= 500) this.log.error('Request failed', { err: errorText(error) });
    if (reply.sent) return;
    const text = status === 404 ? '404 page not found' : status >= 500 ? 'Internal Server Error' : errorText(error);
    void reply
      .status(status)
      .type('text/plain; charset=utf-8')
      .header('X-Content-Type-Options', 'nosniff')
      .send(`${text}\n`);
  }
}
