import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect as connectHttp2 } from 'node:http2';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { hashSync } from '@node-rs/bcrypt';
import { afterEach, describe, expect, it } from '@jest/globals';

import { type ApiServerOptions, startApiServer } from '../../../test/support/api-server.js';
import { VirtualClock } from '../../../test/support/virtual-clock.js';
import { failed, ok } from '../../domain/issue/index.js';
import { SECOND, duration } from '../../domain/time/index.js';
import { openListeners, systemdTargets } from './listeners.js';
import { parseListenAddress } from './listen-address.js';
import { NO_WEB_SETTINGS, type TlsSettings, type WebSettings } from './web-settings.js';
import { WebSource } from './web-source.js';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function start(options: ApiServerOptions = {}) {
  const server = await startApiServer(options);
  closers.push(server.close);
  return server;
}

/** Everything that comes back on one connection. */
const raw = (port: number, text: string): Promise<string> =>
  new Promise((resolve) => {
    let got = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => (got += chunk.toString('latin1')));
    socket.on('error', () => resolve(got));
    socket.on('close', () => resolve(got));
  });

describe('management', () => {
  it.each([
    ['GET /-/healthy', 200, 'OK'],
    ['HEAD /-/healthy', 200, ''],
    ['POST /-/healthy', 405, 'Method Not Allowed\n'],
    ['GET /-/ready', 200, 'OK'],
    ['GET /-/reload', 405, 'Method Not Allowed\n'],
    ['POST /-/reload', 200, ''],
    ['OPTIONS /-/reload', 200, ''],
    ['HEAD /metrics', 405, ''],
    ['GET /nope', 404, '404 page not found\n'],
    ['GET /api/v1/nope', 404, '404 page not found\n'],
    ['GET /debug/pprof/nope', 404, 'Unknown profile\n'],
    ['GET /debug/pprof/goroutine', 501, 'This runtime has no goroutine profile\n'],
    ['GET /debug/nope', 404, '404 page not found\n'],
    ['GET /-/HEALTHY', 301, '<a href="/-/healthy">Moved Permanently</a>.\n\n'],
    ['GET /metrics/?a=b&c', 301, '<a href="/metrics?a=b&amp;c">Moved Permanently</a>.\n\n'],
    ['POST /-/reload/', 307, ''],
    ['GET /api/v2', 307, '<a href="/api/v2/">Temporary Redirect</a>.\n\n'],
    ['GET //api/v2/../v2/alerts', 307, '<a href="/api/v2/alerts">Temporary Redirect</a>.\n\n'],
    ['POST /api/v2//alerts', 307, ''],
  ])('%s → %d', async (text, status, body) => {
    const { port } = await start();
    const [method, path] = text.split(' ');
    const answered = await raw(port, `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answered).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answered.slice(answered.indexOf('\r\n\r\n') + 4)).toBe(body);
  });

  it('tells the methods that a path has', async () => {
    const { call } = await start();
    expect((await call('GET /-/reload')).headers['allow']).toBe('OPTIONS, POST');
    expect((await call('PUT /-/healthy')).headers['allow']).toBe('GET, HEAD, OPTIONS');
  });

  it('is ready when the state is loaded', async () => {
    let isReady = false;
    const { call } = await start({ ops: { isReady: () => isReady } });
    expect(await call('GET /-/ready')).toMatchObject({ status: 503 });
    expect(await call('HEAD /-/ready')).toMatchObject({ status: 503 });
    expect(await call('GET /-/healthy')).toMatchObject({ status: 200 });
    isReady = true;
    expect(await call('GET /-/ready')).toMatchObject({ status: 200, text: 'OK' });
  });

  it('says why a reload failed', async () => {
    const reload = async () => failed({ code: 'missing-value', path: '', message: 'no route' });
    const { call } = await start({ ops: { reload } });
    expect(await call('POST /-/reload')).toMatchObject({ status: 500, text: 'failed to reload config: no route\n' });
  });

  it('reports a bug as such', async () => {
    const reload = () => Promise.reject(new Error('bug'));
    const { call } = await start({ ops: { reload } });
    expect(await call('POST /-/reload')).toMatchObject({ status: 500, text: 'Internal Server Error\n' });
  });

  it.each(['GET /api/v1/status', 'POST /api/v1/alerts', 'DELETE /api/v1/silence/x'])('%s is gone', async (text) => {
    const { call } = await start();
    const answered = await call(text);
    expect(answered).toMatchObject({ status: 410, headers: { 'content-type': 'application/json' } });
    expect(JSON.parse(answered.text)).toMatchObject({ status: 'deprecated' });
  });

  it('shows a page and a bell that no cache keeps', async () => {
    const { call } = await start();
    for (const path of ['/', '/favicon.ico'])
      expect(await call(`GET ${path}`)).toMatchObject({
        status: 200,
        headers: { 'cache-control': 'no-cache, no-store, must-revalidate', pragma: 'no-cache', expires: '0' },
      });
  });

  it.each([
    [{}, 'text/plain; version=0.0.4; charset=utf-8', undefined],
    [
      { accept: 'application/openmetrics-text;version=1.0.0' },
      'application/openmetrics-text; version=1.0.0; charset=utf-8',
      undefined,
    ],
    [{ 'accept-encoding': 'gzip' }, 'text/plain; version=0.0.4; charset=utf-8', 'gzip'],
    [{ 'accept-encoding': 'gzip;q=0, *' }, 'text/plain; version=0.0.4; charset=utf-8', undefined],
  ])('shows metrics for %j', async (headers, type, encoding) => {
    const { call } = await start();
    const answered = await call('GET /metrics', { headers });
    expect(answered.headers['content-type']).toBe(type);
    expect(answered.headers['content-encoding']).toBe(encoding);
  });
});

describe('a route prefix', () => {
  it.each([
    ['GET /', 302, '/am'],
    ['GET /am', 301, '/am/'],
    ['GET /am/', 200, undefined],
    ['GET /am/api/v2/alerts', 200, undefined],
    ['GET /am/api/v2', 307, '/am/api/v2/'],
    ['GET /am/-/healthy/', 301, '/am/-/healthy'],
    ['GET /am/-/healthy', 200, undefined],
    ['GET /-/healthy', 404, undefined],
    ['GET /api/v2/alerts', 404, undefined],
    ['GET /amx', 404, undefined],
  ])('%s → %d %s', async (text, status, location) => {
    const { call } = await start({ server: { routePrefix: '/am' } });
    const answered = await call(text);
    expect(answered.status).toBe(status);
    expect(answered.headers['location']).toBe(location);
  });
});

describe('limits', () => {
  it('on GET: the rest are told to come again, probes and posts pass', async () => {
    const server = await start({ server: { getConcurrency: 1 } });
    const slow = connect(server.port, '127.0.0.1');
    const profile = new Promise((resolve) => slow.once('close', resolve));
    slow.write('GET /debug/pprof/profile?seconds=60 HTTP/1.1\r\nHost: x\r\n\r\n');
    const busy = async (): Promise<boolean> => (await server.call('GET /api/v2/alerts')).status === 503;
    while (!(await busy()));
    expect(await server.call('GET /metrics')).toMatchObject({
      status: 503,
      text: 'Limit of concurrent GET requests reached (1), try again later.\n\n',
    });
    expect(await server.call('GET /-/healthy')).toMatchObject({ status: 200 });
    expect(await server.call('POST /api/v2/alerts', { body: '[]' })).toMatchObject({ status: 200 });
    slow.destroy();
    await profile;
    while (await busy());
  });

  it('on time', async () => {
    const clock = new VirtualClock();
    let isCalled = (): void => {};
    const called = new Promise<void>((resolve) => (isCalled = resolve));
    const reload = () => {
      isCalled();
      return new Promise<never>(() => {});
    };
    const server = await start({ server: { clock, timeout: duration(5 * SECOND) }, ops: { reload } });
    const answered = server.call('POST /-/reload');
    await called;
    await clock.advance(duration(5 * SECOND));
    expect(await answered).toMatchObject({ status: 503, text: 'Exceeded configured timeout of 5s.\n' });
  });

  it('on headers', async () => {
    const { port } = await start();
    expect(await raw(port, `GET /-/healthy HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(300_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 431 /,
    );
    expect(await raw(port, 'nonsense\r\n\r\n')).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
  });

  it('on connections: idle ones make room', async () => {
    const { port, metrics } = await start({ maxConnections: 2 });
    const idle = [1, 2].map(() => connect(port, '127.0.0.1'));
    const gone = Promise.all(idle.map((socket) => new Promise((resolve) => socket.once('close', resolve))));
    const ask = () => raw(port, 'GET /-/healthy HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    for (const socket of idle)
      await new Promise((resolve) => (socket.connecting ? socket.once('connect', resolve) : resolve(0)));
    while (!(await ask()).startsWith('HTTP/1.1 200'));
    await gone;
    expect(await metrics.expose('text')).toMatch(/tocsin_http_refused_total\{reason="connection_limit"\} [1-9]/);
  });

  it('counts what it answered under names of its own', async () => {
    const { call, metrics } = await start();
    await call('GET /api/v2/silence/abc');
    await call('GET /api/v2/made-up');
    await call('GET /made-up');
    await call('GET /-/healthy');
    const text = await metrics.expose('text');
    const series = text
      .split('\n')
      .filter((line) => line.startsWith('alertmanager_http_request_duration_seconds_count'));
    expect(
      series.map((line) => /handler="([^"]*)",method="([^"]*)",code="([^"]*)"/.exec(line)?.slice(1).join(' ')),
    ).toEqual(['/api/v2/silence/{silenceID} get 422', 'other get 404', '/-/healthy get 200']);
  });
});

describe('the web configuration', () => {
  const settings = (change: Partial<WebSettings>) => ({
    server: { settings: () => ({ ...NO_WEB_SETTINGS, ...change }) },
  });
  const basic = (text: string) => ({ headers: { authorization: `Basic ${Buffer.from(text).toString('base64')}` } });

  it('asks who it is', async () => {
    const users = new Map([['alice', hashSync('secret', 4)]]);
    const { call, metrics } = await start(settings({ users }));
    const refused = await call('GET /-/healthy');
    expect(refused).toMatchObject({ status: 401, text: 'Unauthorized\n', headers: { 'www-authenticate': 'Basic' } });
    expect(await call('GET /-/healthy', basic('alice:wrong'))).toMatchObject({ status: 401 });
    expect(await call('GET /-/healthy', basic('bob:secret'))).toMatchObject({ status: 401 });
    expect(await call('GET /-/healthy', basic('alice'))).toMatchObject({ status: 401 });
    for (let i = 0; i < 3; i++)
      expect(await call('GET /-/healthy', basic('alice:secret'))).toMatchObject({ status: 200 });
    expect(await call('POST /api/v2/alerts', { body: '[]', ...basic('alice:secret') })).toMatchObject({ status: 200 });
    expect(await metrics.expose('text')).toContain('tocsin_http_refused_total{reason="authentication"} 4');
  });

  it('adds headers to every answer', async () => {
    const { call } = await start(settings({ headers: new Map([['X-Frame-Options', 'deny']]) }));
    for (const path of ['/api/v2/alerts', '/api/v2/nope', '/-/healthy', '/nope'])
      expect((await call(`GET ${path}`)).headers['x-frame-options']).toBe('deny');
  });

  it('limits the rate', async () => {
    const clock = new VirtualClock();
    const limited = settings({ rateLimit: { interval: SECOND, burst: 2 } });
    const { call } = await start({ server: { ...limited.server, clock } });
    const statuses = async () => [(await call('GET /-/healthy')).status, (await call('GET /-/healthy')).status];
    expect(await statuses()).toEqual([200, 200]);
    expect(await call('GET /-/healthy')).toMatchObject({ status: 429, text: 'Too Many Requests\n' });
    await clock.advance(SECOND);
    expect(await statuses()).toEqual([200, 429]);
  });

  it('answers 500 while the file cannot be read', async () => {
    let isBroken = false;
    const read = (): WebSettings => {
      if (isBroken) throw new Error('broken');
      return NO_WEB_SETTINGS;
    };
    const { call } = await start({ server: { settings: read } });
    isBroken = true;
    expect(await call('GET /-/healthy')).toMatchObject({ status: 500, text: 'Internal Server Error\n' });
    isBroken = false;
    expect(await call('GET /-/healthy')).toMatchObject({ status: 200 });
  });

  it('is read again when a file was touched', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'web-'));
    closers.push(() => rm(directory, { recursive: true }));
    const file = join(directory, 'web.yml');
    writeFileSync(file, 'one');
    let reads = 0;
    const source = new WebSource(() => {
      reads++;
      const headers = new Map([['X', readFileSync(file, 'utf8')]]);
      return { settings: { ...NO_WEB_SETTINGS, headers }, files: [file] };
    });
    expect(source.current().headers.get('X')).toBe('one');
    source.current();
    expect(reads).toBe(1);
    writeFileSync(file, 'two');
    utimesSync(file, 1, 1);
    expect(source.current().headers.get('X')).toBe('two');
    await rm(file);
    expect(() => source.current()).toThrow('ENOENT');
  });
});

