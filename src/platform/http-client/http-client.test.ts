import { generateKeyPairSync, verify } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, type Socket, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from '@jest/globals';

import {
  type LoopbackServer,
  startHttp,
  startHttp2,
  startHttps,
  startProxy,
  startSocks,
  tlsFile,
  tlsText,
} from '../../../test/support/loopback.js';
import { VirtualClock, settle } from '../../../test/support/virtual-clock.js';
import { Secret } from '../../config/secret.js';
import type { CancelSignal } from '../cancel-signal.js';
import { systemIds } from '../ids.js';
import { type HttpClientFactory, type HttpSettings, createHttpClientFactory } from './index.js';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

const keep = async <T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
  const started = await starting;
  cleanUp.push(() => started.close());
  return started;
};

const clock = new VirtualClock();
function factory(environment: Record<string, string> = {}): HttpClientFactory {
  const made = createHttpClientFactory({ clock, ids: systemIds, version: '0.34.0', environment });
  cleanUp.push(() => made.close());
  return made;
}

const client = (settings: HttpSettings = {}, environment: Record<string, string> = {}) =>
  factory(environment).client(settings);
const url = (server: { port: number }, path = '/hook', scheme = 'http'): string =>
  `${scheme}://127.0.0.1:${server.port}${path}`;
const secret = (text: string): Secret => new Secret(text);

function temporaryFile(text: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'http-client-'));
  cleanUp.push(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'value');
  writeFileSync(path, text);
  return path;
}

const failure = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
  } catch (error) {
    return (error as Error).message;
  }
  return 'no failure';
};

const lastHeaders = (server: LoopbackServer) => server.received.at(-1)?.headers ?? {};

