import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { type CallOptions, startApiServer } from '../../../test/support/api-server.js';
import { FakeEngine } from '../../../test/support/fake-engine.js';
import { VirtualClock } from '../../../test/support/virtual-clock.js';

const clock = new VirtualClock();
let server: Awaited<ReturnType<typeof startApiServer>>;
let engine: FakeEngine;

beforeAll(async () => {
  engine = new FakeEngine(() => clock.now(), {
    default: {},
    x: { owner: 'platform' },
    y: { owner: 'apps' },
  });
  server = await startApiServer({ engine, server: { clock }, api: { maxBodyBytes: 1_000_000 } });
});
afterAll(() => server.close());
beforeEach(() => engine.clear());

const call = (text: string, more?: CallOptions) => server.call(text, more);
const fault = (code: number, message: string): string => JSON.stringify({ code, message });

describe('routing', () => {
  it.each([
    ['GET /api/v2/nope', 404, fault(404, 'path /api/v2/nope was not found')],
    ['GET /api/v2/', 404, fault(404, 'path /api/v2/ was not found')],
    ['GET /api/v2/silence/', 404, fault(404, 'path /api/v2/silence/ was not found')],
    ['GET /api/v2/silence/a/b', 404, fault(404, 'path /api/v2/silence/a/b was not found')],
    ['GET /api/v2/%61lerts', 404, fault(404, 'path /api/v2/%61lerts was not found')],
    ['GET /api/v2/swagger.json', 404, fault(404, 'path /api/v2/swagger.json was not found')],
    ['PUT /api/v2/alerts', 405, fault(405, 'method PUT is not allowed, but [GET,POST] are')],
    ['OPTIONS /api/v2/status', 405, fault(405, 'method OPTIONS is not allowed, but [GET] are')],
    ['HEAD /api/v2/alerts', 405, ''],
    ['GET /api/v2/alerts/', 200, '[]\n'],
    ['GET /api/v2/silence/%zz', 400, '400 Bad Request'],
    ['GET /api/v2/silence/abc', 422, fault(601, 'silenceID in path must be of type uuid: "abc"')],
    ['DELETE /api/v2/silence/a%22b', 422, fault(601, 'silenceID in path must be of type uuid: "a\\"b"')],
    ['GET /api/v2/silence/a6464e6e-5119-46e2-8005-ae3691448ea3', 404, ''],
    ['GET /api/v2/silence/A6464E6E511946E28005AE3691448EA3', 404, ''],
    ['GET /api/v2/silence/urn:uuid:a6464e6e-5119-46e2-8005-ae3691448ea3', 404, ''],
    ['DELETE /api/v2/silence/a6464e6e-5119-46e2-8005-ae3691448ea3', 404, ''],
  ])('%s → %d', async (text, status, body) => {
    expect(await call(text)).toMatchObject({ status, text: body });
  });

  it.each(['GET /api/v2/alerts', 'GET /api/v2/nope', 'PUT /api/v2/alerts'])('%s is not to be stored', async (text) => {
    const { headers } = await call(text);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', vary: 'Origin', 'content-type': 'application/json' });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('tells the methods', async () => {
    expect((await call('PUT /api/v2/silences')).headers['allow']).toBe('GET,POST');
  });
});

