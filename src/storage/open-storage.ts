import { duration } from '../domain/time/index.js';
import type { Platform } from '../platform/platform.js';
import { LogStorage } from './log/log-storage.js';
import type { Storage } from './storage.js';
import { AlertmanagerFiles } from './upstream/alertmanager-files.js';

/** The token under which modules find it. */
export const STORAGE = Symbol('STORAGE');
/** Null where state is not kept in a directory. */
export const ALERTMANAGER_FILES = Symbol('ALERTMANAGER_FILES');

type Needs = Pick<Platform, 'options' | 'clock' | 'log' | 'metrics'>;

export interface OpenedStorage {
  readonly storage: Storage;
  readonly files: AlertmanagerFiles;
}

/** Opens the data directory, says what is damaged in it, and takes over once what Alertmanager left there. */
export async function openStorage(platform: Needs): Promise<OpenedStorage> {
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
  const files = new AlertmanagerFiles({
    storage,
    directory: options.storagePath,
    retention: duration(options.retention),
    log,
  });
  await files.takeOver(clock.now());
  return { storage, files };
}
