import { crc32 } from 'node:zlib';
import { instant } from '../../domain/time/index.js';
import type { Json, RecordKind, StateRecord } from '../storage.js';

/**
 * How one record lies on the disk. The golden file beside this one pins it; whoever changes a byte raises the version
 * and adds a migration.
 *
 *   0  u32   CRC-32 of everything that follows       14  u32   length of the key in bytes
 *   4  u8    version                                 18  key   UTF-8
 *   5  u8    form: 0 JSON, 1 plain text               …  value UTF-8, in its form
 *   6  f64   updatedAt, milliseconds                (all little-endian)
 *
 * A value that is a string is written as it is, without quotes: who has its JSON at hand already (an alert keeps its
 * serialised form) hands over the text and pays nothing for it.
 *
 * The key in the tree is a number: the order in which keys were first seen (environment.ts). So the key of a record may
 * be of any length, and stands here.
 */
export const LAYOUT_VERSION = 1;

const HEADER_BYTES = 18;
const FORM_JSON = 0;
const FORM_TEXT = 1;

export interface EncodedRecord {
  readonly kind: RecordKind;
  readonly key: string;
  /** undefined deletes. */
  readonly bytes: Buffer | undefined;
}

/** All records of one commit share one piece of memory: one allocation, and one address to look up for the native side. */
export function encodeRecords(records: readonly StateRecord[]): readonly EncodedRecord[] {
  const drafts = records.map(draftOf);
  const memory = Buffer.allocUnsafeSlow(drafts.reduce((size, draft) => size + draft.sizeBytes, 0));
  let at = 0;
  return drafts.map((draft) => {
    const { kind, key, value } = draft.record;
    if (value === undefined) return { kind, key, bytes: undefined };
    const bytes = memory.subarray(at, (at += draft.sizeBytes));
    writeRecord(draft, bytes);
    return { kind, key, bytes };
  });
}

/** undefined when the bytes are not a whole record of this version. Who knows the key already saves a string. */
export function decodeRecord(kind: RecordKind, bytes: Buffer, key?: string): StateRecord | undefined {
  if (!isWholeRecord(bytes)) return undefined;
  const keyEnd = HEADER_BYTES + bytes.readUInt32LE(14);
  const text = bytes.toString('utf8', keyEnd);
  const value = bytes[5] === FORM_TEXT ? text : parseJson(text);
  if (value === undefined) return undefined;
  return { kind, key: key ?? keyOf(bytes), value, updatedAt: instant(bytes.readDoubleLE(6)) };
}

export function isWholeRecord(bytes: Buffer): boolean {
  if (bytes.length < HEADER_BYTES || bytes[4] !== LAYOUT_VERSION) return false;
  if (bytes[5] !== FORM_JSON && bytes[5] !== FORM_TEXT) return false;
  if (HEADER_BYTES + bytes.readUInt32LE(14) > bytes.length) return false;
  return crc32(bytes.subarray(4)) === bytes.readUInt32LE(0);
}

/** Of a whole record. */
export const keyOf = (bytes: Buffer): string =>
  bytes.toString('utf8', HEADER_BYTES, HEADER_BYTES + bytes.readUInt32LE(14));

interface Draft {
  readonly record: StateRecord;
  readonly keyBytes: number;
  readonly form: number;
  readonly text: string;
  readonly sizeBytes: number;
}

function draftOf(record: StateRecord): Draft {
  const { key, value } = record;
  if (value === undefined) return { record, keyBytes: 0, form: FORM_JSON, text: '', sizeBytes: 0 };
  const keyBytes = Buffer.byteLength(key);
  // A lone surrogate has no UTF-8, but JSON can spell it.
  const form = typeof value === 'string' && value.isWellFormed() ? FORM_TEXT : FORM_JSON;
  const text: string | undefined = form === FORM_TEXT ? (value as string) : JSON.stringify(value);
  if (text === undefined) throw new TypeError('a record needs a value that JSON can hold');
  return { record, keyBytes, form, text, sizeBytes: HEADER_BYTES + keyBytes + Buffer.byteLength(text) };
}

function writeRecord({ record, keyBytes, form, text }: Draft, bytes: Buffer): void {
  bytes[4] = LAYOUT_VERSION;
  bytes[5] = form;
  bytes.writeDoubleLE(record.updatedAt, 6);
  bytes.writeUInt32LE(keyBytes, 14);
  bytes.write(record.key, HEADER_BYTES);
  bytes.write(text, HEADER_BYTES + keyBytes);
  bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0);
}

function parseJson(text: string): Json | undefined {
  try {
    // JSON.parse gives nothing but Json.
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
