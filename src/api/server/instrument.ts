import type { Clock } from '../../platform/clock.js';
import type { Metrics } from '../../platform/metrics.js';
import type { Answer, Request } from './handler.js';

/**
 * Counts an answer when it is out. `handler` is one of our own patterns. The size is what went over the connection for the
 * body, told by Content-Length or, where there was none, by the socket.
 */
export class Instrument {
  constructor(
    readonly metrics: Metrics['http'],
    readonly clock: Pick<Clock, 'elapsed'>,
  ) {}

  watch(request: Request, answer: Answer, handler: () => string | undefined, withSize: boolean): void {
    const startedAt = this.clock.elapsed();
    const before = withSize ? (request.socket?.bytesWritten ?? 0) : 0;
    // It comes once; `once` would only cost more.
    answer.on('close', () => {
      const pattern = handler();
      if (pattern === undefined) return;
      const method = METHODS.get(request.method ?? '') ?? 'unknown';
      const seconds = (this.clock.elapsed() - startedAt) / 1_000;
      this.metrics.requestDuration.observe({ handler: pattern, method, code: String(answer.statusCode) }, seconds);
      if (withSize) this.metrics.responseSize.observe({ handler: pattern, method }, sizeOf(request, answer, before));
    });
  }
}

const METHODS: ReadonlyMap<string, string> = new Map(
  ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'CONNECT', 'TRACE'].map((method) => [
    method,
    method.toLowerCase(),
  ]),
);

function sizeOf(request: Request, answer: Answer, before: number): number {
  const length = Number(answer.getHeader('content-length'));
  if (Number.isFinite(length)) return request.method === 'HEAD' ? 0 : length;
  return Math.max((request.socket?.bytesWritten ?? 0) - before, 0);
}
