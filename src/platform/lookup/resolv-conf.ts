/**
 * What `/etc/resolv.conf` and `/etc/hosts` say of a name, as Go's resolver and the C library read them: the names to ask the
 * servers for, one after the other, and addresses that need no server.
 */
import { type LookupAddress } from 'node:dns';
import { isIP } from 'node:net';

const DEFAULT_NDOTS = 1;
const MOST_NDOTS = 15;

/** A name with enough dots is asked for as it is first, one with fewer after those that the search list makes of it. */
export function namesToAsk(host: string, resolvConf: string): readonly string[] {
  if (host.endsWith('.')) return [host.slice(0, -1)];
  const { search, ndots } = readResolvConf(resolvConf);
  const longer = search.map((domain) => `${host}.${domain}`);
  const dots = host.split('.').length - 1;
  return dots >= ndots ? [host, ...longer] : [...longer, host];
}

interface ResolvConf {
  readonly search: readonly string[];
  readonly ndots: number;
}

/** Of several lines of a kind the last one holds. */
function readResolvConf(text: string): ResolvConf {
  let search: readonly string[] = [];
  let ndots = DEFAULT_NDOTS;
  for (const [keyword, ...words] of linesOf(text, /[#;].*/))
    if (keyword === 'search') search = words.map(withoutDot).filter((domain) => domain !== '');
    else if (keyword === 'domain') search = words.slice(0, 1).map(withoutDot);
    else if (keyword === 'options')
      for (const word of words) {
        const [, count] = /^ndots:(\d+)$/.exec(word) ?? [];
        if (count !== undefined) ndots = Math.min(Number(count), MOST_NDOTS);
      }
  return { search, ndots };
}

export function addressesInHosts(host: string, hosts: string): readonly LookupAddress[] {
  const wanted = withoutDot(host.toLowerCase());
  const found: LookupAddress[] = [];
  for (const [address = '', ...names] of linesOf(hosts, /#.*/)) {
    const family = isIP(address);
    if (family !== 0 && names.some((name) => withoutDot(name.toLowerCase()) === wanted))
      found.push({ address, family });
  }
  return found;
}

const linesOf = (text: string, comment: RegExp): string[][] =>
  text
    .split('\n')
    .map((line) => line.replace(comment, '').trim())
    .filter((line) => line !== '')
    .map((line) => line.split(/\s+/));

const withoutDot = (name: string): string => (name.endsWith('.') ? name.slice(0, -1) : name);
