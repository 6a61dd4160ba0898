/** The HTTP server on a free port of the loopback, in front of a fake engine. */
import { request as undiciRequest } from 'undici';

import { Module } from '@nestjs/common';

import type { ExtOptions } from '../../src/api/ext/ext.js';
import { ExtModule } from '../../src/api/ext/ext.module.js';
import { ApiModule } from '../../src/api/api.module.js';
import { type HttpServerOptions, createHttpServer } from '../../src/api/server/http-server.module.js';
import { NO_WEB_SETTINGS } from '../../src/api/server/web-settings.js';
import { openListeners } from '../../src/api/server/listeners.js';
import { ok } from '../../src/domain/issue/index.js';
import { duration } from '../../src/domain/time/index.js';
import { systemClock } from '../../src/platform/clock.js';
import { silentLogger } from '../../src/platform/log.js';
import { createMetrics } from '../../src/platform/metrics.js';
import type { OpsOptions } from '../../src/api/ops/ops.js';
import type { ApiOptions } from '../../src/api/v2/api.js';
import { FakeEngine } from './fake-engine.js';

export const BUILD = {
  version: '9.9.9',
  revision: 'rev',
  branch: 'br',
  buildUser: 'me',
  buildDate: 'today',
  runtimeVersion: 'node',
};

@Module({})
class TestModule {}

export interface ApiServerOptions {
  readonly engine?: FakeEngine;
  readonly server?: Partial<Omit<HttpServerOptions, 'api' | 'module' | 'listeners'>>;
  readonly api?: Partial<ApiOptions>;
  readonly ops?: Partial<OpsOptions>;
  readonly ext?: Partial<ExtOptions>;
  readonly maxConnections?: number;
}

export async function startApiServer(options: ApiServerOptions = {}) {
  const { clock = systemClock } = options.server ?? {};
  const engine = options.engine ?? new FakeEngine(() => clock.now());
  const metrics = createMetrics({ build: BUILD });
  const log = silentLogger;
  const listeners = await openListeners({
    addresses: ['127.0.0.1:0'],
    ...(options.maxConnections === undefined ? {} : { maxConnections: options.maxConnections }),
  });
  const startedAt = clock.now();
  const server = await createHttpServer({
    module: {
      module: TestModule,
      imports: [
        ApiModule.register({
          isReady: () => true,
          reload: async () => ok(undefined),
          metrics,
          log,
          version: BUILD.version,
          ...options.ops,
        }),
        ExtModule.register({
          trials: { run: async () => ({ kind: 'unknown', message: 'there are none' }) },
          clock,
          matcherMode: 'fallback',
          ...options.ext,
        }),
      ],
    },
    listeners,
    routePrefix: '',
    getConcurrency: 0,
    timeout: duration(0),
    clock,
    metrics,
    settings: () => NO_WEB_SETTINGS,
    log,
    ...options.server,
    api: () => ({
      engine,
      clock,
      matcherMode: 'fallback',
      status: () => ({
        configText: 'route:\n  receiver: default\n',
        startedAt,
        build: BUILD,
        cluster: { status: 'disabled', name: '', peers: [] },
      }),
      metrics,
      log,
      maxBodyBytes: 64 * 1024 * 1024,
      ...options.api,
    }),
  });
  const port = listeners.addresses[0]?.port as number;
  return {
    engine,
    metrics,
    port,
    close: server.close,
    call: (text: string, more?: CallOptions) => call(port, text, more),
  };
}

export interface CallOptions {
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Called {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** `GET /api/v2/alerts`; a body is JSON unless the headers say otherwise. */
async function call(port: number, text: string, { body, headers = {} }: CallOptions = {}): Promise<Called> {
  const [method = 'GET', path = '/'] = text.split(' ', 2);
  const answered = await undiciRequest(`http://127.0.0.1:${port}${path}`, {
    // Any token is a method to the server; the client's type lists the usual ones.
    method: method as 'GET',
    body: body ?? null,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
  });
  return { status: answered.statusCode, headers: answered.headers, text: await answered.body.text() };
}
