import type { IntegrationRef, LogEntry, ReceiverData } from '../../domain/notify/index.js';
import { WireError, type WireMessage, WireWriter, withLength } from './protobuf.js';
import { readSnapshot } from './snapshot.js';
import { readTimestamp, writeTimestamp } from './timestamp.js';

export interface NflogSnapshot {
  readonly entries: readonly LogEntry[];
  readonly problems: readonly string[];
}

/** Alertmanager's `nflog` file. Its hashes of alerts are XXH64 and stay so: `hashing` says which they are. */
export const readNflogSnapshot = (bytes: Buffer): NflogSnapshot => readSnapshot(bytes, readEntry);

/**
 * The way back. Hashes are written as they are; Alertmanager recognises its own (`xxh64`) and takes alerts under any other
 * for new ones, so that the first notification after going back is one too many rather than one too few.
 */
export const writeNflogSnapshot = (entries: readonly LogEntry[]): Buffer =>
  Buffer.concat(
    entries.map((entry) =>
      withLength(new WireWriter().message(1, writeEntry(entry)).message(2, writeTimestamp(entry.expiresAt))),
    ),
  );

function readEntry(mesh: WireMessage): LogEntry {
  const entry = mesh.message(1);
  if (!entry) throw new WireError('no entry in it');
  const receiver = entry.message(2);
  if (!receiver) throw new WireError('an entry without a receiver');
  return {
    groupKey: entry.text(1),
    integration: readReceiver(receiver),
    firing: entry.integers(6).map(hex),
    resolved: entry.integers(7).map(hex),
    hashing: 'xxh64',
    sentAt: readTimestamp(entry.message(5)),
    expiresAt: readTimestamp(mesh.message(2)),
    data: readData(entry),
  };
}

const readReceiver = (receiver: WireMessage): IntegrationRef => ({
  receiver: receiver.text(1),
  type: receiver.text(2),
  index: Number(receiver.integer(3) ?? 0n),
});

function readData(entry: WireMessage): ReceiverData {
  // Without a prototype: the names are an integration's own.
  const data = Object.create(null) as Record<string, string | number>;
  for (const pair of entry.messages(8)) {
    const value = pair.message(2);
    const double = value?.chunk(3);
    const integer = value?.integer(2);
    if (double?.length === 8) data[pair.text(1)] = double.readDoubleLE(0);
    else if (integer !== undefined) data[pair.text(1)] = Number(BigInt.asIntN(64, integer));
    else data[pair.text(1)] = value?.text(1) ?? '';
  }
  return data;
}

function writeEntry(entry: LogEntry): WireWriter {
  const { receiver, type, index } = entry.integration;
  const writer = new WireWriter()
    .bytes(1, Buffer.from(entry.groupKey))
    .message(2, new WireWriter().text(1, receiver).text(2, type).integer(3, BigInt(index)))
    .message(5, writeTimestamp(entry.sentAt))
    .integers(6, entry.firing.map(number))
    .integers(7, entry.resolved.map(number));
  for (const [name, value] of Object.entries(entry.data))
    writer.message(8, new WireWriter().text(1, name).message(2, writeValue(value)));
  return writer;
}

function writeValue(value: string | number): WireWriter {
  // One of three, and that it is there tells which: an empty text is written, too.
  if (typeof value === 'string') return new WireWriter().bytes(1, Buffer.from(value));
  if (Number.isSafeInteger(value) && value !== 0) return new WireWriter().integer(2, BigInt(value));
  const double = Buffer.alloc(8);
  double.writeDoubleLE(value);
  return new WireWriter().fixed64(3, double);
}

const hex = (hash: bigint): string => hash.toString(16).padStart(16, '0');
const number = (hash: string): bigint => BigInt(`0x${hash}`);
