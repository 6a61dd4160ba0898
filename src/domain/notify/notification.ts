import type { Alert } from '../alert/index.js';
import type { LabelSet } from '../labels/index.js';
import type { Instant } from '../time/index.js';

/** Why a notification is sent, in the words that templates and payloads show. */
export type NotifyReason =
  | 'first notification'
  | 'new alerts added'
  | 'some alerts resolved'
  | 'all alerts resolved'
  | 'repeat interval elapsed'
  | 'none'
  | 'unknown';

/** What an integration keeps between two notifications of one group, say the id of a message to edit. */
export type ReceiverData = Readonly<Record<string, string | number>>;

/** Which integration: its receiver, its kind and its position among those of that kind. Written `team-x/webhook[0]`. */
export interface IntegrationRef {
  readonly receiver: string;
  readonly type: string;
  readonly index: number;
}

/** What was last told to one integration about one group. */
export interface LogEntry {
  readonly groupKey: string;
  readonly integration: IntegrationRef;
  /** Hashes of the alerts it was told about. */
  readonly firing: readonly string[];
  readonly resolved: readonly string[];
  /**
   * Alerts that it was told fire, that were muted when it was last told something, and of whose end it was not told. They
   * are not in `firing`: what fires when its mute ends is told anew, as Alertmanager does it.
   */
  readonly owed?: readonly string[];
  /** Ours are fingerprints; entries that came from Alertmanager's own snapshot hold its XXH64 hashes as hex. */
  readonly hashing: 'fingerprint' | 'xxh64';
  /** When it was logged, which is after it was sent. */
  readonly sentAt: Instant;
  readonly expiresAt: Instant;
  readonly data: ReceiverData;
}

/** `<group key>:<receiver>/<integration>/<index>` */
export const logKey = (groupKey: string, { receiver, type, index }: IntegrationRef): string =>
  `${groupKey}:${receiver}/${type}/${index}`;

/**
 * What an integration is given: one group at one flush, ready to be rendered.
 * Alerts are in Alertmanager's order; those that fire have the zero time as their end.
 */
export interface Notification {
  readonly receiver: string;
  readonly groupKey: string;
  readonly groupLabels: LabelSet;
  readonly routeLabels: LabelSet;
  readonly reason: NotifyReason;
  readonly alerts: readonly Alert[];
  /** The instant at which resolved was told from firing. */
  readonly flushedAt: Instant;
  /** `--web.external-url` without a trailing slash. */
  readonly externalURL: string;
  readonly data: ReceiverData;
}
