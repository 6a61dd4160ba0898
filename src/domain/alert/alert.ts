import type { LabelSet } from '../labels/index.js';
import type { Instant, Moment } from '../time/index.js';

/** One report about one thing that is wrong, as it stands after merging. Never changed, only replaced. */
export interface Alert {
  /** The identity: never empty, no empty values. */
  readonly labels: LabelSet;
  readonly annotations: LabelSet;
  readonly startsAt: Moment;
  /** When it resolves unless it is reported again. In the future while it fires. */
  readonly endsAt: Moment;
  readonly updatedAt: Instant;
  readonly generatorURL: string;
  /** The end was not given by the sender but is `resolve_timeout` after the report. */
  readonly timeout: boolean;
}

/** An end that has come is an end: `endsAt == now` is resolved. */
export const isResolved = (alert: Alert, now: Instant): boolean => !alert.endsAt.isZero && alert.endsAt.at <= now;