const pem = (name: string): string =>
  readFileSync(new URL(`../../../test/support/tls/${name}`, import.meta.url), 'utf8');
const TLS: TlsSettings = {
  certificate: pem('server.pem'),
  key: pem('server.key'),
  clientCa: pem('ca.pem'),
  clientAuth: 'NoClientCert',
  clientAllowedSans: [],
  minVersion: 'TLS12',
  maxVersion: 'TLS13',
  cipherSuites: [],
  curvePreferences: [],
  preferServerCipherSuites: true,
};
const ONE = { cert: pem('client.pem'), key: pem('client.key') };

describe('TLS', () => {
  const startTls = async (change: Partial<TlsSettings> = {}, http2 = true) => {
    const settings: WebSettings = { ...NO_WEB_SETTINGS, tls: { ...TLS, ...change }, http2 };
    return (await start({ server: { settings: () => settings } })).port;
  };
  const get = (port: number, more: object = {}): Promise<number | string> =>
    new Promise((resolve) => {
      const asked = httpsRequest({
        port,
        host: '127.0.0.1',
        path: '/-/healthy',
        ca: TLS.clientCa,
        agent: false,
        ...more,
      });
      asked.on('response', (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      asked.on('error', () => resolve('refused'));
      asked.end();
    });

  it.each<[string, Partial<TlsSettings>, object, number | string]>([
    ['no certificate wanted', {}, {}, 200],
    ['a certificate that is merely asked for', { clientAuth: 'RequestClientCert' }, {}, 200],
    ['any certificate, none given', { clientAuth: 'RequireAnyClientCert' }, {}, 'refused'],
    ['any certificate, one given', { clientAuth: 'RequireAnyClientCert' }, ONE, 200],
    ['a right one if given, none given', { clientAuth: 'VerifyClientCertIfGiven' }, {}, 200],
    ['a right one if given, a right one', { clientAuth: 'VerifyClientCertIfGiven' }, ONE, 200],
    [
      'a right one if given, a wrong one',
      { clientAuth: 'VerifyClientCertIfGiven', clientCa: pem('other-ca.pem') },
      ONE,
      'refused',
    ],
    ['a right one, none given', { clientAuth: 'RequireAndVerifyClientCert' }, {}, 'refused'],
    ['a right one, a right one', { clientAuth: 'RequireAndVerifyClientCert' }, ONE, 200],
    [
      'a right one, a wrong one',
      { clientAuth: 'RequireAndVerifyClientCert', clientCa: pem('other-ca.pem') },
      ONE,
      'refused',
    ],
    ['a certain name', { clientAuth: 'RequireAndVerifyClientCert', clientAllowedSans: ['x'] }, ONE, 'refused'],
    ['an old version', { minVersion: 'TLS13' }, { maxVersion: 'TLSv1.2' }, 'refused'],
    [
      'a cipher by its Go name',
      {
        maxVersion: 'TLS12',
        cipherSuites: ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'],
      },
      {},
      200,
    ],
    ['a curve by its Go name', { curvePreferences: ['CurveP256'] }, {}, 200],
  ])('%s', async (_name, change, client, expected) => {
    expect(await get(await startTls(change), client)).toBe(expected);
  });

  it.each([true, false])('offers HTTP/2: %s', async (http2) => {
    const port = await startTls({}, http2);
    const session = connectHttp2(`https://127.0.0.1:${port}`, { ca: TLS.clientCa as string });
    const status = await new Promise((resolve) => {
      session.on('error', () => resolve('refused'));
      const stream = session.request({
        ':path': '/api/v2/alerts',
        'content-type': 'application/json',
        ':method': 'POST',
      });
      stream.on('response', (headers) => resolve(headers[':status']));
      stream.on('error', () => resolve('refused'));
      stream.end('[]');
    });
    session.close();
    expect(status).toBe(http2 ? 200 : 'refused');
  });

  it('takes new certificates without a restart', async () => {
    let settings: WebSettings = { ...NO_WEB_SETTINGS, tls: { ...TLS, clientAuth: 'RequireAndVerifyClientCert' } };
    const { port } = await start({ server: { settings: () => settings } });
    expect(await get(port, ONE)).toBe(200);
    settings = { ...settings, tls: { ...(settings.tls as TlsSettings), clientCa: pem('other-ca.pem') } };
    expect(await get(port, ONE)).toBe('refused');
  });
});

describe('listeners', () => {
  it.each([
    [':9093', { host: undefined, port: 9093 }],
    ['127.0.0.1:1', { host: '127.0.0.1', port: 1 }],
    ['[::1]:9100', { host: '::1', port: 9100 }],
    ['name:', { host: 'name', port: 0 }],
  ])('%s', (text, address) => expect(parseListenAddress(text)).toEqual(address));

  it.each([
    ['9093', 'missing port in address'],
    ['::1:9093', 'too many colons in address'],
    ['x:http', 'want host:port'],
    [':70000', 'invalid port'],
    ['vsock://:9100', 'vsock sockets are not available'],
  ])('%s is refused: %s', (text, reason) => expect(() => parseListenAddress(text)).toThrow(reason));

  it('are all bound or none', async () => {
    const first = await openListeners({ addresses: ['127.0.0.1:0', '[::1]:0'] });
    closers.push(first.close);
    const taken = first.addresses[0]?.port as number;
    expect(first.addresses.map(({ family }) => family)).toEqual(['IPv4', 'IPv6']);
    const address = `127.0.0.1:${taken}`;
    await expect(openListeners({ addresses: ['127.0.0.1:0', address] })).rejects.toMatchObject({
      message: `listen ${address}`,
      cause: { code: 'EADDRINUSE' },
    });
    await expect(openListeners({ addresses: [] })).rejects.toThrow('no address to listen on');
  });

  it('of systemd are those that are meant for us', () => {
    const pid = String(process.pid);
    expect(systemdTargets({ LISTEN_FDS: '2', LISTEN_PID: pid })).toEqual([{ fd: 3 }, { fd: 4 }]);
    for (const environment of [{}, { LISTEN_FDS: '2', LISTEN_PID: '1' }, { LISTEN_FDS: '0', LISTEN_PID: pid }])
      expect(() => systemdTargets(environment)).toThrow('no socket activation file descriptors found');
  });
});

describe('closing', () => {
  it('ends idle connections at once and running requests after their answer', async () => {
    let release = (): void => {};
    let isCalled = (): void => {};
    const called = new Promise<void>((resolve) => (isCalled = resolve));
    const released = new Promise<void>((resolve) => (release = resolve));
    const reload = async () => {
      isCalled();
      await released;
      return ok(undefined);
    };
    const server = await startApiServer({ ops: { reload }, server: { clock: new VirtualClock() } });
    await server.call('GET /-/healthy');
    const running = raw(server.port, 'POST /-/reload HTTP/1.1\r\nHost: x\r\n\r\n');
    await called;
    const closed = server.close();
    release();
    expect(await running).toMatch(/^HTTP\/1.1 200 OK/);
    await closed;
    await expect(server.call('GET /-/healthy')).rejects.toThrow('ECONNREFUSED');
  });
});
