import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { type AddressInfo, type LookupFunction, connect, createServer } from 'node:net';

import { byName } from './index.js';
import { socketLookup } from './socket-lookup.js';

const FOUR = { address: '10.0.0.1', family: 4 };
const SIX = { address: '2001:db8::1', family: 6 };

type Options = Parameters<LookupFunction>[1];
const answerTo = (options: Options, find = () => Promise.resolve([SIX, FOUR])): Promise<unknown[]> =>
  new Promise((resolve) => socketLookup(find)('a', options, (...answer) => resolve(answer)));

describe('the lookup of sockets', () => {
  it.each<[string, Options, unknown[]]>([
    ['all', { all: true }, [null, [SIX, FOUR]]],
    ['all of a family', { all: true, family: 4 }, [null, [FOUR]]],
    ['the first', { family: 0 }, [null, SIX.address, 6]],
    ['the first of a family', { family: 'IPv4' }, [null, FOUR.address, 4]],
  ])('tells %s', async (_name, options, answer) => expect(await answerTo(options)).toEqual(answer));

  it('says in the words of the system that there is none of a family', async () => {
    const [error, found] = await answerTo({ all: true, family: 6 }, () => Promise.resolve([FOUR]));
    expect(error).toMatchObject({ syscall: 'getaddrinfo', hostname: 'a', code: 'ENOTFOUND' });
    expect(found).toEqual([]);
  });

  it('passes on why there is none', async () => {
    const error = new Error('EAI_AGAIN');
    expect(await answerTo({}, () => Promise.reject(error))).toEqual([error, []]);
  });

  it('leads a socket to a server', async () => {
    const server = createServer((socket) => socket.end('here'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const [heard] = (await once(connect({ host: 'localhost', port, ...byName }), 'data')) as [Buffer];
    expect(String(heard)).toBe('here');
    server.close();
  });

  it('is told by the system of a name that cannot be', async () => {
    const failed = once(connect({ host: 'a..b', port: 1, ...byName }), 'connect');
    await expect(failed).rejects.toMatchObject({ code: 'ENOTFOUND', hostname: 'a..b' });
  });
});
