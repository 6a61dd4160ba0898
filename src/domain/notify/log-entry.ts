import type { LabelSet } from '../labels/index.js';
import { type Duration, type Instant, duration, plus } from '../time/index.js';
import type { IntegrationRef, LogEntry, ReceiverData } from './notification.js';
import { xxh64OfLabels } from './xxh64.js';

/** How an entry names an alert. */
export const hashOf = (labels: LabelSet, hashing: LogEntry['hashing']): string =>
  hashing === 'fingerprint' ? labels.fingerprint : xxh64OfLabels(labels);

/** What an integration was just told. */
export interface Told {
  readonly integration: IntegrationRef;
  readonly firing: readonly string[];
  readonly resolved: readonly string[];
  readonly owed: readonly string[];
  readonly data: ReceiverData;
}

export interface LogPolicy {
  /** `--data.retention` */
  readonly retention: Duration;
  readonly repeatInterval: Duration;
}

/** The entry to write after a success. It lives for two repeats, by which the next one has long been written, at most for the retention. */
export function logEntryAfter(groupKey: string, told: Told, policy: LogPolicy, now: Instant): LogEntry {
  const { integration, firing, resolved, owed, data } = told;
  const entry: LogEntry = {
    groupKey,
    integration,
    firing,
    resolved,
    hashing: 'fingerprint',
    sentAt: now,
    expiresAt: plus(now, lifetime(policy)),
    data,
  };
  return owed.length > 0 ? { ...entry, owed } : entry;
}

function lifetime({ retention, repeatInterval }: LogPolicy): Duration {
  const twoRepeats = duration(2 * repeatInterval);
  return twoRepeats > 0 && twoRepeats < retention ? twoRepeats : retention;
}

/** Which of two entries for the same integration and group counts: the newer. What comes in expired never does. */
export function mergeLogEntry(known: LogEntry | undefined, incoming: LogEntry, now: Instant): LogEntry | undefined {
  if (incoming.expiresAt < now) return known;
  return !known || known.sentAt < incoming.sentAt ? incoming : known;
}
