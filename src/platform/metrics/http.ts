import type { MetricRegistry } from './registry.js';

const SIZES = [100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8];
const GET = [{ method: 'get' as const }];

/** What the HTTP server counts. `handler` is a route of ours or `other`, never a path that a client made up. */
export const httpMetrics = (registry: MetricRegistry) => ({
  requestDuration: registry.histogram(
    'alertmanager_http_request_duration_seconds',
    'How long HTTP requests took.',
    undefined,
    ['handler', 'method', 'code'],
  ),
  responseSize: registry.histogram(
    'alertmanager_http_response_size_bytes',
    'How large HTTP answers were, API v2 left out.',
    SIZES,
    ['handler', 'method'],
  ),
  inFlight: registry.gauge('alertmanager_http_requests_in_flight', 'GET requests under way.', ['method'], GET),
  limitExceeded: registry.counter(
    'alertmanager_http_concurrency_limit_exceeded_total',
    'GET requests refused because too many were under way.',
    ['method'],
    GET,
  ),
  scrapes: registry.counter(
    'promhttp_metric_handler_requests_total',
    'Scrapes by status.',
    ['code'],
    ['200', '500', '503'].map((code) => ({ code })),
  ),
  scrapesInFlight: registry.gauge('promhttp_metric_handler_requests_in_flight', 'Scrapes under way.'),
  refused: registry.counter(
    'tocsin_http_refused_total',
    'Requests and connections refused before any handler saw them.',
    ['reason'],
    (
      ['authentication', 'body_too_large', 'too_many_bodies', 'rate_limit', 'connection_limit', 'client_error'] as const
    ).map((reason) => ({
      reason,
    })),
  ),
});
