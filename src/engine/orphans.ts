import type { LogEntry } from '../domain/notify/index.js';
import type { Instant } from '../domain/time/index.js';
import type { StateRecord } from '../storage/storage.js';
import type { Deliveries } from './deliveries.js';
import type { Group, KnownAlert } from './group.js';
import { moveLog } from './move-log.js';
import type { NotificationLog } from './notification-log.js';
import type { WorkingSet } from './working-set.js';

/**
 * What was told about alerts that a restart put into other groups: because the configuration was edited in between, or
 * because the process died while a reload was handing over. The alerts take it along, as at a reload.
 *
 * Only what was told of the occurrence that is known now: an older word of the same alert would keep a new one from being
 * told.
 */
export function adoptOrphans(
  working: WorkingSet,
  parts: { readonly log: NotificationLog; readonly deliveries: Deliveries },
  now: Instant,
): readonly StateRecord[] {
  const alive = new Set([...working.groups.values()].map(({ key }) => key));
  const targetsByKey = new Map<string, Map<Group, Set<KnownAlert>>>();
  for (const entry of [...parts.log.values(), ...parts.deliveries.values()]) {
    if (alive.has(entry.groupKey)) continue;
    for (const known of aboutKnown(entry, working)) {
      let targets = targetsByKey.get(entry.groupKey);
      if (!targets) targetsByKey.set(entry.groupKey, (targets = new Map()));
      for (const group of known.groups) targets.set(group, (targets.get(group) ?? new Set()).add(known));
    }
  }
  return [...targetsByKey].flatMap(([key, targets]) => {
    const lists = new Map([...targets].map(([group, alerts]) => [group, [...alerts]]));
    return moveLog(
      parts,
      key,
      lists,
      working.ruleset.receivers,
      now,
      (source, target) => source.sentAt >= target.sentAt,
    );
  });
}

/** Entries that came from Alertmanager name alerts otherwise; no alert of theirs was ever known here. */
function aboutKnown({ firing, owed = [], resolved, hashing, sentAt }: LogEntry, working: WorkingSet): KnownAlert[] {
  if (hashing !== 'fingerprint') return [];
  return [...firing, ...owed, ...resolved].flatMap((hash) => {
    const known = working.alerts.get(hash);
    return known && known.groups.length > 0 && known.alert.startsAt.at <= sentAt ? [known] : [];
  });
}
