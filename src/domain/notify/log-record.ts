import { damaged } from '../alert/index.js';
import { type Result, ok } from '../issue/index.js';
import { isFields, isTextList, isTime } from '../record/index.js';
import type { LogEntry, ReceiverData } from './notification.js';

/**
 * How an entry of the notification log is kept, and a sending that may become one: a line of JSON with when it was, and one
 * with what was told. The second is the same for a sending and for the entry that it leads to, and so is written once for both.
 * Once it was one object with all of these members, which can still be read. Fields are only ever added.
 */
export type ToldText = string & { readonly __toldText: unique symbol };

export function toldToText({ groupKey, integration, firing, resolved, owed, hashing }: LogEntry): ToldText {
  const { receiver: r, type: t, index: i } = integration;
  // The brand has no value.
  return JSON.stringify({ k: groupKey, r, t, i, f: firing, s: resolved, o: owed, h: hashing }) as ToldText;
}

export const logEntryToRecord = (entry: LogEntry, told: ToldText = toldToText(entry)): string =>
  `{"a":${entry.sentAt},"e":${entry.expiresAt},"d":${JSON.stringify(entry.data)}}\n${told}`;

export function logEntryFromRecord(value: unknown): Result<LogEntry> {
  const record = typeof value === 'string' ? fieldsOf(value) : value;
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
    sentAt,
    expiresAt,
    data: dataFrom(record['d']),
  });
}

/** Those of both lines. */
function fieldsOf(text: string): unknown {
  const end = text.indexOf('\n');
  try {
    const when: unknown = JSON.parse(text.slice(0, end));
    const told: unknown = JSON.parse(text.slice(end + 1));
    return isFields(when) && isFields(told) ? { ...told, ...when } : undefined;
  } catch {
    return undefined;
  }
}

/** What an integration kept is a comfort: of a damaged one the readable part is used. */
const dataFrom = (value: unknown): ReceiverData =>
  Object.fromEntries(
    Object.entries(isFields(value) ? value : {}).filter(
      (pair): pair is [string, string | number] => typeof pair[1] === 'string' || typeof pair[1] === 'number',
    ),
  );
