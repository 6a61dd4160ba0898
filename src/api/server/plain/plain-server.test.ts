import { type Socket, connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { afterEach, describe, expect, it } from '@jest/globals';

import { type ApiServerOptions, startApiServer } from '../../../../test/support/api-server.js';
import type { FakeEngine } from '../../../../test/support/fake-engine.js';
import { VirtualClock } from '../../../../test/support/virtual-clock.js';
import { MINUTE, SECOND, duration } from '../../../domain/time/index.js';
import { NO_WEB_SETTINGS } from '../web-settings.js';

const open: Socket[] = [];
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const socket of open.splice(0)) socket.destroy();
  for (const close of closers.splice(0)) await close();
});

async function start(options: ApiServerOptions = {}) {
  const server = await startApiServer(options);
  closers.push(server.close);
  return server;
}

/** One connection, and all that came back on it so far. */
class Client {
  text = '';
  isClosed = false;
  #onChange = (): void => {};
  readonly socket: Socket;

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    open.push(this.socket);
    this.socket.on('data', (chunk) => {
      this.text += chunk.toString('latin1');
      this.#onChange();
    });
    this.socket.on('error', () => undefined);
    this.socket.on('end', () => this.socket.end());
    this.socket.on('close', () => {
      this.isClosed = true;
      this.#onChange();
    });
  }

  /** Waits for as many answers. */
  async answers(count: number): Promise<string[]> {
    const bodies = () => this.text.split(/(?=HTTP\/1\.1 )/);
    await this.#until(() => bodies().length >= count && bodies().every((answer) => /\r\n\r\n/.test(answer)));
    return bodies();
  }

  closed(): Promise<void> {
    return this.#until(() => this.isClosed);
  }

  #until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#onChange = () => isSo() && resolve();
      this.#onChange();
    });
  }
}

const ALERT = '[{"labels":{"a":"b"}}]';
const post = (body: string, ...more: string[]): string =>
  [
    `POST /api/v2/alerts HTTP/1.1`,
    'Host: x',
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    ...more,
  ]
    .map((line) => `${line}\r\n`)
    .join('') + `\r\n${body}`;
/** A name that comes twice is left to Node. */
const BY_NODE = ['X: 1', 'X: 2'];
const withoutDate = (answer: string): string => answer.replace(/Date: \w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT/, 'Date');
const statuses = (answers: readonly string[]): string[] => answers.map((answer) => answer.slice(9, 12));

describe('an answer', () => {
  const ORIGIN = 'Origin: http://x';
  const headers = new Map([['X-Frame-Options', 'deny']]);
  it.each<[string, string, string[], ApiServerOptions]>([
    ['to alerts', ALERT, [], {}],
    ['to none', '[]', [], {}],
    ['to no body', '', [], {}],
    ['to what is no JSON', '{', [], {}],
    ['to alerts without labels', '[{"labels":{}}]', [], {}],
    ['to words of many bytes', '[{"labels":{"\xc3\xa4":""}}]', [], {}],
    ['to another origin', ALERT, [ORIGIN], {}],
    [
      'with headers of the web configuration',
      ALERT,
      [],
      { server: { settings: () => ({ ...NO_WEB_SETTINGS, headers }) } },
    ],
    ['to nobody', ALERT, [], { server: { settings: () => ({ ...NO_WEB_SETTINGS, users: new Map([['a', 'b']]) }) } }],
    [
      'to somebody unknown',
      ALERT,
      ['Authorization: Basic YTpi'],
      { server: { settings: () => ({ ...NO_WEB_SETTINGS, users: new Map([['a', 'b']]) }) } },
    ],
    ['to a body above the limit', ALERT, [], { api: { maxBodyBytes: 5 } }],
  ])('%s is the same as from Node', async (_, body, more, options) => {
    const { port } = await start(options);
    const [own, node] = [new Client(port), new Client(port)];
    own.socket.write(post(body, ...more), 'latin1');
    node.socket.write(post(body, ...more, ...BY_NODE), 'latin1');
    const [ours] = await own.answers(1);
    const [nodes] = await node.answers(1);
    expect(withoutDate(ours as string)).toBe(withoutDate(nodes as string));
    expect(ours).toMatch(/\r\nDate: \w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT\r\n/);
  });

  it('comes to one request after another', async () => {
    const { port, engine, metrics } = await start();
    const client = new Client(port);
    for (let n = 1; n <= 3; n++) {
      client.socket.write(post(`[{"labels":{"a":"${'b'.repeat(n)}"}}]`));
      expect(statuses(await client.answers(n))).toEqual(Array(n).fill('200'));
    }
    expect(engine.posts.flat().map(({ labels }) => labels.get('a'))).toEqual(['b', 'bb', 'bbb']);
    expect(await metrics.expose('text')).toContain(
      'alertmanager_http_request_duration_seconds_count{handler="/api/v2/alerts",method="post",code="200"} 3\n',
    );
  });

  it('of an hour later tells the time then', async () => {
    const clock = new VirtualClock();
    const { port } = await start({ server: { clock } });
    for (const [date, hours] of [
      ['12:00:00', 0],
      ['13:00:00', 1],
    ] as const) {
      await clock.advance(duration(hours * 60 * MINUTE));
      const client = new Client(port);
      client.socket.write(post('[]'));
      expect((await client.answers(1))[0]).toContain(`Date: Thu, 01 Jan 2026 ${date} GMT`);
    }
  });
});

