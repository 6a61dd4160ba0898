import { type LabelSet, compareBytes } from '../../domain/labels/index.js';
import { formatMatchers } from '../../domain/matcher/index.js';
import type { ApiPeer } from '../client/models.js';
import { formatDate } from './date.js';
import type { Formatter } from './formatter.js';
import { byEnd, byStart, matcherOf } from './order.js';
import { alignTabs, formatTable } from './table.js';

/** Everything that a line can hold. */
export const extendedFormatter = (dateFormat: string): Formatter => ({
  alerts: (alerts) =>
    formatTable([
      ['Labels', 'Annotations', 'Starts At', 'Ends At', 'Generator URL', 'State'],
      ...byStart(alerts).map(({ labels, annotations, startsAt, endsAt, generatorURL, state }) => [
        formatPairs(labels),
        formatPairs(annotations),
        formatDate(startsAt, dateFormat),
        formatDate(endsAt, dateFormat),
        generatorURL,
        state,
      ]),
    ]),
  silences: (silences) =>
    formatTable([
      ['ID', 'Matchers', 'Starts At', 'Ends At', 'Updated At', 'Created By', 'Comment'],
      ...byEnd(silences).map(({ id, matchers, startsAt, endsAt, updatedAt, createdBy, comment }) => [
        id,
        formatMatchers(matchers.map(matcherOf)),
        formatDate(startsAt, dateFormat),
        formatDate(endsAt, dateFormat),
        formatDate(updatedAt, dateFormat),
        createdBy,
        comment,
      ]),
    ]),
  config: ({ original, versionInfo, uptime }) =>
    [
      original,
      ...VERSION_KEYS.map((key) => `${key} ${versionInfo.get(key) ?? ''}`),
      `uptime ${uptime.apiText}`,
      '',
    ].join('\n'),
  cluster: ({ cluster: { status, name, peers } }) =>
    alignTabs(
      [
        `Cluster Status:\t${status}\nNode Name:\t${name}\n\nAddress\tName\n`,
        ...peers.toSorted(byAddress).map((peer) => `${peer.address}\t${peer.name}\t\n`),
      ].join(''),
    ),
});

const VERSION_KEYS = ['buildUser', 'goVersion', 'revision', 'version', 'branch', 'buildDate'];

/** Values as they are, which is for people and not for programs. */
const formatPairs = (labels: LabelSet): string =>
  [...labels.entries()]
    .map(([name, value]) => `${name}="${value}"`)
    .sort(compareBytes)
    .join(' ');

/** By IP, then by port. */
function byAddress(a: ApiPeer, b: ApiPeer): number {
  const [hostA, portA] = splitAddress(a.address);
  const [hostB, portB] = splitAddress(b.address);
  return compareHosts(hostA, hostB) || portA - portB;
}

function splitAddress(address: string): readonly [string, number] {
  const colon = address.lastIndexOf(':');
  return [address.slice(0, colon).replace(/^\[|\]$/g, ''), Number(address.slice(colon + 1)) || 0];
}

function compareHosts(a: string, b: string): number {
  const [octetsA, octetsB] = [a.split('.').map(Number), b.split('.').map(Number)];
  if (octetsA.length !== 4 || octetsB.length !== 4) return compareBytes(a, b);
  return octetsA.map((octet, i) => octet - (octetsB[i] ?? 0)).find((difference) => difference !== 0) ?? 0;
}