describe('CORS', () => {
  it.each(['GET', 'POST', 'OPTIONS'])('opens %s to other origins', async (method) => {
    const { headers } = await call(`${method} /api/v2/alerts`, { headers: { origin: 'http://a' } });
    expect(headers['access-control-allow-origin']).toBe('*');
  });

  it('does not open DELETE', async () => {
    const { headers } = await call('DELETE /api/v2/silence/x', { headers: { origin: 'http://a' } });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  const asked = (method: string, headers?: string) => ({
    origin: 'http://a',
    'access-control-request-method': method,
    ...(headers === undefined ? {} : { 'access-control-request-headers': headers }),
  });
  it.each([
    ['a read', asked('GET'), 'GET', undefined],
    ['a post of JSON', asked('POST', 'content-type'), 'POST', 'content-type'],
    [
      'all headers in order',
      asked('GET', 'accept,content-type,x-requested-with'),
      'GET',
      'accept,content-type,x-requested-with',
    ],
    ['DELETE', asked('DELETE'), undefined, undefined],
    ['another header', asked('GET', 'authorization'), undefined, undefined],
    ['headers out of order', asked('GET', 'content-type,accept'), undefined, undefined],
    ['no origin', { 'access-control-request-method': 'GET' }, undefined, undefined],
  ])('answers the question for %s', async (_name, headers, method, allowedHeaders) => {
    const answered = await call('OPTIONS /api/v2/silences', { headers });
    expect(answered).toMatchObject({ status: 204, text: '' });
    expect(answered.headers['vary']).toBe('Origin, Access-Control-Request-Method, Access-Control-Request-Headers');
    expect(answered.headers['cache-control']).toBeUndefined();
    expect(answered.headers['access-control-allow-methods']).toBe(method);
    expect(answered.headers['access-control-allow-headers']).toBe(allowedHeaders);
    expect(answered.headers['access-control-allow-origin']).toBe(method && '*');
  });
});

describe('negotiation', () => {
  const notAcceptable = fault(406, 'unsupported media type requested, only [application/json] are available');
  it.each([
    ['application/json', 200],
    ['*/*', 200],
    ['application/*', 200],
    ['APPLICATION/JSON', 200],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 200],
    ['application/json;q=0.5', 200],
    ['application/json;version=1', 200],
    ['application/json,*/*;q=0', 200],
    ['text/html', 406],
    ['application/json;q=0', 406],
    ['*/*;q=0', 406],
    ['text/*', 406],
    ['application/vnd.api+json', 406],
  ])('Accept: %s → %d', async (accept, status) => {
    const answered = await call('GET /api/v2/alerts', { headers: { accept } });
    expect(answered.status).toBe(status);
    expect(answered.text).toBe(status === 200 ? '[]\n' : notAcceptable);
  });

  it.each([
    ['application/json', 200, ''],
    ['application/json; charset=utf-8', 200, ''],
    ['APPLICATION/JSON;', 200, ''],
    ['text/plain', 415, fault(415, 'unsupported media type "text/plain", only [application/json] are allowed')],
    [
      'json',
      400,
      fault(400, 'parsing Content-Type header from "json" failed, because mediatype: malformed: "json" has no subtype'),
    ],
    [
      'a b',
      400,
      fault(400, 'parsing Content-Type header from "a b" failed, because mime: expected slash after first token'),
    ],
    [
      'application/json; charset',
      400,
      fault(
        400,
        'parsing Content-Type header from "application/json; charset" failed, because mime: invalid media parameter',
      ),
    ],
  ])('Content-Type: %s → %d', async (type, status, text) => {
    const answered = await call('POST /api/v2/alerts', { body: '[]', headers: { 'content-type': type } });
    expect(answered).toMatchObject({ status, text });
  });

  it('takes a missing content type for bytes', async () => {
    const answered = await call('POST /api/v2/alerts', { body: '[]', headers: { 'content-type': '' } });
    expect(answered.text).toBe(
      fault(415, 'unsupported media type "application/octet-stream", only [application/json] are allowed'),
    );
  });

  it('does not ask what the sender of JSON accepts', async () => {
    expect(await call('POST /api/v2/alerts', { body: '[]', headers: { accept: 'text/html' } })).toMatchObject({
      status: 200,
    });
  });

  it('looks at the route first, then at the type, then at the body', async () => {
    const headers = { 'content-type': 'text/plain' };
    expect((await call('POST /api/v2/nope', { body: 'x', headers })).status).toBe(404);
    expect((await call('POST /api/v2/status', { body: 'x', headers })).status).toBe(405);
    expect((await call('POST /api/v2/alerts', { body: 'x', headers })).status).toBe(415);
  });
});

describe('status and receivers', () => {
  it('tells what runs', async () => {
    expect((await call('GET /api/v2/status')).text).toBe(
      '{"cluster":{"peers":[],"status":"disabled"},"config":{"original":"route:\\n  receiver: default\\n"},"uptime":"2026-01-01T12:00:00.000Z","versionInfo":{"branch":"br","buildDate":"today","buildUser":"me","goVersion":"node","revision":"rev","version":"9.9.9"}}\n',
    );
  });

  it.each([
    [
      '',
      '[{"labels":{"name":"default"},"name":"default"},{"labels":{"name":"x","owner":"platform"},"name":"x"},{"labels":{"name":"y","owner":"apps"},"name":"y"}]\n',
    ],
    [
      '?receiver_matchers=owner%3Dapps&receiver_matchers=name%3Dy',
      '[{"labels":{"name":"y","owner":"apps"},"name":"y"}]\n',
    ],
    ['?receiver_matchers=owner%3Dapps&receiver_matchers=name%3Dx', '[]\n'],
    ['?receiver_matchers=owner%3D%22%22', '[{"labels":{"name":"default"},"name":"default"}]\n'],
  ])('lists receivers%s', async (text, expected) => {
    expect((await call(`GET /api/v2/receivers${text}`)).text).toBe(expected);
  });

  it('refuses a bad filter', async () => {
    expect(await call('GET /api/v2/receivers?receiver_matchers=a')).toMatchObject({
      status: 400,
      text: '"failed to parse receiver_matchers param: bad matcher format: a"\n',
    });
  });
});