describe('a request', () => {
  it('in two pieces, wherever it was cut, is taken', async () => {
    const { port, engine } = await start();
    const text = post(ALERT);
    for (let cut = 1; cut < text.length; cut++) {
      const client = new Client(port);
      client.socket.write(text.slice(0, cut));
      // So that it is a piece of its own for the server.
      for (let turn = 0; turn < 3; turn++) await nextTurn();
      client.socket.write(text.slice(cut));
      expect(statuses(await client.answers(1))).toEqual(['200']);
      client.socket.destroy();
    }
    expect(engine.posts).toHaveLength(text.length - 1);
  });

  it.each([
    ['POSTs behind one another', [post(ALERT), post('[]'), post(ALERT)], ['200', '200', '200']],
    ['a GET behind a POST', [post(ALERT), 'GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n'], ['200', '200']],
    ['a POST behind a GET', ['GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n', post(ALERT)], ['200', '200']],
    ['nonsense behind a POST', [post(ALERT), 'nonsense\r\n\r\n'], ['200', '400']],
    ['a part of the next', [post(ALERT), post(ALERT).slice(0, 20), post(ALERT).slice(20)], ['200', '200']],
  ])('%s: all get their answers in turn', async (_, parts, expected) => {
    const { port } = await start();
    const atOnce = new Client(port);
    atOnce.socket.write(parts.join(''));
    expect(statuses(await atOnce.answers(expected.length))).toEqual(expected);
    const oneByOne = new Client(port);
    for (const part of parts) {
      oneByOne.socket.write(part);
      for (let turn = 0; turn < 3; turn++) await nextTurn();
    }
    expect(statuses(await oneByOne.answers(expected.length))).toEqual(expected);
  });

  it('that is slow is watched by Node', async () => {
    const clock = new VirtualClock();
    const { port, engine } = await start({ server: { clock } });
    const text = post(ALERT);
    const [silent, slow] = [new Client(port), new Client(port)];
    slow.socket.write(text.slice(0, -5));
    await arrival(port);
    await clock.advance(duration(5 * SECOND));
    for (const client of [silent, slow]) client.socket.write(client === slow ? text.slice(-5) : text);
    for (const client of [silent, slow]) expect(statuses(await client.answers(1))).toEqual(['200']);
    expect(engine.posts).toHaveLength(2);
  });

  it('has its time from when its body is there', async () => {
    const clock = new VirtualClock();
    const { port, metrics } = await start({ server: { clock } });
    const client = new Client(port);
    client.socket.write(post(ALERT).slice(0, -5));
    await arrival(port);
    await clock.advance(duration(SECOND));
    client.socket.write(post(ALERT).slice(-5));
    await client.answers(1);
    const text = await metrics.expose('text');
    const series = '{handler="/api/v2/alerts",method="post",code="200"}';
    expect(text).toContain(`alertmanager_http_request_duration_seconds_count${series} 2\n`);
    expect(text).toContain(`alertmanager_http_request_duration_seconds_sum${series} 0\n`);
  });

  it('that ends in the middle is told so', async () => {
    const { port, engine, metrics } = await start();
    const client = new Client(port);
    client.socket.end(post(ALERT).slice(0, -5));
    await client.closed();
    expect(statuses(await client.answers(1))).toEqual(['400']);
    expect(engine.posts).toHaveLength(0);
    expect(await metrics.expose('text')).toContain('tocsin_http_refused_total{reason="client_error"} 1\n');
  });

  it('is answered when nothing more will come, and then the connection ends', async () => {
    const { port } = await start();
    const client = new Client(port);
    client.socket.end(post(ALERT));
    await client.closed();
    expect(statuses(await client.answers(1))).toEqual(['200']);
  });
});

