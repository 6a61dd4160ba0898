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

export const lookup = socketLookup((host) => names.find(host));
