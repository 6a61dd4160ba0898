import { logEntryToRecord, logKey } from '../domain/notify/index.js';
import { silenceToRecord } from '../domain/silence/index.js';
import type { Instant } from '../domain/time/index.js';
import { errorText } from '../platform/log.js';
import type { Platform } from '../platform/platform.js';
import { LogStorage } from './log/log-storage.js';
import type { StateRecord, Storage } from './storage.js';
import { type UpstreamState, importUpstream, importedRecord, wasImported } from './upstream/import-upstream.js';

/** The token under which modules find it. */
export const STORAGE = Symbol('STORAGE');

type Needs = Pick<Platform, 'options' | 'clock' | 'log' | 'metrics'>;

/** Opens the data directory, says what is damaged in it, and takes over once what Alertmanager left there. */
export async function openStorage(platform: Needs): Promise<Storage> {
  const { options, clock, metrics } = platform;
  const log = platform.log.with({ component: 'storage' });
  const onFault = (what: string, error: unknown): void => {
    metrics.tocsin.storeCommitErrors.inc();
    log.error(what, { err: error });
  };
  const storage = new LogStorage({ directory: options.storagePath, sync: options.storageSync, clock, onFault });
  metrics.onRead(() => metrics.tocsin.storePending.set(storage.pending));
  for (const { what, keptAt, lostBytes = 0 } of await storage.open()) {
    metrics.tocsin.storeDamage.inc();
    metrics.tocsin.storeLostBytes.inc(lostBytes);
    log.error('Damaged data directory', { what, kept_at: keptAt, lost_bytes: lostBytes });
  }
  await takeOver(storage, platform);
  return storage;
}

/** A failure costs the import, never the start: the files stay where they are. */
async function takeOver(storage: Storage, { options, clock, log }: Needs): Promise<void> {
  if (wasImported(storage)) return;
  const now = clock.now();
  const state = importUpstream(options.storagePath, now);
  const own = log.with({ component: 'storage' });
  for (const problem of state.problems) own.warn("Cannot read a part of Alertmanager's state", { err: problem });
  try {
    await storage.commit([...recordsOf(state, now), importedRecord(state, now)]);
  } catch (error) {
    own.error("Cannot take over Alertmanager's state", { err: errorText(error) });
    return;
  }
  if (state.files.length > 0)
    own.info("Took over Alertmanager's state", { silences: state.silences.length, log_entries: state.entries.length });
}

const recordsOf = ({ silences, entries }: UpstreamState, now: Instant): StateRecord[] => [
  ...silences.map((silence): StateRecord => ({
    kind: 'silence',
    key: silence.id,
    value: silenceToRecord(silence),
    updatedAt: now,
  })),
  ...entries.map((entry): StateRecord => ({
    kind: 'nflog',
    key: logKey(entry.groupKey, entry.integration),
    value: logEntryToRecord(entry),
    updatedAt: now,
  })),
];
