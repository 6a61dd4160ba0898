import { instant } from '../../domain/time/index.js';
import { ByteText, type Json, JsonText, type LoadedRecord, type RecordKind, type StateRecord } from '../storage.js';

/**
 * How one record lies in its frame.
 *
 *   0  u8   kind (KINDS)                              10  u32   length of the key in bytes
 *   1  u8   form: 0 deleted, 1 JSON, 2 plain text     14  u32   length of the value in bytes
 *   2  f64  updatedAt, milliseconds                   18  key, then value: UTF-8                  (all little-endian)
 *
 * A value that is a text is written as it is, without quotes: who has its JSON at hand already (as the sender of an alert
 * wrote it) hands over the bytes and pays nothing for it.
 */
const HEADER_BYTES = 18;

/** Kinds by their number on the disk. New ones go to the end. */
const KINDS: readonly RecordKind[] = ['silence', 'nflog', 'alert', 'group', 'delivery', 'meta', 'lease'];
const NUMBER_OF = new Map(KINDS.map((kind, number) => [kind, number]));

const DELETED = 0;
const JSON_TEXT = 1;
const PLAIN_TEXT = 2;

/** A record as bytes of a file. */
export interface RawRecord {
  readonly kind: RecordKind;
  readonly key: string;
  readonly isDeletion: boolean;
  readonly file: Buffer;
  readonly start: number;
  readonly end: number;
}

/** What is written of a value: a string, and bytes behind it. */
interface Text {
  readonly form: number;
  readonly value: string;
  readonly tail: ByteText | undefined;
}

/** The value as text, and how many bytes the record has at most. */
export function boundOf({ key, value }: StateRecord): { readonly text: Text; readonly bound: number } {
  const text = textOf(value);
  const tail = text.tail === undefined ? 0 : text.tail.end - text.tail.start;
  return { text, bound: HEADER_BYTES + 3 * (key.length + text.value.length) + tail };
}

/** Where it ends. There must be room. */
export function writeRecord({ kind, key, updatedAt }: StateRecord, text: Text, bytes: Buffer, at: number): number {
  const keyBytes = bytes.write(key, at + HEADER_BYTES);
  const valueAt = at + HEADER_BYTES + keyBytes;
  const headBytes = bytes.write(text.value, valueAt);
  const valueBytes = headBytes + writeTail(text.tail, bytes, valueAt + headBytes);
  bytes[at] = NUMBER_OF.get(kind) as number;
  bytes[at + 1] = text.form;
  bytes.writeDoubleLE(updatedAt, at + 2);
  bytes.writeUInt32LE(keyBytes, at + 10);
  bytes.writeUInt32LE(valueBytes, at + 14);
  return valueAt + valueBytes;
}

const writeTail = (tail: ByteText | undefined, bytes: Buffer, at: number): number =>
  tail === undefined ? 0 : tail.bytes.copy(bytes, at, tail.start, tail.end);

/** All records between two places, undefined when they are none. */
export function rawRecordsIn(file: Buffer, start: number, end: number): readonly RawRecord[] | undefined {
  const records: RawRecord[] = [];
  let at = start;
  while (at < end) {
    const kind = KINDS[file[at] as number];
    const form = file[at + 1] as number;
    if (kind === undefined || form > PLAIN_TEXT || at + HEADER_BYTES > end) return undefined;
    const keyEnd = at + HEADER_BYTES + file.readUInt32LE(at + 10);
    const recordEnd = keyEnd + file.readUInt32LE(at + 14);
    if (recordEnd > end) return undefined;
    const key = file.toString('utf8', at + HEADER_BYTES, keyEnd);
    records.push({ kind, key, isDeletion: form === DELETED, file, start: at, end: recordEnd });
    at = recordEnd;
  }
  return records;
}

/** undefined when its text is no JSON. */
export function decodeRecord({ kind, key, file, start, end }: RawRecord): LoadedRecord | undefined {
  const text = file.toString('utf8', start + HEADER_BYTES + file.readUInt32LE(start + 10), end);
  const value = file[start + 1] === PLAIN_TEXT ? text : parseJson(text);
  return value === undefined ? undefined : { kind, key, value, updatedAt: instant(file.readDoubleLE(start + 2)) };
}

function textOf(value: StateRecord['value']): Text {
  if (value === undefined) return { form: DELETED, value: '', tail: undefined };
  if (value instanceof ByteText) return { form: PLAIN_TEXT, value: value.head, tail: value };
  if (value instanceof JsonText) return { form: JSON_TEXT, value: value.json, tail: undefined };
  // A lone surrogate has no UTF-8, but JSON can spell it.
  if (typeof value === 'string' && value.isWellFormed()) return { form: PLAIN_TEXT, value, tail: undefined };
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new TypeError('a record needs a value that JSON can hold');
  return { form: JSON_TEXT, value: text, tail: undefined };
}

function parseJson(text: string): Json | undefined {
  try {
    // JSON.parse gives nothing but Json.
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
