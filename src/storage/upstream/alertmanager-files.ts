/**
 * The way in and the way back, on one data directory.
 *
 * At a start we take over what Alertmanager left there, once: a `meta` record holds the digests of the files that were
 * read and of those that we wrote. Files with another digest were written by an Alertmanager that ran here since. Then
 * its silences and log entries are merged with ours, the newer counts, and what we remember of alerts and groups is as old
 * as our last run: senders will tell anew.
 *
 * At a stop in good order we leave the files as it would have left them.
 */
import {
  type LogEntry,
  logEntryFromRecord,
  logEntryToRecord,
  logKey,
  mergeLogEntry,
} from '../../domain/notify/index.js';
import { silenceFromRecord, silenceToJson, supersedes } from '../../domain/silence/index.js';
import type { Duration, Instant } from '../../domain/time/index.js';
import { type Logger, errorText } from '../../platform/log.js';
import { JsonText, type RecordKind, type StateRecord, type Storage } from '../storage.js';
import { type ExportedState, exportUpstream } from './export-upstream.js';
import { type UpstreamState, importUpstream } from './import-upstream.js';
import { SNAPSHOT_NAMES, digestOf, writeSnapshotFile } from './snapshot-files.js';

export interface Place {
  readonly storage: Storage;
  /** `--storage.path` */
  readonly directory: string;
  /** `--data.retention` */
  readonly retention: Duration;
  readonly log: Logger;
}

export class AlertmanagerFiles {
  /** Digests; undefined until the import succeeded. */
  #known: ReadonlySet<string> | undefined;

  constructor(private readonly place: Place) {}

  /** A failure costs the import, never the start: the files stay where they are. */
  async takeOver(now: Instant): Promise<void> {
    const { storage, directory, log } = this.place;
    const known = knownFiles(storage);
    const state = importUpstream(directory, known ?? new Set(), now);
    for (const problem of state.problems) log.warn("Cannot read a part of Alertmanager's state", { err: problem });
    this.#known = known;
    if (known && state.files.length === 0) return;
    const stale = known && state.files.includes('nflog') ? removalsOfStale(storage, now) : [];
    try {
      await this.#know(Object.values(state.digests), [...stale, ...mergedRecords(this.place, state, now)], now);
    } catch (error) {
      this.#known = undefined;
      log.error("Cannot take over Alertmanager's state", { err: errorText(error) });
      return;
    }
    if (state.files.length > 0)
      log.info("Took over Alertmanager's state", {
        silences: state.silences.length,
        log_entries: state.entries.length,
      });
  }

  /** Never over files that were not taken over. */
  async handBack(state: ExportedState, now: Instant): Promise<void> {
    const { directory, retention, log } = this.place;
    if (!this.#known) return;
    try {
      const files = exportUpstream(state, retention, now);
      // Known before they are there, and the old ones still: whatever a crash in between leaves is known.
      await this.#know(
        SNAPSHOT_NAMES.map((name) => digestOf(files[name])),
        [],
        now,
      );
      for (const name of SNAPSHOT_NAMES) writeSnapshotFile(directory, name, files[name]);
    } catch (error) {
      // No reason not to stop.
      log.error("Cannot write Alertmanager's files", { err: errorText(error) });
    }
  }

  /** Committed together with what was imported, so that either both are there after a crash or neither. */
  async #know(digests: readonly string[], records: readonly StateRecord[], now: Instant): Promise<void> {
    const known = [...new Set([...(this.#known ?? []), ...digests])].slice(-MOST_DIGESTS);
    await this.place.storage.commit([...records, recordOf('meta', KNOWN_FILES, { digests: known }, now)]);
    this.#known = new Set(known);
  }
}

const KNOWN_FILES = 'upstream-imported';

/** As many as can be on the disk, two for each of the last few runs. */
const MOST_DIGESTS = 16;

/** Undefined before the first import. */
function knownFiles(storage: Pick<Storage, 'load'>): ReadonlySet<string> | undefined {
  for (const { key, value } of storage.load('meta')) {
    if (key !== KNOWN_FILES) continue;
    const digests = (value as { readonly digests?: unknown } | null)?.digests;
    return new Set(Array.isArray(digests) ? digests.map(String) : []);
  }
  return undefined;
}

function mergedRecords(
  { storage, retention }: Place,
  { silences, entries }: UpstreamState,
  now: Instant,
): readonly StateRecord[] {
  const ours = readState(storage);
  const knownSilences = new Map(ours.silences.map((silence) => [silence.id, silence]));
  const knownEntries = new Map(ours.entries.map((entry) => [keyOf(entry), entry]));
  const newSilences = silences.filter((silence) => supersedes(silence, knownSilences.get(silence.id), retention, now));
  const newEntries = entries.filter((entry) => mergeLogEntry(knownEntries.get(keyOf(entry)), entry, now) === entry);
  return [
    ...newSilences.map((silence) => recordOf('silence', silence.id, new JsonText(silenceToJson(silence)), now)),
    ...newEntries.map((entry) => recordOf('nflog', keyOf(entry), logEntryToRecord(entry), now)),
  ];
}

const recordOf = (kind: RecordKind, key: string, value: StateRecord['value'], updatedAt: Instant): StateRecord => ({
  kind,
  key,
  value,
  updatedAt,
});

const STALE: readonly RecordKind[] = ['alert', 'lease', 'group', 'delivery'];

const removalsOfStale = (storage: Storage, now: Instant): readonly StateRecord[] =>
  STALE.flatMap((kind) => [...storage.load(kind)].map(({ key }) => recordOf(kind, key, undefined, now)));

const keyOf = ({ groupKey, integration }: LogEntry): string => logKey(groupKey, integration);

/** What is on the disk, but for what is damaged. */
export const readState = (storage: Pick<Storage, 'load'>): Pick<ExportedState, 'silences' | 'entries'> => ({
  silences: [...storage.load('silence')].flatMap(({ value }) => {
    const silence = silenceFromRecord(value);
    return silence.ok ? [silence.value] : [];
  }),
  entries: [...storage.load('nflog')].flatMap(({ value }) => {
    const entry = logEntryFromRecord(value);
    return entry.ok ? [entry.value] : [];
  }),
});
