/** A connection to the mail server, before the first word of SMTP: plain, or TLS from the first byte. */
import { type Socket, connect, isIP } from 'node:net';
import { type TLSSocket, connect as connectTls } from 'node:tls';

import type { HostPort } from '../../config/host-port.js';
import type { CancelSignal } from '../../platform/cancel-signal.js';
import type { TlsMaterial } from '../../platform/http-client/index.js';
import { byName } from '../../platform/lookup/index.js';

export type TlsOptions = TlsMaterial['options'];

/** The name that the certificate must be for: configured, or the server's own. */
export function tlsOptionsFor({ host }: HostPort, options: TlsOptions): TlsOptions & { readonly host: string } {
  const servername = options.servername ?? host;
  return { ...options, host: servername, ...(isIP(servername) === 0 && servername !== '' ? { servername } : {}) };
}

/** Rejects with the socket's error, or with the reason of the signal. */
export function openSocket(
  { host, port }: HostPort,
  tls: TlsOptions | undefined,
  signal: CancelSignal,
): Promise<Socket | TLSSocket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return void reject(signal.reason as Error);
    const target = { host: host || 'localhost', port: Number(port), ...byName };
    const socket = tls ? connectTls({ ...tls, socket: connect(target) }) : connect(target);
    const settle = (): void => {
      signal.removeEventListener('abort', giveUp);
      socket.removeListener('error', fail);
    };
    const fail = (error: Error): void => {
      settle();
      socket.destroy();
      reject(error);
    };
    const giveUp = (): void => fail(signal.reason as Error);
    socket.once('error', fail);
    signal.addEventListener('abort', giveUp, { once: true });
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      settle();
      resolve(socket);
    });
  });
}
