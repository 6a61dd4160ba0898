import { type IntegrationRef, type LogEntry, hashOf } from '../domain/notify/index.js';
import type { ReceiverConfig } from '../domain/ruleset/index.js';
import { type Instant, instant } from '../domain/time/index.js';
import type { StateRecord } from '../storage/storage.js';
import type { Deliveries } from './deliveries.js';
import type { Group, KnownAlert } from './group.js';
import type { NotificationLog } from './notification-log.js';

/**
 * Alerts that went from one group to others take along what each integration was told about them. It is moved, not copied:
 * were it left behind, an alert that fires again under the old key would be taken for told.
 */
export function moveLog(
  { log, deliveries }: { readonly log: NotificationLog; readonly deliveries: Deliveries },
  fromKey: string,
  targets: ReadonlyMap<Group, readonly KnownAlert[]>,
  receivers: ReadonlyMap<string, ReceiverConfig>,
  now: Instant,
  mayOverrule: MayOverrule = () => true,
): readonly StateRecord[] {
  const records = new Map<string, StateRecord>();
  const keep = (record: StateRecord): void => void records.set(`${record.kind} ${record.key}`, record);
  const moved = new Map<LogEntry, KnownAlert[]>();
  for (const [to, alerts] of targets) {
    if (to.key === fromKey) continue;
    for (const integration of integrationsOf(receivers.get(to.route.receiver))) {
      const posted = alerts.map(({ alert }) => alert);
      for (const record of deliveries.move(fromKey, to.key, integration, posted)) keep(record);
      const source = log.peek(fromKey, integration);
      const told = source && toldOf(source, alerts);
      if (!source || !told || countOf(told) === 0) continue;
      const about = [...told.firing, ...told.resolved, ...told.owed];
      keep(log.set(extended(log.peek(to.key, integration), to.key, source, told, mayOverrule), now));
      const certain = about.map(({ alert }) => alert);
      for (const record of deliveries.resolveDoubt({ ...source, groupKey: to.key }, certain, now)) keep(record);
      moved.set(source, [...(moved.get(source) ?? []), ...about]);
    }
  }
  for (const [source, alerts] of moved) keep(withdraw(log, source, alerts, now));
  return [...records.values()];
}

const integrationsOf = (receiver: ReceiverConfig | undefined): readonly IntegrationRef[] =>
  (receiver?.integrations ?? []).map(({ type, index }) => ({ receiver: receiver?.name ?? '', type, index }));

interface ToldAlerts {
  readonly firing: readonly KnownAlert[];
  readonly resolved: readonly KnownAlert[];
  readonly owed: readonly KnownAlert[];
}

const countOf = ({ firing, resolved, owed }: ToldAlerts): number => firing.length + resolved.length + owed.length;

function toldOf({ firing, resolved, owed = [], hashing }: LogEntry, alerts: readonly KnownAlert[]): ToldAlerts {
  const among = (hashes: readonly string[]): readonly KnownAlert[] => {
    const told = new Set(hashes);
    return alerts.filter(({ alert }) => told.has(hashOf(alert.labels, hashing)));
  };
  return { firing: among(firing), resolved: among(resolved), owed: among(owed) };
}

/**
 * Whether what was told under the old key counts more than what the log has under the new one about the same alert. At a
 * reload it always does: under the new key there can only be the memory of former times.
 */
export type MayOverrule = (source: LogEntry, target: LogEntry) => boolean;

/** No repeat before its time: the later of the two sendings counts. */
function extended(
  target: LogEntry | undefined,
  key: string,
  source: LogEntry,
  told: ToldAlerts,
  mayOverrule: MayOverrule,
): LogEntry {
  const base = target ?? { ...source, groupKey: key, firing: [], resolved: [], owed: [], data: {} };
  const known = new Set([...base.firing, ...base.resolved, ...(base.owed ?? [])]);
  const isBetter = mayOverrule(source, base);
  const hashes = (alerts: readonly KnownAlert[]): readonly string[] =>
    alerts.map(({ alert }) => hashOf(alert.labels, base.hashing)).filter((hash) => isBetter || !known.has(hash));
  const incoming = { firing: hashes(told.firing), resolved: hashes(told.resolved), owed: hashes(told.owed) };
  const replaced = new Set(Object.values(incoming).flat());
  const join = (kept: readonly string[], added: readonly string[]): readonly string[] => [
    ...kept.filter((hash) => !replaced.has(hash)),
    ...added,
  ];
  return {
    ...base,
    firing: join(base.firing, incoming.firing),
    resolved: join(base.resolved, incoming.resolved),
    owed: join(base.owed ?? [], incoming.owed),
    sentAt: instant(Math.max(base.sentAt, source.sentAt)),
    expiresAt: instant(Math.max(base.expiresAt, source.expiresAt)),
  };
}

function withdraw(log: NotificationLog, source: LogEntry, alerts: readonly KnownAlert[], now: Instant): StateRecord {
  const gone = new Set(alerts.map(({ alert }) => hashOf(alert.labels, source.hashing)));
  const firing = source.firing.filter((hash) => !gone.has(hash));
  const resolved = source.resolved.filter((hash) => !gone.has(hash));
  const owed = (source.owed ?? []).filter((hash) => !gone.has(hash));
  if (firing.length + resolved.length + owed.length === 0) return log.remove(source.groupKey, source.integration, now);
  return log.set({ ...source, firing, resolved, owed }, now);
}
