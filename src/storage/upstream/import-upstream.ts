import { readFileSync } from 'node:fs';
import type { LogEntry } from '../../domain/notify/index.js';
import type { Silence } from '../../domain/silence/index.js';
import type { Instant } from '../../domain/time/index.js';
import type { StateRecord, Storage } from '../storage.js';
import { readNflogSnapshot } from './nflog-snapshot.js';
import { readSilencesSnapshot } from './silences-snapshot.js';

/** What Alertmanager left in the data directory and is still worth having. */
export interface UpstreamState {
  readonly silences: readonly Silence[];
  readonly entries: readonly LogEntry[];
  /** Which of its files were there. */
  readonly files: readonly string[];
  /** What could not be read, with the file's name. */
  readonly problems: readonly string[];
}

/**
 * Reads `silences` and `nflog`, which stay as they are. Log entries that have expired are left out; silences come all,
 * for it is the caller's retention that decides about those that have ended. Never throws: what cannot be read is a problem.
 */
export function importUpstream(directory: string, now: Instant): UpstreamState {
  const files: string[] = [];
  const problems: string[] = [];
  const read = (name: string): Buffer => {
    try {
      const bytes = readFileSync(`${directory}/${name}`);
      files.push(name);
      return bytes;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') problems.push(`${name}: ${(error as Error).message}`);
      return Buffer.alloc(0);
    }
  };
  const silences = readSilencesSnapshot(read('silences'));
  const nflog = readNflogSnapshot(read('nflog'));
  problems.push(
    ...silences.problems.map((text) => `silences: ${text}`),
    ...nflog.problems.map((text) => `nflog: ${text}`),
  );
  const entries = nflog.entries.filter((entry) => entry.expiresAt > now);
  return { silences: silences.silences, entries, files, problems };
}

const IMPORTED = 'upstream-imported';

/** Import happens once: silences that were deleted since must not come back. */
export function wasImported(storage: Pick<Storage, 'load'>): boolean {
  for (const { key } of storage.load('meta')) if (key === IMPORTED) return true;
  return false;
}

/** To be committed together with what was imported, so that either both are there after a crash or neither. */
export const importedRecord = ({ files, silences, entries }: UpstreamState, now: Instant): StateRecord => ({
  kind: 'meta',
  key: IMPORTED,
  value: { files, silences: silences.length, entries: entries.length },
  updatedAt: now,
});
