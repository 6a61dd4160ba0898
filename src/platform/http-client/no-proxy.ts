/**
 * Which targets are reached without the proxy: `no_proxy` and NO_PROXY in the form that Go's programs understand.
 *
 * Entries are separated by commas: `*`, an address, a range (10.0.0.0/8), or a domain that also stands for all below it
 * (`.example.com` and `*.example.com` only for those below); addresses and domains may carry a port. This machine itself
 * is never reached through a proxy that comes with such a list.
 */
import { BlockList, isIP } from 'node:net';

type Rule = (host: string, port: string, isAddress: boolean) => boolean;

export function compileNoProxy(list: string): (host: string, port: string) => boolean {
  const rules: Rule[] = [];
  for (const part of list.split(',')) {
    const entry = part.trim().toLowerCase();
    if (entry === '*') return () => true;
    const rule = entry === '' ? undefined : compileEntry(entry);
    if (rule) rules.push(rule);
  }
  return (rawHost, port) => {
    const host = rawHost.replace(/^\[|\]$/g, '').toLowerCase();
    const isAddress = isIP(host) !== 0;
    if (host === 'localhost' || (isAddress && isLoopback(host))) return true;
    return rules.some((rule) => rule(host, port, isAddress));
  };
}

function compileEntry(entry: string): Rule | undefined {
  const range = compileRange(entry);
  if (range) return range;
  const { host, port } = splitPort(entry);
  const fits = (actual: string): boolean => port === '' || port === actual;
  if (isIP(host) !== 0) {
    const list = blockListOf(host);
    return (target, targetPort, isAddress) => isAddress && contains(list, target) && fits(targetPort);
  }
  if (host === '') return undefined;
  const bare = host.startsWith('*.') ? host.slice(1) : host;
  const suffix = bare.startsWith('.') ? bare : `.${bare}`;
  const alsoItself = !bare.startsWith('.');
  return (target, targetPort, isAddress) =>
    !isAddress && (target.endsWith(suffix) || (alsoItself && target === bare)) && fits(targetPort);
}

function compileRange(entry: string): Rule | undefined {
  const slash = entry.lastIndexOf('/');
  if (slash < 0) return undefined;
  const address = entry.slice(0, slash);
  const family = isIP(address);
  const bits = Number(entry.slice(slash + 1));
  if (family === 0 || !Number.isInteger(bits) || bits < 0 || bits > (family === 6 ? 128 : 32)) return undefined;
  const list = new BlockList();
  list.addSubnet(address, bits, family === 6 ? 'ipv6' : 'ipv4');
  return (target, _port, isAddress) => isAddress && contains(list, target);
}

/** `host:port`, `[v6]:port`, `[v6]` or a host alone. */
function splitPort(entry: string): { host: string; port: string } {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(entry);
  if (bracketed) return { host: bracketed[1] ?? '', port: bracketed[2] ?? '' };
  const colon = entry.indexOf(':');
  if (colon < 0 || colon !== entry.lastIndexOf(':')) return { host: entry, port: '' };
  return { host: entry.slice(0, colon), port: entry.slice(colon + 1) };
}

function blockListOf(address: string): BlockList {
  const list = new BlockList();
  list.addAddress(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return list;
}

const contains = (list: BlockList, address: string): boolean =>
  list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

const isLoopback = (address: string): boolean => contains(LOOPBACK, address);

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');
