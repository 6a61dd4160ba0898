import { closeSync, fsyncSync, openSync, readdirSync, rmSync } from 'node:fs';
import { readLargeFile } from '../../platform/large-file.js';
import type { RecordKind } from '../storage.js';
import { type FileContents, NOTHING, readFrames } from './frame.js';
import type { RawRecord } from './record-layout.js';

/**
 * The files of a log: `segment-N` are what was committed, one after another, and `snapshot-N` is what stands when all
 * segments up to N are read. Whatever a snapshot covers may be gone.
 */
const NAME = /^(segment|snapshot)-(\d{10})$/;

export const segmentName = (number: number): string => `segment-${String(number).padStart(10, '0')}`;
export const snapshotName = (number: number): string => `snapshot-${String(number).padStart(10, '0')}`;

export interface LogFiles {
  /** The newest; nought: none. */
  readonly snapshot: number;
  /** Those that it does not cover, in order. */
  readonly segments: readonly number[];
  /** What a process that died has left behind. */
  readonly leftOver: readonly string[];
}

export function listFiles(directory: string): LogFiles {
  const names = readdirSync(directory);
  const numbersOf = (kind: string): number[] =>
    names
      .flatMap((name) => (NAME.exec(name)?.[1] === kind ? [Number(NAME.exec(name)?.[2])] : []))
      .sort((a, b) => a - b);
  const snapshot = numbersOf('snapshot').at(-1) ?? 0;
  const segments = numbersOf('segment').filter((number) => number > snapshot);
  const wanted = new Set([snapshotName(snapshot), ...segments.map(segmentName)]);
  return { snapshot, segments, leftOver: names.filter((name) => !wanted.has(name)) };
}

/** Of each kind the latest record of each key; a deletion leaves nothing. */
export class LatestRecords {
  readonly #kinds = new Map<RecordKind, Map<string, RawRecord>>();

  take(records: readonly RawRecord[]): void {
    for (const record of records) {
      const kind = this.of(record.kind);
      if (record.isDeletion) kind.delete(record.key);
      else kind.set(record.key, record);
    }
  }

  of(kind: RecordKind): Map<string, RawRecord> {
    const known = this.#kinds.get(kind);
    if (known) return known;
    const records = new Map<string, RawRecord>();
    this.#kinds.set(kind, records);
    return records;
  }

  get size(): number {
    let size = 0;
    for (const records of this.#kinds.values()) size += records.size;
    return size;
  }

  *values(): Iterable<RawRecord> {
    for (const records of this.#kinds.values()) yield* records.values();
  }
}

export interface LogContents {
  readonly latest: LatestRecords;
  readonly faults: readonly string[];
  /** In what is damaged. */
  readonly lostBytes: number;
  /** The number of the last file. */
  readonly last: number;
  /** How much of the last segment is whole; nought: there is none. */
  readonly lastBytes: number;
  readonly snapshotBytes: number;
  readonly segmentBytes: number;
}

/** Reads all of it. A file that cannot be read is a fault like any other. */
export function readLog(directory: string, upTo = Number.MAX_SAFE_INTEGER): LogContents {
  const files = listFiles(directory);
  const latest = new LatestRecords();
  const faults: string[] = [];
  let lostBytes = 0;
  const read = (name: string, readIt = readFile): FileContents => {
    const contents = readIt(`${directory}/${name}`);
    latest.take(contents.records);
    lostBytes += contents.lostBytes;
    faults.push(...contents.faults.map((fault) => `${name}: ${fault}`));
    return contents;
  };
  let snapshotBytes = 0;
  if (files.snapshot > 0) {
    const snapshot = read(snapshotName(files.snapshot));
    snapshotBytes = snapshot.wholeBytes;
    // It got its name when it was complete.
    if (snapshot.faults.length === 0 && snapshot.number !== snapshot.records.length)
      faults.push(`${snapshotName(files.snapshot)}: ${snapshot.records.length} of ${snapshot.number} records are left`);
  }
  let [last, lastBytes, segmentBytes] = [files.snapshot, 0, 0];
  for (const number of files.segments.filter((segment) => segment <= upTo)) {
    const segment = read(segmentName(number), readSegment);
    // It was begun when the one before had so many bytes and would get no more.
    if (lastBytes > 0 && lastBytes < segment.number && segment.faults.length === 0)
      faults.push(`${segmentName(last)}: ends at ${lastBytes} and not at ${segment.number}`);
    if (number > last + 1) faults.push(`${segmentName(last + 1)}: it is gone`);
    [last, lastBytes] = [number, segment.wholeBytes];
    segmentBytes += segment.wholeBytes;
  }
  return { latest, faults, lostBytes, last, lastBytes, snapshotBytes, segmentBytes };
}

function readSegment(path: string): FileContents {
  const contents = readFile(path);
  // A process died between making the file and writing its head.
  return contents.isCut && contents.wholeBytes === 0 ? NOTHING : contents;
}

function readFile(path: string): FileContents {
  try {
    return readFrames(readLargeFile(path));
  } catch (error) {
    return { ...NOTHING, faults: [`it cannot be read (${(error as Error).message})`] };
  }
}

export function removeFiles(directory: string, names: readonly string[]): void {
  for (const name of names) rmSync(`${directory}/${name}`, { recursive: true, force: true });
}

/** That a file is there, or has another name, is on disk only when its directory is. */
export function syncDirectory(directory: string): void {
  const descriptor = openSync(directory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
