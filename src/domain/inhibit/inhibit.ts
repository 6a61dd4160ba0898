import type { LabelSet } from '../labels/index.js';
import type { Matcher } from '../matcher/index.js';
import type { MatcherIndex } from '../route/index.js';
import type { Instant } from '../time/index.js';

/** The rules of one configuration, compiled. */
export interface InhibitRuleSet {
  readonly size: number;
  readonly rules: readonly InhibitRule[];
  readonly lanes: readonly InhibitLane[];
  /** The rules that may have a label set as source. */
  readonly bySource: MatcherIndex<InhibitRule>;
  /** The lanes that may have it as target. */
  readonly byTarget: MatcherIndex<InhibitLane>;
}

export interface InhibitRule {
  /** Position in the configuration. */
  readonly index: number;
  /** May be empty. */
  readonly name: string;
  readonly sourceMatchers: readonly Matcher[];
  readonly lane: InhibitLane;
}

/** What rules with the same target matchers and the same `equal` share: one look-up answers for all of them. */
export interface InhibitLane {
  readonly index: number;
  readonly targetMatchers: readonly Matcher[];
  /** Sorted, each once. */
  readonly equal: readonly string[];
}

/** Who mutes whom, kept up to date by change. */
export interface Inhibitor {
  /** Tells of an alert that is new, was changed or ends at another time. Cheap for alerts that no rule has as a source. */
  observe(labels: LabelSet, endsAt: Instant, now: Instant): void;
  /** The same about one that is new for sure, or was forgotten. */
  add(labels: LabelSet, endsAt: Instant, now: Instant): void;
  /** Forgets an alert. */
  forget(labels: LabelSet): void;
  /**
   * The firing sources that mute these labels now, each once, under the first rule that says so; in rule order.
   * At most MAX_INHIBITORS of them: a target below ten thousand sources needs no ten thousand reasons.
   */
  inhibitors(labels: LabelSet, now: Instant): readonly Inhibition[];
  /** The same without the bound. */
  allInhibitors(labels: LabelSet, now: Instant): readonly Inhibition[];
  isInhibited(labels: LabelSet, now: Instant): boolean;
  /**
   * Rises when an answer may have changed because of what was observed or forgotten. An answer holds while this stands
   * still and no source that is in it has come to its end (`inhibitionHoldsUntil`).
   */
  readonly version: number;
}

export interface Inhibition {
  /** Fingerprint of the source. */
  readonly source: string;
  /** Name of the rule; empty when it has none. */
  readonly rule: string;
  readonly ruleIndex: number;
  /** When the source ends unless it is reported again. */
  readonly endsAt: Instant;
}

export const MAX_INHIBITORS = 100;
