/** A thread that looks up a name. */
const LOOKUP = 'GetAddrInfoReqWrap';

type Leaving = Pick<NodeJS.Process, 'exit' | 'getActiveResourcesInfo' | 'kill' | 'pid' | 'removeAllListeners'>;

/**
 * Ends the process, whose work is done.
 *
 * Node waits for its threads then, and a name server that is silent holds those for as long as it likes. Where one may, the
 * process ends as a signal ends who does not listen to it, which waits for nobody.
 */
export function leave(self: Leaving = process): void {
  if (self.getActiveResourcesInfo().includes(LOOKUP)) {
    self.removeAllListeners('SIGTERM');
    self.kill(self.pid, 'SIGTERM');
  }
  self.exit(0);
}
