import type { MatchOperator } from '../matcher/index.js';
import type { Instant } from '../time/index.js';
import type { Silence, SilenceState } from './silence.js';
import { silenceState } from './silence-state.js';

const RANK: Readonly<Record<SilenceState, number>> = { active: 0, pending: 1, expired: 2 };

/** The order of the list: active by end, then pending by start, then expired, the one that ended last first. */
export function compareForListing(a: Silence, b: Silence, now: Instant): number {
  const state = silenceState(a, now);
  const byState = RANK[state] - RANK[silenceState(b, now)];
  if (byState !== 0) return byState;
  switch (state) {
    case 'active':
      return a.endsAt - b.endsAt;
    case 'pending':
      return a.startsAt - b.startsAt;
    case 'expired':
      return b.endsAt - a.endsAt;
  }
}

/**
 * Whether a silence has each of the asked matchers word for word, within one set. The filter of the list compares
 * matchers, not what they match.
 */
export function hasMatchers(silence: Silence, asked: readonly MatcherText[]): boolean {
  return silence.matcherSets.some((matchers) =>
    asked.every(({ name, operator, value }) =>
      matchers.some((matcher) => matcher.name === name && matcher.operator === operator && matcher.value === value),
    ),
  );
}

interface MatcherText {
  readonly name: string;
  readonly operator: MatchOperator;
  readonly value: string;
}
