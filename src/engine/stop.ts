import type { Duration } from '../domain/time/index.js';
import type { StateRecord } from '../storage/storage.js';
import { STOPPED, type StateRecords } from './state-records.js';
import type { EngineContext } from './context.js';
import type { Flusher } from './flush.js';
import { recordOf } from './journal.js';
import type { Sender } from './sender.js';
import type { WorkingSet } from './working-set.js';

export interface StopParts {
  readonly working: WorkingSet;
  readonly flusher: Flusher;
  readonly sender: Sender;
  readonly records: StateRecords;
}

/**
 * The end of a process that may take its time: no group is flushed any more, what is being sent may arrive, so that nobody
 * hears it twice; what takes too long is cancelled. The disk then knows the very state, leases made exact.
 */
export async function sayGoodbye(context: EngineContext, parts: StopParts): Promise<void> {
  const { clock, journal, options, queue } = context;
  queue.stop();
  const landed = parts.flusher.land();
  const isLanded = await within(context, landed, options.stopGrace);
  if (!isLanded) parts.sender.cancel();
  await landed;
  const now = clock.now();
  const { records, working } = parts;
  const changes: StateRecord[] = [];
  for (const known of working.alerts.values()) records.addRest(changes, known, now);
  for (const group of working.groups.values()) changes.push(...records.ofGroup(group, now));
  changes.push(recordOf('meta', STOPPED, now, now));
  await journal.noteSoon(changes);
}

/** Whether it came to pass in time. */
function within({ clock }: EngineContext, done: Promise<void>, patience: Duration): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = clock.after(patience, () => resolve(false));
    void done.then(() => {
      timer.cancel();
      resolve(true);
    });
  });
}
