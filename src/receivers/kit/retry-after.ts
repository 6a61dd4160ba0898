import { type Instant, instant } from '../../domain/time/index.js';

/** For how long a `Retry-After` header asks us to wait: seconds or an HTTP date. Undefined when it says neither. */
export function parseRetryAfter(header: string | undefined, now: Instant): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Number(text) * 1000;
  // What begins with the name of a day is a date; other texts would be guessed at.
  if (!/^[A-Z][a-z]{2,8},? /.test(text)) return undefined;
  const at = instant(Date.parse(text));
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
