import { closeSync, fdatasyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { FrameBuffer, fileHead } from './frame.js';
import { type LatestRecords, listFiles, readLog, removeFiles, snapshotName, syncDirectory } from './log-files.js';
import type { RawRecord } from './record-layout.js';

const FRAME_BYTES = 512 * 1024;

/** Sums up all segments up to one and removes them. What is damaged stays as it is, for the next start to look at. */
export function compactLog(directory: string, upTo: number): void {
  const { latest, faults } = readLog(directory, upTo);
  if (faults.length > 0) throw new Error(`${directory}: ${faults.slice(0, 5).join('; ')}`);
  writeSnapshot(directory, upTo, latest);
  removeFiles(directory, listFiles(directory).leftOver);
}

/** It gets its name when all of it is on disk. */
export function writeSnapshot(directory: string, number: number, latest: LatestRecords): void {
  const path = `${directory}/${snapshotName(number)}`;
  const descriptor = openSync(`${path}.new`, 'w');
  try {
    writeAll(descriptor, fileHead(latest.size));
    for (const frame of framesOf(latest)) writeAll(descriptor, frame);
    fdatasyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(`${path}.new`, path);
  syncDirectory(directory);
}

function* framesOf(latest: LatestRecords): Iterable<Buffer> {
  const frame = new FrameBuffer();
  let records: RawRecord[] = [];
  let size = 0;
  const finish = (): Buffer => {
    frame.clear();
    frame.appendRaw(records);
    [records, size] = [[], 0];
    return frame.bytes;
  };
  for (const record of latest.values()) {
    records.push(record);
    size += record.end - record.start;
    if (size >= FRAME_BYTES) yield finish();
  }
  if (records.length > 0) yield finish();
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
}
