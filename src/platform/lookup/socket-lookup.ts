import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** For sockets, in the place of Node's own. */
export const socketLookup =
  (find: (host: string) => Promise<readonly LookupAddress[]>): LookupFunction =>
  (host, { family, all: wantsAll }, callback) => {
    find(host).then(
      (all) => {
        const found = all.filter(isOf(family));
        const [first] = found;
        if (!first) callback(unknown(host), []);
        else if (wantsAll) callback(null, found);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };

const isOf =
  (family: number | string | undefined) =>
  (found: LookupAddress): boolean =>
    !family || family === found.family || family === `IPv${found.family}`;

/** As the system says it. */
const unknown = (hostname: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), {
    code: 'ENOTFOUND',
    syscall: 'getaddrinfo',
    hostname,
  });
