import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';

const NO_SUCH_NAME = 3;
const TYPES: Readonly<Record<number, 'A' | 'AAAA'>> = { 1: 'A', 28: 'AAAA' };
/** An answer's name is that of the question, which begins behind the head. */
const SAME_NAME = 0xc00c;

export interface Zone {
  readonly A?: readonly string[];
  readonly AAAA?: readonly string[];
}

export interface DnsServer {
  /** For `setServers`. */
  readonly address: string;
  /** `A name` of each question, in their order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** A name server on loopback that knows these names and no others. */
export async function openDnsServer(zones: Readonly<Record<string, Zone>>): Promise<DnsServer> {
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    const { name, type, end } = readQuestion(query);
    asked.push(`${type} ${name}`);
    socket.send(answerTo(query.subarray(0, end), type, zones[name]), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(socket.address() as AddressInfo).port}`,
    asked,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function readQuestion(query: Buffer): { name: string; type: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] as number; length > 0; length = query[at] as number) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const type = query.readUInt16BE(at + 1);
  return { name: labels.join('.').toLowerCase(), type: TYPES[type] ?? String(type), end: at + 5 };
}

function answerTo(question: Buffer, type: string, zone: Zone | undefined): Buffer {
  const addresses = (type === 'A' && zone?.A) || (type === 'AAAA' && zone?.AAAA) || [];
  const message = Buffer.from(question);
  // An answer, recursion was wanted and is to be had.
  message.writeUInt16BE(0x8180 | (zone ? 0 : NO_SUCH_NAME), 2);
  message.writeUInt16BE(addresses.length, 6);
  message.writeUInt32BE(0, 8);
  return Buffer.concat([message, ...addresses.map((address) => recordOf(type, address))]);
}

function recordOf(type: string, address: string): Buffer {
  const data =
    type === 'A' ? Buffer.from(address.split('.').map(Number)) : Buffer.from(address.replaceAll(':', ''), 'hex');
  const record = Buffer.alloc(12);
  record.writeUInt16BE(SAME_NAME, 0);
  record.writeUInt16BE(type === 'A' ? 1 : 28, 2);
  record.writeUInt16BE(1, 4);
  record.writeUInt16BE(data.length, 10);
  return Buffer.concat([record, data]);
}
