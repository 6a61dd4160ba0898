import { describe, expect, it } from '@jest/globals';

import { leave } from './leave.js';

function left(resources: string[]): string[] {
  const done: string[] = [];
  leave({
    pid: 7,
    getActiveResourcesInfo: () => resources,
    removeAllListeners: (event) => (done.push(`nobody listens to ${String(event)}`), process),
    kill: (pid, signal) => (done.push(`${signal} to ${pid}`), true),
    exit: (code) => done.push(`exit ${code}`) as never,
  });
  return done;
}

describe('at the end', () => {
  it('a process exits', () => expect(left(['TCPSocketWrap', 'Timeout'])).toEqual(['exit 0']));

  it.each(['GetAddrInfoReqWrap', 'FSReqPromise'])(
    'one with a thread that may never end (%s) is ended by the signal',
    (name) => expect(left(['Timeout', name])).toEqual(['nobody listens to SIGTERM', 'SIGTERM to 7', 'exit 0']),
  );
});
