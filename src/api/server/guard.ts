import type { Clock } from '../../platform/clock.js';
import { type Logger, errorText } from '../../platform/log.js';
import type { Metrics } from '../../platform/metrics.js';
import { BasicAuth } from './basic-auth.js';
import { type Answer, type Handler, answerText } from './handler.js';
import { RateLimit } from './rate-limit.js';
import type { WebSettings } from './web-settings.js';

export interface GuardOptions {
  /** Read again for every request, so that a change of the file counts at once. Throws when it cannot be read. */
  readonly settings: () => WebSettings;
  readonly clock: Pick<Clock, 'elapsed'>;
  readonly metrics: Metrics['http'];
  readonly log: Logger;
}

/**
 * What `--web.config.file` asks of every request, whatever its path: the rate limit (fixed at the start), then extra headers,
 * then who it is. Facts: reference "HTTP interface", section 10.
 */
export function createGuard(options: GuardOptions, inner: Handler): Handler {
  const { settings, clock, metrics, log } = options;
  const { rateLimit } = settings();
  const limit = new RateLimit(rateLimit.interval, rateLimit.burst, clock);
  const auth = new BasicAuth();

  const refuse = (answer: Answer): void => {
    metrics.refused.inc({ reason: 'authentication' });
    answerText(answer, 401, 'Unauthorized\n', { 'WWW-Authenticate': 'Basic' });
  };

  return (request, answer) => {
    const current = readSettings(settings, log);
    if (!current) {
      answerText(answer, 500, 'Internal Server Error\n');
      return;
    }
    if (!limit.admit()) {
      metrics.refused.inc({ reason: 'rate_limit' });
      answerText(answer, 429, 'Too Many Requests\n');
      return;
    }
    for (const [name, value] of current.headers) answer.setHeader(name, value);
    const verdict = current.users.size === 0 || auth.check(request.headers.authorization, current.users);
    if (verdict === true) inner(request, answer);
    else if (verdict === false) refuse(answer);
    else void verdict.then((mayPass) => (mayPass ? inner(request, answer) : refuse(answer)));
  };
}

function readSettings(settings: () => WebSettings, log: Logger): WebSettings | undefined {
  try {
    return settings();
  } catch (error) {
    log.error('Unable to parse configuration', { err: errorText(error) });
    return undefined;
  }
}
