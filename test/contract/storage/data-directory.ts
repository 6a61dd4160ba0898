import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type Instant, instant } from '../../../src/domain/time/index.js';
import { LogStorage, type LogStorageOptions } from '../../../src/storage/log/log-storage.js';
import { compactLog } from '../../../src/storage/log/write-snapshot.js';

export const NOW: Instant = instant(Date.UTC(2026, 10, 20, 12, 0, 0));

/** A directory of its own for one test. */
export function dataDirectory(): { readonly path: string; readonly dispose: () => void } {
  const path = mkdtempSync(`${tmpdir()}/tocsin-storage-`);
  return { path, dispose: () => rmSync(path, { recursive: true, force: true }) };
}

/** Sums up at once and not in a thread, whose code is compiled elsewhere. */
export const compactHere = async (directory: string, upTo: number): Promise<void> => compactLog(directory, upTo);

export const logAt = (directory: string, options: Partial<LogStorageOptions> = {}): LogStorage =>
  new LogStorage({
    directory,
    sync: 'background',
    clock: { now: () => NOW, elapsed: () => 0, after: () => ({ cancel: () => undefined }) },
    compact: compactHere,
    onFault: (what, error) => {
      throw new Error(what, { cause: error });
    },
    ...options,
  });