describe('a connection', () => {
  it('on which nothing happens for long is closed', async () => {
    const clock = new VirtualClock();
    const { port } = await start({ server: { clock } });
    const client = new Client(port);
    client.socket.write(post(ALERT));
    await client.answers(1);
    await clock.advance(duration(5 * MINUTE));
    client.socket.write(post(ALERT));
    await client.answers(2);
    await clock.advance(duration(5 * MINUTE));
    client.socket.write(post(ALERT));
    await client.answers(3);
    await clock.advance(duration(7 * MINUTE));
    await client.closed();
  });

  it('ends with the server, after the answer that is under way', async () => {
    const server = await startApiServer({ server: { clock: new VirtualClock() } });
    const held = holdPost(server.engine);
    const [idle, busy] = [new Client(server.port), new Client(server.port)];
    idle.socket.write(post('[]'));
    await idle.answers(1);
    busy.socket.write(post(ALERT));
    await held.isCalled;
    const closed = server.close();
    await idle.closed();
    held.release();
    await busy.closed();
    expect(statuses(await busy.answers(1))).toEqual(['200']);
    await closed;
  });

  it('that is whole only when the server ends is answered, and its connection closed', async () => {
    const server = await startApiServer({ server: { clock: new VirtualClock() } });
    const held = holdPost(server.engine);
    const slow = new Client(server.port);
    await new Promise((sent) => slow.socket.write(post('{}').slice(0, -1), sent));
    // Who comes later is read later.
    const busy = new Client(server.port);
    busy.socket.write(post(ALERT));
    await held.isCalled;
    const closed = server.close();
    slow.socket.write('}');
    expect((await slow.answers(1))[0]).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[^]*\r\nConnection: close\r\n/);
    await slow.closed();
    held.release();
    await closed;
  });

  it('that breaks leaves nothing behind', async () => {
    const { port, engine, metrics } = await start();
    const held = holdPost(engine);
    const client = new Client(port);
    client.socket.write(post(ALERT));
    await held.isCalled;
    client.socket.resetAndDestroy();
    const counted =
      'alertmanager_http_request_duration_seconds_count{handler="/api/v2/alerts",method="post",code="200"} 1\n';
    while (!(await metrics.expose('text')).includes(counted)) await nextTurn();
    held.release();
  });
});

/** The engine takes a POST and has not written it yet. */
function holdPost(engine: FakeEngine): { readonly isCalled: Promise<void>; readonly release: () => void } {
  let release = (): void => {};
  const isCalled = new Promise<void>((called) => {
    engine.post = () => {
      called();
      return new Promise((resolve) => (release = resolve));
    };
  });
  return { isCalled, release: () => release() };
}

/** A connection that came later was answered, so all that was sent before has arrived. */
async function arrival(port: number): Promise<void> {
  const client = new Client(port);
  client.socket.write(post('[]', ...BY_NODE));
  await client.answers(1);
}
