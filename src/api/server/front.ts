import { availableParallelism } from 'node:os';

import type { Duration } from '../../domain/time/index.js';
import type { Clock } from '../../platform/clock.js';
import type { Metrics } from '../../platform/metrics.js';
import { correctedPath, findOpsPath, isProbe } from '../ops/ops-paths.js';
import { API_HEADERS } from '../v2/cors.js';
import { findRoute } from '../v2/routes.js';
import { setDeadline } from './deadline.js';
import { GetLimit } from './get-limit.js';
import { type Answer, type Handler, type Request, answerText, pathOf } from './handler.js';
import { Instrument } from './instrument.js';
import { cleanPath, redirect } from './redirect.js';

/** What stands between a connection and the handlers. */
export interface FrontOptions {
  /** Empty, or beginning with a slash and not ending in one. */
  readonly routePrefix: string;
  /** `--web.get-concurrency`; below one: the number of processors, at least 8. */
  readonly getConcurrency: number;
  /** `--web.timeout`; nought or less: none. */
  readonly timeout: Duration;
  readonly clock: Clock;
  readonly metrics: Metrics;
}

/** Where requests go. Paths come without the route prefix. */
export interface Destinations {
  readonly v2: Handler;
  /** Everything else: the framework. */
  readonly rest: Handler;
  /** Which of the framework's patterns took a request, for its metrics. */
  readonly patternOf: (request: Request) => string | undefined;
}

const API = '/api/v2/';

/**
 * Paths as Alertmanager's two routers treat them, counting, and the limits on GET and on time.
 * Facts: reference "HTTP interface", sections 2.1 and 2.4.
 */
export function createFront(options: FrontOptions, destinations: Destinations): Handler {
  const { routePrefix: prefix, timeout, clock, metrics } = options;
  const places = options.getConcurrency < 1 ? Math.max(availableParallelism(), 8) : options.getConcurrency;
  const limit = new GetLimit(places, metrics.http);
  const instrument = new Instrument(metrics.http, clock);

  const admit = (request: Request, answer: Answer, path: string): boolean => {
    if (request.method === 'GET' && !isProbe(path) && !limit.admit(answer)) return false;
    if (timeout > 0) setDeadline(answer, timeout, path === API ? API_HEADERS : {}, clock);
    return true;
  };

  const api: Handler = (request, answer) => {
    const { pattern } = findRoute(request.method ?? '', pathOf(request));
    instrument.watch(request, answer, () => pattern, false);
    if (admit(request, answer, API)) destinations.v2(request, answer);
  };

  const rest = (request: Request, answer: Answer, path: string): void => {
    const known = findOpsPath(path);
    instrument.watch(request, answer, () => known?.pattern ?? destinations.patternOf(request), true);
    if (!admit(request, answer, path)) return;
    if (known && !known.methods.includes(request.method ?? '')) {
      refuseMethod(request, answer, known.methods);
      return;
    }
    const better = known ? undefined : correctedPath(path, request.method ?? '');
    if (better === undefined) destinations.rest(request, answer);
    else redirect(request, answer, request.method === 'GET' ? 301 : 307, prefix + better);
  };

  return (request, answer) => {
    const full = takePath(request);
    if (full === '*' || BAD_ESCAPE.test(full)) {
      answerOdd(request, answer, full);
      return;
    }
    const clean = cleanPath(full);
    if (clean !== full) {
      redirect(request, answer, 307, clean);
      return;
    }
    const path = inside(full, prefix);
    if (path === undefined) answerOutside(request, answer, full, prefix);
    else if (path === '') redirect(request, answer, request.method === 'GET' ? 301 : 307, `${prefix}/`);
    else if (path === '/api/v2') redirect(request, answer, 307, `${full}/`);
    else {
      if (prefix !== '') request.url = (request.url as string).slice(prefix.length);
      if (path.startsWith(API)) api(request, answer);
      else rest(request, answer, path);
    }
  };
}

const BAD_ESCAPE = /%(?![0-9a-fA-F]{2})/;

/** The path, after a whole URL in its place was cut down to what follows the host. */
function takePath(request: Request): string {
  const url = request.url as string;
  if (!url.startsWith('/'))
    request.url = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*(?=(\/?))/i, (_all, slash) => (slash ? '' : '/'));
  return pathOf(request);
}

function answerOdd(request: Request, answer: Answer, path: string): void {
  if (path === '*' && request.method === 'OPTIONS') {
    answer.writeHead(200, { 'Content-Length': 0 });
    answer.end();
    return;
  }
  answer.shouldKeepAlive = false;
  answer.writeHead(400, { 'Content-Type': 'text/plain; charset=utf-8' });
  answer.end('400 Bad Request');
}

/** The path within the prefix, `''` for the prefix without a slash, undefined outside of it. */
function inside(path: string, prefix: string): string | undefined {
  if (prefix === '') return path;
  if (!path.startsWith(prefix)) return undefined;
  const rest = path.slice(prefix.length);
  return rest === '' || rest.startsWith('/') ? rest : undefined;
}

function answerOutside(request: Request, answer: Answer, path: string, prefix: string): void {
  if (path === '/' && request.method === 'GET') redirect(request, answer, 302, prefix);
  else answerText(answer, 404, '404 page not found\n');
}

function refuseMethod(request: Request, answer: Answer, methods: readonly string[]): void {
  const allow = [...methods, 'OPTIONS'].sort().join(', ');
  if (request.method === 'OPTIONS') {
    answer.writeHead(200, { Allow: allow, 'Content-Length': 0 });
    answer.end();
  } else answerText(answer, 405, 'Method Not Allowed\n', { Allow: allow });
}
