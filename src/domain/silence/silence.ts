import type { Matcher } from '../matcher/index.js';
import type { Instant } from '../time/index.js';

/** Mutes alerts for a while. An alert is meant when all matchers of at least one set match. */
export interface Silence {
  readonly id: string;
  readonly matcherSets: readonly (readonly Matcher[])[];
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly updatedAt: Instant;
  readonly createdBy: string;
  readonly comment: string;
  readonly annotations: Readonly<Record<string, string>>;
}

export type SilenceState = 'pending' | 'active' | 'expired';

/** What a client posts: without an id it is new. */
export interface SilenceDraft {
  readonly id: string;
  readonly matcherSets: readonly (readonly Matcher[])[];
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly createdBy: string;
  readonly comment: string;
  readonly annotations: Readonly<Record<string, string>>;
}
