import type { LabelSet } from '../labels/index.js';
import type { Instant } from '../time/index.js';

/** The rules of one configuration, compiled. */
export interface InhibitRuleSet {
  readonly size: number;
}

/** Who mutes whom, kept up to date by change. */
export interface Inhibitor {
  /** Tells of an alert that is new, was changed or ends at another time. Cheap for alerts that no rule has as a source. */
  observe(labels: LabelSet, endsAt: Instant): void;
  /** Forgets an alert. */
  forget(labels: LabelSet): void;
  /** Fingerprints of the firing sources that mute these labels now, with the rule that says so. */
  inhibitors(labels: LabelSet, now: Instant): readonly Inhibition[];
}

export interface Inhibition {
  readonly source: string;
  readonly rule: string;
}
