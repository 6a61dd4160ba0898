import { matchesAll } from '../matcher/index.js';
import type { LabelSet } from '../labels/index.js';
import { type Duration, type Instant, plus } from '../time/index.js';
import type { Silence, SilenceState } from './silence.js';

/**
 * Where a silence stands at a moment, and what follows from time passing.
 *
 * It has ended at `endsAt` itself, so that one which was just expired is over at once, also within the same millisecond.
 */
export function silenceState({ startsAt, endsAt }: Pick<Silence, 'startsAt' | 'endsAt'>, now: Instant): SilenceState {
  if (now < startsAt) return 'pending';
  return now < endsAt ? 'active' : 'expired';
}

/** Ended so long ago that it need not be kept. */
export const isForgettable = ({ endsAt }: Silence, retention: Duration, now: Instant): boolean =>
  plus(endsAt, retention) <= now;

/** Whether it is meant for these labels, whatever the time. */
export const silenceMatches = ({ matcherSets }: Silence, labels: LabelSet): boolean =>
  matcherSets.some((matchers) => matchesAll(matchers, labels));

/** Over from now on. A pending one never begins; one that is over stays as it is. */
export function expireSilence(silence: Silence, now: Instant): Silence {
  switch (silenceState(silence, now)) {
    case 'active':
      return { ...silence, endsAt: now, updatedAt: now };
    case 'pending':
      return { ...silence, startsAt: now, endsAt: now, updatedAt: now };
    case 'expired':
      return silence;
  }
}

/** Of two records of one silence, from two nodes, the later one counts; what nobody needs to keep is not taken in. */
export const supersedes = (incoming: Silence, known: Silence | undefined, retention: Duration, now: Instant): boolean =>
  !isForgettable(incoming, retention, now) && (known === undefined || known.updatedAt < incoming.updatedAt);
