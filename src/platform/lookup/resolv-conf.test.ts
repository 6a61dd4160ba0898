import { describe, expect, it } from '@jest/globals';

import { addressesInHosts, namesToAsk } from './resolv-conf.js';

const KUBERNETES =
  'search team.svc.cluster.local svc.cluster.local cluster.local.\nnameserver 10.0.0.10\noptions ndots:5\n';

describe('the names to ask for', () => {
  it.each([
    ['a plain name, no list', 'hooks.example.com', '', ['hooks.example.com']],
    ['one that is whole', 'hooks.example.com.', KUBERNETES, ['hooks.example.com']],
    [
      'one with few dots',
      'hook.team',
      KUBERNETES,
      ['hook.team.team.svc.cluster.local', 'hook.team.svc.cluster.local', 'hook.team.cluster.local', 'hook.team'],
    ],
    ['one dot is enough by itself', 'a.b', 'search x.org', ['a.b', 'a.b.x.org']],
    ['no dot', 'a', 'search x.org', ['a.x.org', 'a']],
    ['no dot is needed', 'a', 'search x.org\noptions timeout:1 ndots:0', ['a', 'a.x.org']],
    ['the last list', 'a', 'search x.org\nsearch y.org z.org', ['a.y.org', 'a.z.org', 'a']],
    ['the domain in its place', 'a', 'domain x.org. ignored', ['a.x.org', 'a']],
    ['no root in the list', 'a', 'search .', ['a']],
    ['comments', 'a', '# search x.org\nsearch y.org ; z.org\n;domain z.org', ['a.y.org', 'a']],
    ['more dots than there may be', 'a.b', 'search x.org\noptions ndots:99', ['a.b.x.org', 'a.b']],
  ])('%s', (_name, host, text, names) => expect(namesToAsk(host, text)).toEqual(names));
});

const HOSTS = `127.0.0.1\tlocalhost
::1 localhost ip6-localhost # loopback
10.0.0.7 hook.internal Hook.
# 10.0.0.8 commented.internal
fe80::1%eth0 zoned
not-an-address other
`;

describe('addresses in the file of hosts', () => {
  it.each([
    ['localhost', ['127.0.0.1', '::1']],
    ['hook.internal', ['10.0.0.7']],
    ['HOOK', ['10.0.0.7']],
    ['hook.internal.', ['10.0.0.7']],
    ['loopback', []],
    ['commented.internal', []],
    ['other', []],
    ['10.0.0.7', []],
  ])('%s', (host, addresses) => expect(addressesInHosts(host, HOSTS).map(({ address }) => address)).toEqual(addresses));
});
