import { ADDRCONFIG } from 'node:dns';
import { lookup as lookupBySystem } from 'node:dns/promises';

import { systemClock } from '../clock.js';
import { NameLookup } from './name-lookup.js';
import { askNameServers, systemNameServers } from './name-servers.js';
import { socketLookup } from './socket-lookup.js';

/** One for the process, as the threads of the system's lookups are. */
const names = new NameLookup({
  bySystem: (host) => lookupBySystem(host, { all: true, hints: ADDRCONFIG }),
  byServers: (host) => askNameServers(host, systemNameServers()),
  clock: systemClock,
});

/**
 * Of several addresses Node gives up each but the last after 250 ms, and none of them may answer so soon: the other side of the
 * earth does not, nor who lost the first packet. Go gives each two seconds at least.
 */
const ADDRESS_TIMEOUT_MS = 2_000;

/** For all sockets that are opened by the name of a host. */
export const byName = {
  lookup: socketLookup((host) => names.find(host)),
  autoSelectFamilyAttemptTimeout: ADDRESS_TIMEOUT_MS,
};
