import type { LogEntry } from '../../domain/notify/index.js';
import type { Silence } from '../../domain/silence/index.js';
import type { Instant } from '../../domain/time/index.js';
import { readNflogSnapshot } from './nflog-snapshot.js';
import { readSilencesSnapshot } from './silences-snapshot.js';
import { SNAPSHOT_NAMES, type SnapshotName, digestOf, readSnapshotFile } from './snapshot-files.js';

/** What Alertmanager left in the data directory and is still worth having. */
export interface UpstreamState {
  readonly silences: readonly Silence[];
  readonly entries: readonly LogEntry[];
  /** Which of its files were there and are not known yet. */
  readonly files: readonly SnapshotName[];
  /** Of all its files that could be read. */
  readonly digests: Readonly<Partial<Record<SnapshotName, string>>>;
  /** What could not be read, with the file's name. */
  readonly problems: readonly string[];
}

/**
 * Reads `silences` and `nflog`, which stay as they are, but for files that are known by their digest: those that were read
 * before and those that we wrote. Log entries that have expired are left out; silences come all, for it is the caller's
 * retention that decides about those that have ended. Never throws: what cannot be read is a problem.
 */
export function importUpstream(directory: string, known: ReadonlySet<string>, now: Instant): UpstreamState {
  const files: SnapshotName[] = [];
  const digests: Partial<Record<SnapshotName, string>> = {};
  const problems: string[] = [];
  const read = (name: SnapshotName): Buffer => {
    try {
      const bytes = readSnapshotFile(directory, name);
      if (!bytes) return NOTHING;
      digests[name] = digestOf(bytes);
      if (known.has(digests[name])) return NOTHING;
      files.push(name);
      return bytes;
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message}`); // of the file system
      return NOTHING;
    }
  };
  const [silences, nflog] = SNAPSHOT_NAMES.map(read) as [Buffer, Buffer]; // one for each name
  const readSilences = readSilencesSnapshot(silences);
  const readNflog = readNflogSnapshot(nflog);
  problems.push(
    ...readSilences.problems.map((text) => `silences: ${text}`),
    ...readNflog.problems.map((text) => `nflog: ${text}`),
  );
  const entries = readNflog.entries.filter((entry) => entry.expiresAt > now);
  return { silences: readSilences.silences, entries, files, digests, problems };
}

const NOTHING = Buffer.alloc(0);
