import { SmallMap } from '../labels/index.js';
import { type Instant, ZERO_INSTANT } from '../time/index.js';
import type { InhibitLane, InhibitRule } from './inhibit.js';

/**
 * An alert that some rule has as a source.
 *
 * There are as many of these as there are sources, and nearly as many buckets, most with one of what is below them. So each list
 * in here is made with its first entry: one that grows from nothing has room for seventeen.
 */
export interface Source {
  readonly fingerprint: string;
  endsAt: Instant;
  readonly buckets: SourceBucket[];
}

/** The sources of one rule that agree in its `equal` labels. */
export interface RuleSources {
  readonly rule: InhibitRule;
  /** With whether the source is a target of the rule as well. */
  readonly sources: SmallMap<Source, boolean>;
}

/**
 * The sources of one lane that agree in its `equal` labels, by rule.
 *
 * Keeps: rules in the order of the configuration, none without sources but in one that is being made; no source ends after
 * `latestEnd`.
 */
export class SourceBucket {
  readonly lane: InhibitLane;
  readonly byRule: RuleSources[];
  latestEnd: Instant = ZERO_INSTANT;

  constructor(first: InhibitRule) {
    this.lane = first.lane;
    this.byRule = [noSourcesOf(first)];
  }

  add(rule: InhibitRule, source: Source, isTarget: boolean): void {
    this.#ofRule(rule).sources.set(source, isTarget);
    this.extend(source.endsAt);
  }

  remove(source: Source): void {
    for (const { sources } of this.byRule) sources.delete(source);
    for (let i = this.byRule.length - 1; i >= 0; i--)
      if ((this.byRule[i] as RuleSources).sources.size === 0) this.byRule.splice(i, 1);
  }

  extend(endsAt: Instant): void {
    if (endsAt > this.latestEnd) this.latestEnd = endsAt;
  }

  get isEmpty(): boolean {
    return this.byRule.length === 0;
  }

  #ofRule(rule: InhibitRule): RuleSources {
    let at = this.byRule.findIndex(({ rule: other }) => other.index >= rule.index);
    if (at < 0) at = this.byRule.length;
    if (this.byRule[at]?.rule !== rule) this.byRule.splice(at, 0, noSourcesOf(rule));
    return this.byRule[at] as RuleSources;
  }
}

const noSourcesOf = (rule: InhibitRule): RuleSources => ({ rule, sources: new SmallMap() });
