/**
 * A connection through a SOCKS5 proxy (RFC 1928), with name and password (RFC 1929) where the proxy wants them.
 * Host names are resolved by the proxy.
 */
import { type Socket, connect, isIP } from 'node:net';

import { byName } from '../lookup/index.js';
import { joinHostPort, wrapError } from './errors.js';
import { CONNECT_TIMEOUT_MS, type Proxy } from './proxy.js';

const VERSION = 5;
const NO_AUTH = 0;
const BY_PASSWORD = 2;
const CONNECT = 1;
const IPV4 = 1;
const DOMAIN = 3;
const IPV6 = 4;

const REPLIES: readonly string[] = [
  'succeeded',
  'general SOCKS server failure',
  'connection not allowed by ruleset',
  'network unreachable',
  'host unreachable',
  'connection refused',
  'TTL expired',
  'command not supported',
  'address type not supported',
];

export async function connectBySocks(proxy: Proxy, host: string, port: number): Promise<Socket> {
  const socket = connect({ host: proxy.host, port: proxy.port, timeout: CONNECT_TIMEOUT_MS, ...byName });
  socket.once('timeout', () => socket.destroy(new Error('i/o timeout')));
  const reader = new Reader(socket);
  try {
    await reader.connected();
  } catch (error) {
    socket.destroy();
    throw wrapError('proxyconnect tcp', error);
  }
  try {
    await shakeHands(socket, reader, proxy);
    socket.write(connectRequest(host, port));
    await readReply(reader);
    socket.setTimeout(0);
    return reader.release();
  } catch (error) {
    socket.destroy();
    throw wrapError(`socks connect tcp ${joinHostPort(proxy.host, proxy.port)}`, error);
  }
}

async function shakeHands(socket: Socket, reader: Reader, { user }: Proxy): Promise<void> {
  socket.write(Buffer.from(user ? [VERSION, 2, NO_AUTH, BY_PASSWORD] : [VERSION, 1, NO_AUTH]));
  const [version, method] = await reader.take(2);
  if (version !== VERSION) throw new Error(`unexpected protocol version ${version}`);
  if (method === NO_AUTH) return;
  if (method !== BY_PASSWORD || !user) throw new Error('no acceptable authentication methods');
  socket.write(Buffer.concat([Buffer.from([1]), lengthFirst(user.name), lengthFirst(user.password)]));
  const [, status] = await reader.take(2);
  if (status !== 0) throw new Error('username/password authentication failed');
}

function connectRequest(host: string, port: number): Buffer {
  const family = isIP(host);
  const address =
    family === 4
      ? Buffer.from([IPV4, ...host.split('.').map(Number)])
      : family === 6
        ? Buffer.concat([Buffer.from([IPV6]), bytesOfIpv6(host)])
        : Buffer.concat([Buffer.from([DOMAIN]), lengthFirst(host)]);
  return Buffer.concat([Buffer.from([VERSION, CONNECT, 0]), address, Buffer.from([port >> 8, port & 0xff])]);
}

async function readReply(reader: Reader): Promise<void> {
  const [version, reply, , kind] = await reader.take(4);
  if (version !== VERSION) throw new Error(`unexpected protocol version ${version}`);
  if (reply !== 0) throw new Error(REPLIES[reply as number] ?? `unknown code: ${reply}`);
  const length = kind === IPV4 ? 4 : kind === IPV6 ? 16 : ((await reader.take(1))[0] as number);
  await reader.take(length + 2);
}

function lengthFirst(text: string): Buffer {
  const bytes = Buffer.from(text);
  if (bytes.length > 255) throw new Error('FQDN too long');
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

function bytesOfIpv6(address: string): Buffer {
  // The URL parser writes any form out as groups of hex digits; only `::` is left to fill.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const all = [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right];
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex');
}

/** Takes exact numbers of bytes from a socket and gives back what was not asked for. */
class Reader {
  #buffer = Buffer.alloc(0);
  #wake: (() => void) | undefined;
  #failure: Error | undefined;
  readonly #onData = (chunk: Buffer): void => {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    this.#wake?.();
  };
  readonly #onEnd = (error?: unknown): void => {
    this.#failure ??= typeof error === 'object' ? (error as Error) : new Error('EOF');
    this.#wake?.();
  };

  constructor(readonly socket: Socket) {
    socket.once('connect', () => this.#wake?.());
    socket.on('data', this.#onData).on('error', this.#onEnd).on('close', this.#onEnd);
  }

  async connected(): Promise<void> {
    while (this.socket.connecting) {
      if (this.#failure) throw this.#failure;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    if (this.#failure) throw this.#failure;
  }

  async take(count: number): Promise<Buffer> {
    while (this.#buffer.length < count) {
      if (this.#failure) throw this.#failure;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const taken = this.#buffer.subarray(0, count);
    this.#buffer = this.#buffer.subarray(count);
    return taken;
  }

  release(): Socket {
    this.socket.pause();
    this.socket.off('data', this.#onData).off('error', this.#onEnd).off('close', this.#onEnd);
    if (this.#buffer.length > 0) this.socket.unshift(this.#buffer);
    return this.socket;
  }
}