describe('a request', () => {
  it('carries method, path, body and who we are, over one kept connection', async () => {
    const server = await keep(startHttp(() => ({ status: 201, headers: { 'X-Id': '7' }, body: 'grüß' })));
    const http = client();
    for (let i = 0; i < 3; i++) {
      const response = await http.post({
        url: url(server, '/a?b=c'),
        headers: { 'Content-Type': 'application/json' },
        body: '{}',
      });
      expect([response.status, response.headers.get('x-id'), response.text]).toEqual([201, '7', 'grüß']);
      // The connection is free again a moment after its answer is read.
      await settle();
    }
    expect(server.received[2]).toMatchObject({ method: 'POST', url: '/a?b=c', body: '{}' });
    expect(lastHeaders(server)).toMatchObject({
      'user-agent': 'Alertmanager/0.34.0',
      'content-type': 'application/json',
      'content-length': '2',
    });
    expect(lastHeaders(server)).not.toHaveProperty('accept-encoding');
    expect(server.connections()).toBe(1);
  });

  it.each([
    ['/a/../b/./c//d', '/a/../b/./c//d'],
    ['/a b?c=d e', '/a%20b?c=d%20e'],
    ['/é?ü=<ö>', '/%C3%A9?%C3%BC=<%C3%B6>'],
    ['?q', '/?q'],
    ['', '/'],
    ['/a#fragment', '/a'],
  ])('to %p asks for %p', async (written, sent) => {
    const server = await keep(startHttp());
    await client().post({ url: `http://127.0.0.1:${server.port}${written}` });
    expect(server.received[0]?.url).toBe(sent);
  });

  it('keeps no more of the answer than it is told', async () => {
    const server = await keep(startHttp(() => ({ body: 'x'.repeat(100_000) })));
    const { text } = await client().post({ url: url(server), responseLimitBytes: 10 });
    expect(text).toBe('xxxxxxxxxx');
  });

  it.each([
    ['http://127.0.0.1:1/secret', 'Post "<redacted>": dial tcp 127.0.0.1:1: connect: connection refused'],
    ['secret', 'Post "<redacted>": unsupported protocol scheme ""'],
    ['ftp://secret/', 'Post "<redacted>": unsupported protocol scheme "ftp"'],
    ['http://', 'Post "<redacted>": http: no Host in request URL'],
    ['http://127.0.0.1:x/secret', 'parse "<redacted>": invalid port ":x" after host'],
    ['http://127.0.0.1:1/%zz', 'parse "<redacted>": invalid URL escape "%zz"'],
    ['http://127.0.0.1:1/\u0001', 'parse "<redacted>": net/url: invalid control character in URL'],
  ])('to %s fails without showing the URL', async (target, message) => {
    expect(await failure(client().post({ url: target }))).toBe(message);
  });

  it('that is hung up on says so', async () => {
    const server = await keep(startHttp(() => undefined));
    server.answer = () => {
      void server.close();
      return undefined;
    };
    expect(await failure(client().post({ url: url(server) }))).toBe('Post "<redacted>": EOF');
  });

  it('ends when its own time is up', async () => {
    const server = await keep(startHttp(() => undefined));
    const sent = failure(client().post({ url: url(server), timeoutMs: 10_000 }));
    while (server.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(9_999);
    expect(clock.pending).toBe(1);
    await clock.advance(1);
    expect(await sent).toBe('Post "<redacted>": context deadline exceeded');
    expect(clock.pending).toBe(0);
  });

  it.each([
    [new DOMException('deadline', 'TimeoutError'), 'context deadline exceeded'],
    [undefined, 'context canceled'],
  ])('ends when the caller gives up (%#)', async (reason, text) => {
    const server = await keep(startHttp(() => undefined));
    const controller = new AbortController();
    server.answer = () => void controller.abort(reason);
    expect(await failure(client().post({ url: url(server), signal: controller.signal }))).toBe(
      `Post "<redacted>": ${text}`,
    );
  });
});

/** The least that a signal must be able to do. */
class OwnSignal implements CancelSignal {
  aborted = false;
  reason: unknown = new DOMException('context canceled', 'AbortError');
  readonly #listeners = new Set<() => void>();

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.delete(listener);
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  abort(): void {
    this.aborted = true;
    for (const listener of this.#listeners) listener();
  }
}

describe('a signal that is none of the platform', () => {
  it('ends a request that has no connection yet', async () => {
    // TLS begins with a word of the other side.
    const silent = createServer().listen(0, '127.0.0.1');
    cleanUp.push(() => silent.close());
    await once(silent, 'listening');
    const signal = new OwnSignal();
    const { port } = silent.address() as AddressInfo;
    const sent = failure(client().post({ url: `https://127.0.0.1:${port}/`, signal }));
    const [socket] = (await once(silent, 'connection')) as [Socket];
    signal.abort();
    expect(await sent).toBe('Post "<redacted>": context canceled');
    socket.destroy();
    // A connection is waited for longer.
  }, 5_000);

  const ca = { caFile: tlsFile('ca.pem') };
  it.each<[string, () => Promise<LoopbackServer>]>([
    ['http', startHttp],
    ['https', startHttps],
    ['https', startHttp2],
  ])('ends a request over %s (%#), and is let go of after another', async (scheme, open) => {
    const server = await keep(open());
    const made = client({ tlsConfig: ca });
    const signal = new OwnSignal();
    expect((await made.post({ url: url(server, '/', scheme), signal })).status).toBe(200);
    expect(signal.listeners).toBe(0);
    server.answer = () => void signal.abort();
    expect(await failure(made.post({ url: url(server, '/', scheme), signal }))).toBe(
      'Post "<redacted>": context canceled',
    );
  });
});

describe('credentials', () => {
  const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

  it.each<[string, () => HttpSettings, string]>([
    ['basic', () => ({ basicAuth: { username: 'u', password: secret('p') } }), basic('u:p')],
    [
      'basic from files, trimmed',
      () => ({ basicAuth: { usernameFile: temporaryFile(' u\n'), passwordFile: temporaryFile('p\n') } }),
      basic('u:p'),
    ],
    ['bearer', () => ({ authorization: { credentials: secret('t') } }), 'Bearer t'],
    ['own type', () => ({ authorization: { type: 'Token', credentials: secret('t') } }), 'Token t'],
    ['from a file', () => ({ authorization: { credentialsFile: temporaryFile('t\n') } }), 'Bearer t'],
    ['old bearer token', () => ({ bearerToken: secret('t') }), 'Bearer t'],
    ['old bearer file', () => ({ bearerTokenFile: temporaryFile('t\n') }), 'Bearer t'],
  ])('%s', async (_name, settings, expected) => {
    const server = await keep(startHttp());
    await client(settings()).post({ url: url(server) });
    expect(lastHeaders(server).authorization).toBe(expected);
  });

  it('of a file are read for each request', async () => {
    const server = await keep(startHttp());
    const path = temporaryFile('one');
    const http = client({ authorization: { credentialsFile: path } });
    await http.post({ url: url(server) });
    writeFileSync(path, 'two');
    await http.post({ url: url(server) });
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual(['Bearer one', 'Bearer two']);
  });

  it('leave a header alone that the request brings, and one in the URL', async () => {
    const server = await keep(startHttp());
    const http = client({ basicAuth: { username: 'u', password: secret('p') } });
    await http.post({ url: url(server), headers: { Authorization: 'GenieKey k' } });
    expect(lastHeaders(server).authorization).toBe('GenieKey k');
    await http.post({ url: `http://a%40b:c@127.0.0.1:${server.port}/` });
    expect(lastHeaders(server).authorization).toBe(basic('a@b:c'));
  });

  it('that cannot be read fail the request and name the file', async () => {
    const http = client({ authorization: { credentialsFile: '/nowhere/token' } });
    expect(await failure(http.post({ url: 'http://127.0.0.1:1/secret' }))).toBe(
      'Post "<redacted>": unable to read authorization credentials: unable to read file /nowhere/token: open /nowhere/token: no such file or directory',
    );
  });

  it('by reference to a secret store cannot be built', () => {
    expect(() => client({ authorization: { credentialsRef: 'x' } })).toThrow('cannot use secret ref without manager');
  });
});

it('adds custom headers, each value on its own', async () => {
  const server = await keep(startHttp());
  const path = temporaryFile(' from-file\n');
  const httpHeaders = new Map([
    ['x-scope-orgid', { values: ['a', 'b'], secrets: [secret('c')], files: [path] }],
    ['X-Other', { values: ['d'] }],
  ]);
  await client({ httpHeaders }).post({ url: url(server) });
  const raw = server.received[0]?.rawHeaders ?? [];
  const values = raw.filter((_, i) => raw[i - 1] === 'X-Scope-Orgid');
  expect(values).toEqual(['a', 'b', 'c', 'from-file']);
  expect(lastHeaders(server)['x-other']).toBe('d');
});

describe('redirects', () => {
  const to = (location: string, status: number) => ({ status, headers: { Location: location } });

  it.each([
    [301, 'GET', ''],
    [302, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', '{}'],
    [308, 'POST', '{}'],
  ])('%d continue as %s', async (status, method, body) => {
    const server = await keep(startHttp(({ url }) => (url === '/hook' ? to('/next', status) : {})));
    const sent = { url: url(server), body: '{}', headers: { 'Content-Type': 'application/json' } };
    const response = await client({ bearerToken: secret('t') }).post(sent);
    expect(response.status).toBe(200);
    expect(server.received[1]).toMatchObject({ method, body, url: '/next' });
    expect(lastHeaders(server).authorization).toBe('Bearer t');
    expect(lastHeaders(server)['content-type']).toBe(method === 'POST' ? 'application/json' : undefined);
  });

  it('are the answer when they are not to be followed, or lead nowhere', async () => {
    const server = await keep(startHttp(() => to('/next', 302)));
    expect((await client({ followRedirects: false }).post({ url: url(server) })).status).toBe(302);
    server.answer = () => ({ status: 302 });
    expect((await client().post({ url: url(server) })).status).toBe(302);
  });

  it('end after ten', async () => {
    const server = await keep(startHttp(() => to('/hook', 307)));
    expect(await failure(client().post({ url: url(server) }))).toBe('Post "<redacted>": stopped after 10 redirects');
    expect(server.received).toHaveLength(10);
  });

  it('take no credentials to another host, nor back from it', async () => {
    const server = await keep(startHttp());
    const away = `http://localhost:${server.port}/away`;
    const answers = [to(away, 307), to(url(server, '/back'), 307), {}];
    server.answer = () => answers.shift();
    const httpHeaders = new Map([
      ['Cookie', { values: ['s=1'] }],
      ['X-Team', { values: ['a'] }],
    ]);
    await client({ basicAuth: { username: 'u', password: secret('p') }, httpHeaders }).post({ url: url(server) });
    expect(
      server.received.map(({ headers }) => [headers.authorization !== undefined, headers.cookie, headers['x-team']]),
    ).toEqual([
      [true, 's=1', 'a'],
      [false, undefined, 'a'],
      [false, undefined, 'a'],
    ]);
  });
});

describe('TLS', () => {
  const ca = { caFile: tlsFile('ca.pem') };
  const https = (server: LoopbackServer): string => url(server, '/hook', 'https');

  it.each<[string, HttpSettings, string]>([
    ['ca from a file', { tlsConfig: ca }, 'ok'],
    ['ca inline', { tlsConfig: { ca: tlsText('ca.pem') } }, 'ok'],
    ['no check', { tlsConfig: { insecureSkipVerify: true } }, 'ok'],
    ['unknown authority', {}, 'x509: certificate signed by unknown authority'],
    ['other authority', { tlsConfig: { caFile: tlsFile('other-ca.pem') } }, 'x509: certificate signed by unknown'],
    [
      'other name',
      { tlsConfig: { ...ca, serverName: 'alerts.internal' } },
      'x509: certificate is valid for localhost, not alerts.internal',
    ],
  ])('%s', async (_name, settings, expected) => {
    const server = await keep(startHttps());
    const result = await failure(client(settings).post({ url: https(server) }));
    expect(result === 'no failure' ? 'ok' : result).toContain(expected);
  });

  it('verifies by the configured name', async () => {
    const pair = { cert: tlsText('named.pem'), key: tlsText('named.key') };
    const server = await keep(startHttps(undefined, pair));
    const { status } = await client({ tlsConfig: { ...ca, serverName: 'alerts.internal' } }).post({
      url: https(server),
    });
    expect(status).toBe(200);
  });

  it('shows a client certificate, and the new one when the files change', async () => {
    const seen: unknown[] = [];
    const options = { ca: tlsText('ca.pem'), requestCert: true, rejectUnauthorized: true };
    const server = await keep(startHttps(undefined, options));
    const [certFile, keyFile] = [temporaryFile(tlsText('client.pem')), temporaryFile(tlsText('client.key'))];
    const http = client({ tlsConfig: { ...ca, certFile, keyFile } });
    seen.push((await http.post({ url: https(server) })).status, server.connections());
    await http.post({ url: https(server) });
    seen.push(server.connections());
    writeFileSync(certFile, tlsText('client-two.pem'));
    writeFileSync(keyFile, tlsText('client-two.key'));
    seen.push((await http.post({ url: https(server) })).status, server.connections());
    expect(seen).toEqual([200, 1, 1, 200, 2]);
    expect(await failure(client({ tlsConfig: ca }).post({ url: https(server) }))).toContain('Post "<redacted>": ');
  });

  it.each<[string, HttpSettings, string]>([
    ['lower', { tlsConfig: { ...ca, maxVersion: 'TLS12' } }, 'failure'],
    ['enough', { tlsConfig: { ...ca, minVersion: 'TLS12' } }, 'ok'],
    ['none at all', { tlsConfig: { ...ca, maxVersion: 'TLS11' } }, 'failure'],
  ])('versions: %s', async (_name, settings, expected) => {
    const server = await keep(startHttps(undefined, { minVersion: 'TLSv1.3' }));
    const result = await failure(client(settings).post({ url: https(server) }));
    expect(result === 'no failure' ? 'ok' : 'failure').toBe(expected);
  });

  it.each<[HttpSettings['tlsConfig'], string]>([
    [
      { caFile: '/nowhere/ca' },
      'unable to read CA cert: unable to read file /nowhere/ca: open /nowhere/ca: no such file or directory',
    ],
    [{ ca: 'nonsense' }, 'unable to use specified CA cert inline'],
    [
      { certFile: '/nowhere/c', key: secret('k') },
      'unable to read specified client cert: unable to read file /nowhere/c',
    ],
    [
      { cert: tlsText('client.pem'), key: secret(tlsText('server.key')) },
      'unable to use specified client cert (inline) & key (inline): ',
    ],
    [{ minVersion: 'TLS13', maxVersion: 'TLS12' }, 'tls_config.max_version must be greater than or equal to'],
    [{ caRef: 'x' }, 'cannot use secret ref without manager'],
  ])('cannot be built: %j', (tlsConfig, message) => {
    expect(() => client({ tlsConfig })).toThrow(message);
  });

  it.each([
    [true, '2.0'],
    [false, '1.1'],
  ])('speaks HTTP/2 where both can (%p)', async (enableHttp2, version) => {
    const server = await keep(startHttp2());
    const http = client({ tlsConfig: ca, enableHttp2, bearerToken: secret('t') });
    await Promise.all(Array.from({ length: 5 }, () => http.post({ url: https(server), body: '{"a":1}' })));
    expect(server.received).toHaveLength(5);
    expect(server.received[4]).toMatchObject({ httpVersion: version, body: '{"a":1}', url: '/hook' });
    expect(lastHeaders(server)).toMatchObject({ authorization: 'Bearer t', 'user-agent': 'Alertmanager/0.34.0' });
  });
});

describe('proxies', () => {
  const ca = { caFile: tlsFile('ca.pem') };

  it('forward plain URLs', async () => {
    const [server, proxy] = await Promise.all([keep(startHttp()), keep(startProxy({ user: 'n:p' }))]);
    const http = client({
      proxyUrl: secret(`http://n:p@127.0.0.1:${proxy.port}`),
      proxyConnectHeader: new Map([['X-C', [secret('1')]]]),
    });
    expect((await http.post({ url: url(server, '/a?b'), body: '{}' })).status).toBe(200);
    expect(proxy.asked).toEqual([`POST ${url(server, '/a?b')}`]);
    expect(proxy.headers[0]).toMatchObject({ host: `127.0.0.1:${server.port}` });
    expect(proxy.headers[0]).not.toHaveProperty('x-c');
    expect(server.received[0]).toMatchObject({ url: '/a?b', body: '{}' });
  });

  it.each([[true], [false]])('open tunnels for TLS, with headers of their own (HTTP/2 %p)', async (enableHttp2) => {
    const [server, proxy] = await Promise.all([keep(startHttp2()), keep(startProxy({ user: 'n:p' }))]);
    const proxyConnectHeader = new Map([['X-C', [secret('1'), secret('2')]]]);
    const http = client({
      tlsConfig: ca,
      enableHttp2,
      proxyUrl: secret(`http://n:p@127.0.0.1:${proxy.port}`),
      proxyConnectHeader,
    });
    for (let i = 0; i < 2; i++) expect((await http.post({ url: url(server, '/hook', 'https') })).status).toBe(200);
    expect(proxy.asked).toEqual([`CONNECT 127.0.0.1:${server.port}`]);
    expect(proxy.headers[0]).toMatchObject({ 'x-c': '1, 2', host: `127.0.0.1:${server.port}` });
    expect(server.received[0]?.httpVersion).toBe(enableHttp2 ? '2.0' : '1.1');
  });

  it.each([['http'], ['https']])('may be reached by TLS themselves (%s target)', async (scheme) => {
    const starting = scheme === 'http' ? startHttp() : startHttps();
    const [server, proxy] = await Promise.all([keep(starting), keep(startProxy({ tls: true }))]);
    const http = client({ tlsConfig: ca, proxyUrl: secret(`https://localhost:${proxy.port}`) });
    expect((await http.post({ url: url(server, '/hook', scheme) })).status).toBe(200);
    expect(proxy.asked).toHaveLength(1);
  });

  it.each([
    ['http', ''],
    ['https', ''],
    ['http', 'n:p'],
  ])('by SOCKS5 (%s target, user "%s")', async (scheme, user) => {
    const starting = scheme === 'http' ? startHttp() : startHttps();
    const [server, proxy] = await Promise.all([keep(starting), keep(startSocks(user ? { user } : {}))]);
    const http = client({ tlsConfig: ca, proxyUrl: secret(`socks5://${user && `${user}@`}127.0.0.1:${proxy.port}`) });
    const target = `${scheme}://localhost:${server.port}/hook`;
    expect((await http.post({ url: target, body: 'x' })).status).toBe(200);
    expect(proxy.asked).toEqual([`localhost:${server.port}`]);
  });

  it.each<[string, (port: number) => string, string]>([
    [
      'refused by a tunnel',
      (port) => `http://x:y@127.0.0.1:${port}`,
      'Post "<redacted>": Proxy Authentication Required',
    ],
    [
      'not there',
      () => 'http://127.0.0.1:1',
      'Post "<redacted>": proxyconnect tcp: dial tcp 127.0.0.1:1: connect: connection refused',
    ],
    [
      'of SOCKS, not there',
      () => 'socks5://127.0.0.1:1',
      'Post "<redacted>": proxyconnect tcp: dial tcp 127.0.0.1:1: connect: connection refused',
    ],
    ['of an unknown kind', () => 'foo://bar', 'Post "<redacted>": unsupported proxy scheme "foo"'],
    ['that is none', () => 'foo', 'Post "<redacted>": invalid proxy address'],
  ])('%s', async (_name, proxyUrl, message) => {
    const proxy = await keep(startProxy({ user: 'n:p' }));
    const http = client({ proxyUrl: secret(proxyUrl(proxy.port)) });
    expect(await failure(http.post({ url: 'https://127.0.0.1:9/secret' }))).toBe(message);
  });

  it('are left aside for this machine when there is a list, and come from the environment only when asked', async () => {
    const [server, proxy] = await Promise.all([keep(startHttp()), keep(startProxy())]);
    const proxyUrl = `http://127.0.0.1:${proxy.port}`;
    await client({ proxyUrl: secret(proxyUrl), noProxy: 'example.com' }).post({ url: url(server) });
    await client({}, { HTTP_PROXY: proxyUrl }).post({ url: url(server) });
    expect(proxy.asked).toEqual([]);
    const { status } = await client({ proxyFromEnvironment: true }, { http_proxy: `127.0.0.1:${proxy.port}` }).post({
      url: `http://no-such-host.invalid:${server.port}/`,
    });
    expect([status, proxy.asked]).toEqual([502, [`POST http://no-such-host.invalid:${server.port}/`]]);
  });
});

describe('OAuth2', () => {
  const token = (body: object, headers = { 'Content-Type': 'application/json' }) => ({
    headers,
    body: JSON.stringify(body),
  });
  const oauth2 = (server: LoopbackServer) => ({
    clientId: 'id&1',
    clientSecret: secret('s/1'),
    tokenUrl: url(server, '/token'),
  });

  it('asks for a token once and uses it until it is about to expire', async () => {
    let issued = 0;
    const endpoint = await keep(
      startHttp(() => token({ access_token: `t${++issued}`, token_type: 'bearer', expires_in: 60 })),
    );
    const server = await keep(startHttp());
    const settings = { ...oauth2(endpoint), scopes: ['a', 'b'], endpointParams: new Map([['audience', 'x']]) };
    const http = client({ oauth2: settings });
    await Promise.all([http.post({ url: url(server) }), http.post({ url: url(server) })]);
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual(['Bearer t1', 'Bearer t1']);
    expect(endpoint.received).toHaveLength(1);
    expect(endpoint.received[0]).toMatchObject({
      body: 'audience=x&grant_type=client_credentials&scope=a+b',
      headers: {
        authorization: `Basic ${Buffer.from('id%261:s%2F1').toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
        'user-agent': 'Alertmanager/0.34.0',
      },
    });
    await clock.advance(50_000);
    await http.post({ url: url(server) });
    expect(lastHeaders(server).authorization).toBe('Bearer t2');
  });

  it('tries form fields when Basic is refused, and remembers', async () => {
    const endpoint = await keep(
      startHttp(({ headers }) =>
        headers.authorization
          ? { status: 401, body: '{"error":"invalid_client"}' }
          : token({ access_token: 't', expires_in: '1' }),
      ),
    );
    const server = await keep(startHttp());
    const http = client({ oauth2: oauth2(endpoint) });
    await http.post({ url: url(server) });
    await http.post({ url: url(server) });
    expect(endpoint.received.map(({ body }) => body)).toEqual([
      'grant_type=client_credentials',
      'client_id=id%261&client_secret=s%2F1&grant_type=client_credentials',
      'client_id=id%261&client_secret=s%2F1&grant_type=client_credentials',
    ]);
  });

  it.each([
    [{ status: 500, body: 'oops' }, 'oauth2: cannot fetch token: 500 Internal Server Error\nResponse: oops'],
    [token({ error: 'invalid_client', error_description: 'who?' }), 'oauth2: "invalid_client" "who?"'],
    [token({}), 'oauth2: server response missing access_token'],
    [{ body: '[' }, 'oauth2: cannot parse json: the answer is not an object'],
  ])('says what the endpoint said (%#)', async (reply, message) => {
    const endpoint = await keep(startHttp(() => reply));
    const text = await failure(client({ oauth2: oauth2(endpoint) }).post({ url: 'http://127.0.0.1:1/' }));
    expect(text).toBe(`Post "<redacted>": ${message}`);
  });

  it.each(['RS256', 'RS384', 'RS512'])('signs assertions by %s', async (signatureAlgorithm) => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const endpoint = await keep(startHttp(() => token({ access_token: 't' })));
    const server = await keep(startHttp());
    const http = client({
      oauth2: {
        ...oauth2(endpoint),
        clientSecret: undefined,
        grantType: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        clientCertificateKey: secret(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
        clientCertificateKeyId: 'kid-1',
        signatureAlgorithm,
        claims: new Map<string, unknown>([['extra', new Map([['a', 12n]])]]),
      },
    });
    await http.post({ url: url(server) });
    const form = new URLSearchParams(endpoint.received[0]?.body);
    const [header = '', payload = '', signature = ''] = (form.get('assertion') ?? '').split('.');
    const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
    expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    expect(read(header)).toEqual({ alg: signatureAlgorithm, kid: 'kid-1', typ: 'JWT' });
    const at = Math.floor(clock.now() / 1000);
    expect(read(payload)).toMatchObject({
      iss: 'id&1',
      sub: 'id&1',
      aud: url(endpoint, '/token'),
      iat: at,
      exp: at + 600,
      extra: { a: 12 },
    });
    const hash = signatureAlgorithm.replace('RS', 'sha');
    expect(verify(hash, Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(signature, 'base64url'))).toBe(
      true,
    );
    expect(lastHeaders(server).authorization).toBe('Bearer t');
  });
});
