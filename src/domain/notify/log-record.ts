import { damaged, isFields, isTextList, isTime } from '../alert/index.js';
import { type Result, ok } from '../issue/index.js';
import { instant } from '../time/index.js';
import type { LogEntry, ReceiverData } from './notification.js';

/** How an entry of the notification log is kept. */
export type LogEntryRecord = {
  readonly k: string;
  readonly r: string;
  readonly t: string;
  readonly i: number;
  readonly f: readonly string[];
  readonly s: readonly string[];
  readonly o?: readonly string[];
  readonly h: LogEntry['hashing'];
  readonly a: number;
  readonly e: number;
  readonly d: ReceiverData;
};

export function logEntryToRecord(entry: LogEntry): LogEntryRecord {
  const record: LogEntryRecord = {
    k: entry.groupKey,
    r: entry.integration.receiver,
    t: entry.integration.type,
    i: entry.integration.index,
    f: entry.firing,
    s: entry.resolved,
    h: entry.hashing,
    a: entry.sentAt,
    e: entry.expiresAt,
    d: entry.data,
  };
  return entry.owed ? { ...record, o: entry.owed } : record;
}

export function logEntryFromRecord(record: unknown): Result<LogEntry> {
  if (!isFields(record)) return damaged('notification log');
  const { k: groupKey, r: receiver, t: type, i: index, f: firing, s: resolved, h, a: sentAt, e: expiresAt } = record;
  if (typeof groupKey !== 'string' || typeof receiver !== 'string' || typeof type !== 'string')
    return damaged('notification log');
  if (typeof index !== 'number' || !isTextList(firing) || !isTextList(resolved)) return damaged('notification log');
  if (!isTime(sentAt) || !isTime(expiresAt) || (h !== 'fingerprint' && h !== 'xxh64'))
    return damaged('notification log');
  return ok({
    groupKey,
    integration: { receiver, type, index },
    firing,
    resolved,
    ...(isTextList(record['o']) ? { owed: record['o'] } : {}),
    hashing: h,
    sentAt: instant(sentAt),
    expiresAt: instant(expiresAt),
    data: dataFrom(record['d']),
  });
}

/** What an integration kept is a comfort: of a damaged one the readable part is used. */
const dataFrom = (value: unknown): ReceiverData =>
  Object.fromEntries(
    Object.entries(isFields(value) ? value : {}).filter(
      (pair): pair is [string, string | number] => typeof pair[1] === 'string' || typeof pair[1] === 'number',
    ),
  );
