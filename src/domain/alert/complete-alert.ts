import type { LabelSet } from '../labels/index.js';
import { type Duration, type Instant, Moment, plus } from '../time/index.js';
import type { Alert } from './alert.js';

/** An alert as a client posts it: times may be missing (or the zero time, which is the same), labels may be empty. */
export interface PostedAlert {
  readonly labels: LabelSet;
  readonly annotations: LabelSet;
  readonly startsAt: Moment | undefined;
  readonly endsAt: Moment | undefined;
  readonly generatorURL: string;
}

/** Fills in what was left out and drops labels without a value, which mean the same as no label. */
export function completeAlert(posted: PostedAlert, resolveTimeout: Duration, now: Instant): Alert {
  const { labels } = posted;
  const whole = labels.hasEmptyValue ? { ...posted, labels: labels.filter((_name, value) => value !== '') } : posted;
  return completeTimes(whole, resolveTimeout, now);
}

/**
 * For those whose labels are known to be right.
 *
 * An end without a start is its own start. One `now` serves a whole request.
 */
export function completeTimes(posted: PostedAlert, resolveTimeout: Duration, now: Instant): Alert {
  const startsAt = given(posted.startsAt);
  const endsAt = given(posted.endsAt);
  return {
    labels: posted.labels,
    annotations: posted.annotations,
    startsAt: startsAt ?? endsAt ?? Moment.of(now),
    endsAt: endsAt ?? Moment.of(plus(now, resolveTimeout)),
    updatedAt: now,
    generatorURL: posted.generatorURL,
    timeout: !endsAt,
  };
}

const given = (moment: Moment | undefined): Moment | undefined => (moment?.isZero ? undefined : moment);
