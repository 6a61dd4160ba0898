import { describe, expect, it } from '@jest/globals';
import type { LookupAddress } from 'node:dns';

import { VirtualClock } from '../../../test/support/virtual-clock.js';
import { NameLookup } from './name-lookup.js';

const at = (address: string): readonly LookupAddress[] => [{ address, family: 4 }];
const SYSTEMS = at('10.0.0.1');
const SERVERS = at('10.0.0.2');

/** A way to find names whose questions a test answers. */
class Way {
  readonly questions: {
    host: string;
    resolve: (found: readonly LookupAddress[]) => void;
    reject: (error: Error) => void;
  }[] = [];

  readonly ask = (host: string): Promise<readonly LookupAddress[]> =>
    new Promise((resolve, reject) => this.questions.push({ host, resolve, reject }));

  get hosts(): string[] {
    return this.questions.map(({ host }) => host);
  }
}

function aLookup() {
  const clock = new VirtualClock();
  const [system, servers] = [new Way(), new Way()];
  const names = new NameLookup({ bySystem: system.ask, byServers: servers.ask, clock });
  return { clock, system, servers, names };
}

describe('a name', () => {
  it('that the system knows is asked of nobody else', async () => {
    const { clock, system, servers, names } = aLookup();
    const found = names.find('a');
    await clock.advance(299);
    system.questions[0]?.resolve(SYSTEMS);
    expect(await found).toBe(SYSTEMS);
    await clock.advance(10_000);
    expect(servers.hosts).toEqual([]);
  });

  it('that the system takes long for is asked of the servers, and the first address counts', async () => {
    const { clock, system, servers, names } = aLookup();
    const [one, other] = [names.find('a'), names.find('b')];
    await clock.advance(300);
    expect(servers.hosts).toEqual(['a', 'b']);
    servers.questions[0]?.resolve(SERVERS);
    system.questions[1]?.resolve(SYSTEMS);
    expect([await one, await other]).toEqual([SERVERS, SYSTEMS]);
  });

  it('is asked of the system once at a time, and of the servers at once while that hangs', async () => {
    const { clock, system, servers, names } = aLookup();
    const found = [names.find('a'), names.find('a')];
    await clock.advance(300);
    servers.questions[0]?.resolve(SERVERS);
    expect(await Promise.all(found)).toEqual([SERVERS, SERVERS]);
    const again = names.find('a');
    await clock.advance(0);
    expect([system.hosts, servers.hosts]).toEqual([['a'], ['a', 'a']]);
    servers.questions[1]?.resolve(at('10.0.0.3'));
    expect(await again).toEqual(at('10.0.0.3'));
    system.questions[0]?.resolve(SYSTEMS);
    await clock.advance(0);
    void names.find('a');
    expect(system.hosts).toEqual(['a', 'a']);
  });

  it('that the servers do not know may be known to the system', async () => {
    const { clock, system, servers, names } = aLookup();
    const found = names.find('a');
    await clock.advance(300);
    servers.questions[0]?.reject(new Error('no server knows a'));
    await clock.advance(5_000);
    system.questions[0]?.resolve(SYSTEMS);
    expect(await found).toBe(SYSTEMS);
  });

  it('that the system says is none is none', async () => {
    const { clock, system, servers, names } = aLookup();
    const found = names.find('a');
    system.questions[0]?.reject(new Error('ENOTFOUND'));
    await expect(found).rejects.toThrow('ENOTFOUND');
    await clock.advance(1_000);
    expect(servers.hosts).toEqual([]);
  });
});
