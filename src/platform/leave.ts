/** What threads of Node's are at: names, and files where Node tells of them (26 does not). */
const IN_THREADS = /^(GetAddrInfoReqWrap|FSReq)/;

type Leaving = Pick<NodeJS.Process, 'exit' | 'getActiveResourcesInfo' | 'kill' | 'pid' | 'removeAllListeners'>;

/**
 * Ends the process, whose work is done.
 *
 * Node waits for its threads then, and a name server or a disk that is silent holds those for as long as it likes. Where one may,
 * the process ends as a signal ends who does not listen to it, which waits for nobody.
 */
export function leave(self: Leaving = process): void {
  if (self.getActiveResourcesInfo().some((name) => IN_THREADS.test(name))) {
    self.removeAllListeners('SIGTERM');
    self.kill(self.pid, 'SIGTERM');
  }
  self.exit(0);
}
