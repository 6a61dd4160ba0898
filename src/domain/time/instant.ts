/**
 * Points in time and spans of time, both counted in milliseconds.
 *
 * A double keeps a quarter of a microsecond at today's dates, which is finer than any clock that posts alerts;
 * the exact text of a posted time lives in Moment. The brands keep an Instant from being taken for a Duration.
 */
export type Instant = number & { readonly __instant: never };
export type Duration = number & { readonly __duration: never };

export const instant = (epochMs: number): Instant => epochMs as Instant;
export const duration = (ms: number): Duration => ms as Duration;

/** Alertmanager's zero time, 0001-01-01T00:00:00Z: "not set", and the end of an alert that fires. */
export const ZERO_INSTANT = instant(-62_135_596_800_000);

export const MILLISECOND = duration(1);
export const SECOND = duration(1_000);
export const MINUTE = duration(60_000);
export const HOUR = duration(3_600_000);

export const plus = (at: Instant, span: Duration): Instant => instant(at + span);
export const minus = (at: Instant, span: Duration): Instant => instant(at - span);
export const between = (from: Instant, to: Instant): Duration => duration(to - from);
