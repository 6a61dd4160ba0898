import { crc32 } from 'node:zlib';
import type { StateRecord } from '../storage.js';
import { type RawRecord, boundOf, rawRecordsIn, writeRecord } from './record-layout.js';

/**
 * How commits lie in a file: one frame each, all or nothing.
 *
 *   file   0  "TOCSINL" and the version, u8     8  f64  bytes of the file before this one (a segment; nought: not known)
 *                                                       or number of records (a snapshot)
 *   frame  0  u32  MARK     4  u32  size of what follows the head     8  u32  CRC-32 of it     12  records
 *
 * All little-endian. The mark is for damage: from a frame that is broken the next whole one is found by it.
 * The golden file beside this one pins it; whoever changes a byte raises the version and adds a migration.
 */
export const LAYOUT_VERSION = 1;
export const FILE_HEAD_BYTES = 16;

const NAME = Buffer.from('TOCSINL');
const MARK = Buffer.from([0xf1, 0x4c, 0x0a, 0xfe]);
const HEAD_BYTES = 12;
/** Memory that a large commit needed is let go of again. */
const KEPT_BYTES = 1024 * 1024;
const FIRST_BYTES = 64 * 1024;

/** Frames in the making. */
export class FrameBuffer {
  #bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** One frame. Throws, and has taken nothing, when a value is no JSON. */
  append(records: readonly StateRecord[]): void {
    const start = this.#size;
    let at = start + HEAD_BYTES;
    for (let i = 0; i < records.length; i++) {
      const record = records[i] as StateRecord;
      const { text, bound } = boundOf(record);
      this.#makeRoom(at + bound);
      at = writeRecord(record, text, this.#bytes, at);
    }
    this.#makeRoom(at);
    writeHead(this.#bytes, start, at);
    this.#size = at;
  }

  /** One frame of records that are bytes already. */
  appendRaw(records: readonly RawRecord[]): void {
    const start = this.#size;
    let at = start + HEAD_BYTES;
    for (const { file, start: from, end } of records) {
      this.#makeRoom(at + end - from);
      at += file.copy(this.#bytes, at, from, end);
    }
    writeHead(this.#bytes, start, at);
    this.#size = at;
  }

  /** All so far. They stand in the buffer's own memory until `clear`. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#size);
  }

  clear(): void {
    this.#size = 0;
    if (this.#bytes.length > KEPT_BYTES) this.#bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  }

  #makeRoom(size: number): void {
    if (size <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(size, 2 * this.#bytes.length));
    this.#bytes.copy(larger);
    this.#bytes = larger;
  }
}

function writeHead(bytes: Buffer, start: number, end: number): void {
  MARK.copy(bytes, start);
  bytes.writeUInt32LE(end - start - HEAD_BYTES, start + 4);
  bytes.writeUInt32LE(crc32(bytes.subarray(start + HEAD_BYTES, end)), start + 8);
}

export function fileHead(number: number): Buffer {
  const head = Buffer.alloc(FILE_HEAD_BYTES);
  NAME.copy(head);
  head[NAME.length] = LAYOUT_VERSION;
  head.writeDoubleLE(number, 8);
  return head;
}

/** What a file's bytes hold. */
export interface FileContents {
  /** Of its head. */
  readonly number: number;
  /** In the order in which they were written. */
  readonly records: RawRecord[];
  /** Up to where it is whole. */
  readonly wholeBytes: number;
  /** Records begun and not brought to an end, at the very end: a process died while it wrote. Nobody was told 2xx. */
  readonly isCut: boolean;
  readonly faults: readonly string[];
  readonly lostBytes: number;
}

export const NOTHING: FileContents = { number: 0, records: [], wholeBytes: 0, isCut: false, faults: [], lostBytes: 0 };

export function readFrames(file: Buffer): FileContents {
  const fault = headFault(file);
  if (fault !== undefined)
    return { ...NOTHING, isCut: file.length < FILE_HEAD_BYTES, faults: [fault], lostBytes: file.length };
  const faults: string[] = [];
  const records: RawRecord[] = [];
  let at = FILE_HEAD_BYTES;
  let wholeBytes = at;
  let lostBytes = 0;
  let isCut = false;
  while (at < file.length) {
    const end = endOfFrame(file, at);
    if (end === 'cut') {
      isCut = file.indexOf(MARK, at + 1) < 0;
      if (isCut) break;
    }
    const found = typeof end === 'number' ? rawRecordsIn(file, at + HEAD_BYTES, end) : undefined;
    if (found && typeof end === 'number') {
      records.push(...found);
      at = wholeBytes = end;
      continue;
    }
    const next = nextWholeFrame(file, at + 1);
    faults.push(`${next - at} bytes at ${at} are damaged`);
    lostBytes += next - at;
    at = next;
  }
  return { number: file.readDoubleLE(8), records, wholeBytes, isCut, faults, lostBytes };
}

function headFault(file: Buffer): string | undefined {
  if (file.length < FILE_HEAD_BYTES) return file.length === 0 ? 'it is empty' : 'it ends within its first bytes';
  if (file.compare(NAME, 0, NAME.length, 0, NAME.length) !== 0) return 'it is not a file of records';
  const version = file[NAME.length];
  return version === LAYOUT_VERSION ? undefined : `layout ${version} instead of ${LAYOUT_VERSION}`;
}

/** `cut` when the file ends before the frame does. */
function endOfFrame(file: Buffer, at: number): number | 'cut' | 'broken' {
  const there = Math.min(file.length - at, MARK.length);
  if (file.compare(MARK, 0, there, at, at + there) !== 0) return 'broken';
  if (file.length - at < HEAD_BYTES) return 'cut';
  const end = at + HEAD_BYTES + file.readUInt32LE(at + 4);
  if (end > file.length) return 'cut';
  return crc32(file.subarray(at + HEAD_BYTES, end)) === file.readUInt32LE(at + 8) ? end : 'broken';
}

function nextWholeFrame(file: Buffer, from: number): number {
  for (let at = file.indexOf(MARK, from); at >= 0; at = file.indexOf(MARK, at + 1))
    if (typeof endOfFrame(file, at) === 'number') return at;
  return file.length;
}
