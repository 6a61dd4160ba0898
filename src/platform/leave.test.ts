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
  // What is being closed is among the files.
  it('a process exits', () => expect(left(['TCPSocketWrap', 'FSReqPromise', 'Timeout'])).toEqual(['exit 0']));

  it('one whose lookup of a name may never end is ended by the signal', () =>
    expect(left(['Timeout', 'GetAddrInfoReqWrap'])).toEqual(['nobody listens to SIGTERM', 'SIGTERM to 7', 'exit 0']));
});
