import type { Alert } from '../../domain/alert/index.js';
import { type LogEntry, hashOf } from '../../domain/notify/index.js';
import type { Silence } from '../../domain/silence/index.js';
import { type Duration, type Instant, plus } from '../../domain/time/index.js';
import { writeNflogSnapshot } from './nflog-snapshot.js';
import { writeSilencesSnapshot } from './silences-snapshot.js';
import type { SnapshotName } from './snapshot-files.js';

/** What a router knows that Alertmanager can know, too. */
export interface ExportedState {
  readonly silences: readonly Silence[];
  readonly entries: readonly LogEntry[];
  /** Those that entries may speak of. */
  readonly alerts: Iterable<Alert>;
}

/**
 * The way back: both files as Alertmanager would have written them, so that it has every silence and tells nothing anew.
 *
 * Alertmanager names alerts by another hash, which is made of their labels. An alert that nobody knows any more is left out
 * of its entry: it was resolved and told. Where others of its group still fire and it is reported once more, it is told once more.
 */
export function exportUpstream(
  { silences, entries, alerts }: ExportedState,
  retention: Duration,
  now: Instant,
  onEntry: () => void = () => {},
): Readonly<Record<SnapshotName, Buffer>> {
  const labels = new Map([...alerts].map((alert) => [alert.labels.fingerprint, alert.labels]));
  const hashes = new Map<string, string>();
  const translate = (fingerprint: string): readonly string[] => {
    const known = hashes.get(fingerprint);
    if (known !== undefined) return [known];
    const set = labels.get(fingerprint);
    if (!set) return [];
    const hash = hashOf(set, 'xxh64');
    hashes.set(fingerprint, hash);
    return [hash];
  };
  const translated = entries.map((entry): LogEntry => {
    onEntry();
    // We keep what was told while the group lives; Alertmanager must not drop it at once.
    const expiresAt = entry.expiresAt > now ? entry.expiresAt : plus(now, retention);
    if (entry.hashing === 'xxh64') return { ...entry, expiresAt };
    const { firing, resolved } = entry;
    return {
      ...entry,
      hashing: 'xxh64',
      firing: firing.flatMap(translate),
      resolved: resolved.flatMap(translate),
      expiresAt,
    };
  });
  return { silences: writeSilencesSnapshot(silences, retention), nflog: writeNflogSnapshot(translated) };
}
