/**
 * How a connection to a target comes about: straight, through a tunnel that a proxy opens (CONNECT), or through SOCKS5.
 * TLS to the target, with its ALPN, is the same over each of them.
 */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';

import { buildConnector } from 'undici';

import { byName } from '../lookup/index.js';
import { joinHostPort, wrapError } from './errors.js';
import { CONNECT_TIMEOUT_MS, type Proxy } from './proxy.js';
import { connectBySocks } from './socks.js';
import type { TlsMaterial } from './tls.js';

type Connector = buildConnector.connector;
type Target = buildConnector.Options;

export interface ConnectOptions {
  readonly tls: TlsMaterial['options'];
  readonly http2: boolean;
}

export function directConnector({ tls, http2 }: ConnectOptions): Connector {
  const connect = buildConnector({ ...tls, ...byName, allowH2: http2, timeout: CONNECT_TIMEOUT_MS });
  // The name that is verified is the target's or the configured one, never what a Host header says.
  return ({ servername: _ignored, ...target }, callback) => connect(target, callback);
}

/** To a proxy that is to fetch for us. */
export function toProxyConnector(options: ConnectOptions): Connector {
  const connect = directConnector(options);
  return (target, callback) =>
    connect(target, (...[error, socket]) =>
      error ? callback(wrapError('proxyconnect tcp', error), null) : callback(null, socket),
    );
}

/** To the proxy, then through it. */
export function proxiedConnector(proxy: Proxy, options: ConnectOptions): Connector {
  const secure = directConnector(options);
  const open = proxy.protocol === 'socks5:' ? connectBySocks : openTunnel;
  return (target, callback) => {
    const port = Number(target.port) || (target.protocol === 'https:' ? 443 : 80);
    open(proxy, target.hostname.replace(/^\[|\]$/g, ''), port, options.tls).then(
      (socket) =>
        target.protocol === 'https:'
          ? secure({ ...target, httpSocket: socket } as Target, callback)
          : callback(null, socket),
      (error: Error) => callback(error, null),
    );
  };
}

function openTunnel(proxy: Proxy, host: string, port: number, tls: TlsMaterial['options']): Promise<Socket> {
  const authority = joinHostPort(host, port);
  const common = {
    method: 'CONNECT',
    host: proxy.host,
    port: proxy.port,
    path: authority,
    headers: tunnelHeaders(proxy, authority),
    agent: false as const,
    timeout: CONNECT_TIMEOUT_MS,
    ...byName,
  };
  return new Promise((resolve, reject) => {
    const request =
      proxy.protocol === 'https:' ? httpsRequest({ servername: proxy.host, ...tls, ...common }) : httpRequest(common);
    request
      .once('connect', (response, socket) => {
        socket.setTimeout(0);
        if (response.statusCode === 200) return resolve(socket);
        socket.destroy();
        reject(new Error(response.statusMessage || `proxy answered ${response.statusCode}`));
      })
      .once('response', (response) => {
        response.destroy();
        reject(new Error(response.statusMessage || `proxy answered ${response.statusCode}`));
      })
      .once('timeout', () => request.destroy(new Error('i/o timeout')))
      .once('error', (error) => reject(wrapError('proxyconnect tcp', error)))
      .end();
  });
}

function tunnelHeaders(proxy: Proxy, authority: string): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = { Host: authority };
  for (const [name, value] of proxy.connectHeaders) headers[name] = [...(headers[name] ?? []), value];
  const authorization = proxyAuthorization(proxy);
  if (authorization !== undefined) headers['Proxy-Authorization'] = authorization;
  return headers;
}

export const proxyAuthorization = ({ user }: Proxy): string | undefined =>
  user && `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`;
