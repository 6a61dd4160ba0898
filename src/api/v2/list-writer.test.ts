import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { type IncomingMessage, type Server, createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { VirtualClock } from '../../../test/support/virtual-clock.js';
import { type Piece, answerChunks, answerList } from './list-writer.js';

/** More than the kernel takes while nobody reads. */
const PIECES = 40_000;
const textOf = (n: number): string => `${n} ${'x'.repeat(600)},`;

function* pieces(): Generator<Piece> {
  for (let n = 0; n < PIECES; n++) yield n % 2 === 0 ? textOf(n) : Buffer.from(textOf(n));
}
const whole = (): string => `[${Array.from({ length: PIECES }, (_, n) => textOf(n)).join('')}]\n`;

let server: Server;
let sent: Promise<readonly Buffer[] | undefined | void>;
beforeAll(async () => {
  const chunks = [...pieces()].map((piece) => Buffer.from(piece));
  server = createServer(({ url }, answer) => {
    if (url === '/chunks') sent = answerChunks(answer, [Buffer.from('['), ...chunks, Buffer.from(']\n')]);
    else sent = answerList(answer, pieces(), new VirtualClock(), url === '/kept' ? 100e6 : 0);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => void server.close());

async function ask(path: string): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo;
  const [response] = await once(get({ port, path, agent: false }), 'response');
  return response as IncomingMessage;
}

async function read(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

it('gives who reads late what was written', async () => {
  const response = await ask('/');
  for (let turn = 0; turn < 200; turn++) await nextTurn();
  expect((await read(response)) === whole()).toBe(true);
  expect(await sent).toBeUndefined();
});

it('gives who reads late what was there before, in many small chunks', async () => {
  const response = await ask('/chunks');
  for (let turn = 0; turn < 200; turn++) await nextTurn();
  expect((await read(response)) === whole()).toBe(true);
});

it('gives back the whole answer where it is kept', async () => {
  expect((await read(await ask('/kept'))) === whole()).toBe(true);
  expect(Buffer.concat((await sent) ?? []).toString() === whole()).toBe(true);
});

it.each(['/', '/kept', '/chunks'])('ends when the client of %s is gone', async (path) => {
  const response = await ask(path);
  response.destroy();
  expect(await sent).toBeUndefined();
});
