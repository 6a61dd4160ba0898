export { formatGoDuration, parseGoDuration } from './go-duration.js';
export {
  type Duration,
  HOUR,
  type Instant,
  MILLISECOND,
  MINUTE,
  SECOND,
  ZERO_INSTANT,
  between,
  duration,
  instant,
  minus,
  plus,
} from './instant.js';
export { Moment, formatApiTime, formatRfc3339 } from './moment.js';
export { parseMoment } from './parse-moment.js';
export { formatPromDuration, parsePromDuration } from './prom-duration.js';
