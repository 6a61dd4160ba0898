import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';

import { type ListenAddress, parseListenAddress } from './listen-address.js';

/**
 * The sockets that the server listens on. They are bound first of all, so that their ports are known and a taken port is told
 * before anything else starts; connections that come early wait until the server takes them.
 *
 * Keeps: all are bound or none.
 */
export interface Listeners {
  readonly addresses: readonly AddressInfo[];
  /** Hands over every connection, those that waited first. Called once. */
  accept(take: (socket: Socket) => void): void;
  /** Tells of each connection that was closed because there are too many. */
  onDrop(call: () => void): void;
  /** Takes no new connections. */
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly addresses: readonly string[];
  /** Take the sockets that systemd has opened instead. */
  readonly systemdSocket?: boolean;
  /** More connections than this, over all addresses, are closed at once. */
  readonly maxConnections?: number;
}

type Target = ListenAddress | { readonly fd: number };

export async function openListeners({ addresses, systemdSocket, maxConnections }: ListenOptions): Promise<Listeners> {
  const targets = systemdSocket ? systemdTargets(process.env) : addresses.map(parseListenAddress);
  if (targets.length === 0) throw new Error('no address to listen on');
  const servers: Server[] = [];
  const gate = new Gate();
  try {
    for (const target of targets) servers.push(await bind(target, gate));
  } catch (error) {
    await Promise.all(servers.map(closeServer));
    throw error;
  }
  if (maxConnections !== undefined)
    for (const server of servers) server.maxConnections = Math.ceil(maxConnections / servers.length);
  return {
    addresses: servers.map((server) => server.address() as AddressInfo),
    accept: (take) => gate.open(take),
    onDrop: (call) => servers.forEach((server) => server.on('drop', call)),
    close: async () => void (await Promise.all(servers.map(closeServer))),
  };
}

/** Connections wait here until somebody takes them. */
class Gate {
  #take: ((socket: Socket) => void) | undefined;
  #waiting: Socket[] = [];

  pass(socket: Socket): void {
    if (this.#take) this.#take(socket);
    else this.#waiting.push(socket.on('error', () => socket.destroy()));
  }

  open(take: (socket: Socket) => void): void {
    this.#take = take;
    for (const socket of this.#waiting) if (!socket.destroyed) take(socket);
    this.#waiting = [];
  }
}

/** A batch of alerts mostly fits: else reading would be stopped and begun again for each, before anybody has taken it. */
const BATCH_BYTES = 128 * 1024;

function bind(target: Target, gate: Gate): Promise<Server> {
  // The same options that Node's own HTTP server gives its sockets, with more room than 16 or 64 KiB.
  const server = createServer({ allowHalfOpen: true, noDelay: true, highWaterMark: BATCH_BYTES });
  server.on('connection', (socket) => gate.pass(socket));
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new Error(`listen ${describe(target)}`, { cause: error })));
    server.listen('fd' in target ? target : { port: target.port, ...(target.host ? { host: target.host } : {}) }, () =>
      resolve(server),
    );
  });
}

const describe = (target: Target): string =>
  'fd' in target ? `file descriptor ${target.fd}` : `${target.host ?? ''}:${target.port}`;

const FIRST_FD = 3;

/** systemd says how many sockets it opened, and for which process. */
export function systemdTargets(environment: NodeJS.ProcessEnv): Target[] {
  const count = Number(environment['LISTEN_FDS'] ?? 0);
  const isForUs = Number(environment['LISTEN_PID'] ?? 0) === process.pid;
  if (!isForUs || !(count > 0)) throw new Error('no socket activation file descriptors found');
  return Array.from({ length: count }, (_unused, i) => ({ fd: FIRST_FD + i }));
}

const closeServer = (server: Server): Promise<void> => new Promise((resolve) => void server.close(() => resolve()));
