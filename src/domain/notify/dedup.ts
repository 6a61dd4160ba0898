import { type Duration, type Instant, plus } from '../time/index.js';
import type { LogEntry, NotifyReason } from './notification.js';

/** Why an integration has to be told, or why not. */
export type DedupVerdict =
  | { readonly notify: true; readonly reason: Exclude<NotifyReason, 'none' | 'unknown'> }
  | { readonly notify: false; readonly because: DedupSkip; readonly repeatAfter?: Instant };

/**
 * `never-told`: all is resolved, and of nothing that fired was ever told. `told-resolved`: all is resolved, and so it was
 * told. `unchanged`: what fires was told, and it is not yet time to repeat it; at a tick after `repeatAfter` it is.
 */
export type DedupSkip = 'never-told' | 'told-resolved' | 'unchanged';

/** Hashes of what passed the mute stages, in the hashing of the log entry. */
export interface DedupBatch {
  readonly firing: readonly string[];
  readonly resolved: readonly string[];
}

/**
 * Whether what is true now differs enough from what was last told.
 *
 * Fewer firing alerts alone are no reason, nor are other annotations. The repeat is measured from the time of logging, which
 * is after the sending, to the tick: with repeat_interval a multiple of group_interval it comes one tick later.
 * Facts: reference "pipeline", section 10.
 */
export function dedup(
  entry: Pick<LogEntry, 'firing' | 'resolved' | 'sentAt'> | undefined,
  { firing, resolved }: DedupBatch,
  sendResolved: boolean,
  repeatInterval: Duration,
  now: Instant,
): DedupVerdict {
  if (!entry) return firing.length > 0 ? tell('first notification') : skip('never-told');
  if (!isSubset(firing, entry.firing))
    return tell(entry.firing.length === 0 ? 'first notification' : 'new alerts added');
  // Whatever send_resolved says: the log has to forget that they fire.
  if (firing.length === 0) return entry.firing.length > 0 ? tell('all alerts resolved') : skip('told-resolved');
  if (sendResolved && !isSubset(resolved, entry.resolved)) return tell('some alerts resolved');
  const repeatAfter = plus(entry.sentAt, repeatInterval);
  return repeatAfter < now ? tell('repeat interval elapsed') : { notify: false, because: 'unchanged', repeatAfter };
}

const tell = (reason: Exclude<NotifyReason, 'none' | 'unknown'>): DedupVerdict => ({ notify: true, reason });
const skip = (because: DedupSkip): DedupVerdict => ({ notify: false, because });

function isSubset(part: readonly string[], whole: readonly string[]): boolean {
  if (part.length === 0) return true;
  if (whole.length === 0) return false;
  const set = new Set(whole);
  return part.every((hash) => set.has(hash));
}
