import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type DnsServer, openDnsServer } from '../../../test/support/dns-server.js';
import { askNameServers } from './name-servers.js';

let server: DnsServer;
const ask = (host: string, resolvConf = '', hosts = '') =>
  askNameServers(host, { hosts, resolvConf, servers: [server.address] });

beforeAll(async () => {
  server = await openDnsServer({
    'both.example.org': { A: ['10.0.0.1', '10.0.0.2'], AAAA: ['20010db8000000000000000000000001'] },
    'six.example.org': { AAAA: ['20010db8000000000000000000000002'] },
    'none.example.org': {},
  });
});
afterAll(() => server.close());

describe('name servers', () => {
  it('tell addresses of both kinds', async () => {
    expect(await ask('both.example.org')).toEqual([
      { address: '10.0.0.1', family: 4 },
      { address: '10.0.0.2', family: 4 },
      { address: '2001:db8::1', family: 6 },
    ]);
    expect(await ask('six.example.org')).toEqual([{ address: '2001:db8::2', family: 6 }]);
  });

  it('are asked for the longer names of a search list, until one is known', async () => {
    const before = server.asked.length;
    expect(await ask('six', 'search none.org example.org more.org')).toHaveLength(1);
    expect([...new Set(server.asked.slice(before).map((question) => question.split(' ')[1]))]).toEqual([
      'six.none.org',
      'six.example.org',
    ]);
  });

  it.each(['unknown.example.org', 'none.example.org'])('do not know %s', async (host) => {
    await expect(ask(host)).rejects.toThrow(`no server knows ${host}`);
  });

  it('are not asked for what stands in the file of hosts', async () => {
    const before = server.asked.length;
    expect(await ask('both.example.org', '', '10.9.9.9 both.example.org')).toEqual([
      { address: '10.9.9.9', family: 4 },
    ]);
    expect(server.asked).toHaveLength(before);
  });

  it('that are not there', async () => {
    const gone = await openDnsServer({});
    await gone.close();
    const asking = askNameServers('a.example.org', { hosts: '', resolvConf: '', servers: [gone.address] });
    await expect(asking).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
