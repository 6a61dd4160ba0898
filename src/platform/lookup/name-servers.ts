import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { readFileSync } from 'node:fs';

import { addressesInHosts, namesToAsk } from './resolv-conf.js';

/** For each try of each server. */
const TIMEOUT_MS = 2_000;
const TRIES = 3;
/** There is no such name, or none of this kind. */
const IS_UNKNOWN: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'ENODATA']);

export interface NameServers {
  readonly hosts: string;
  readonly resolvConf: string;
  /** In the place of those of `resolvConf`. */
  readonly servers?: readonly string[];
}

/** As they are now: they change when a machine moves between networks. */
export const systemNameServers = (): NameServers => ({
  hosts: textOf('/etc/hosts'),
  resolvConf: textOf('/etc/resolv.conf'),
});

/** Asks the servers over sockets of our own, after `/etc/hosts`: no thread waits. Rejects when nobody knows the name. */
export async function askNameServers(
  host: string,
  { hosts, resolvConf, servers }: NameServers,
): Promise<readonly LookupAddress[]> {
  const written = addressesInHosts(host, hosts);
  if (written.length > 0) return written;
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  if (servers) resolver.setServers(servers);
  for (const name of namesToAsk(host, resolvConf)) {
    const [four, six] = await Promise.all([
      resolver.resolve4(name).catch(noneIfUnknown),
      resolver.resolve6(name).catch(noneIfUnknown),
    ]);
    const found = [...four.map(addressOf(4)), ...six.map(addressOf(6))];
    if (found.length > 0) return found;
  }
  throw new Error(`no server knows ${host}`);
}

function noneIfUnknown(error: NodeJS.ErrnoException): string[] {
  if (IS_UNKNOWN.has(error.code)) return [];
  throw error;
}

const addressOf =
  (family: number) =>
  (address: string): LookupAddress => ({ address, family });

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
