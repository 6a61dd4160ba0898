import { type Alert, isResolved } from '../alert/index.js';
import type { Route } from '../route/index.js';
import { type Instant, Moment } from '../time/index.js';
import { type DedupBatch, type DedupSkip, dedup } from './dedup.js';
import { hashOf } from './log-entry.js';
import { type MutedAlert, type Muters, NOTHING, muteStages } from './mute-stages.js';
import type { IntegrationRef, LogEntry, NotifyReason, ReceiverData } from './notification.js';

/** What a flush is about. */
export interface FlushGroup {
  readonly route: Pick<Route, 'activeTimeIntervals' | 'muteTimeIntervals' | 'repeatInterval'>;
  /** All alerts of the group as stored, in notification order. */
  readonly alerts: readonly Alert[];
}

/** What a flush asks of everything around the group. */
export interface FlushWorld extends Muters {
  /** The integrations of the route's receiver, in build order. */
  readonly integrations: readonly FlushIntegration[];
  /** What was last told to an integration about this group. Counts until it is collected, also past its expiry. */
  logEntry(integration: IntegrationRef): LogEntry | undefined;
  /** Alertmanager's way with alerts that resolve while they are muted: forgotten. */
  readonly strict: boolean;
}

export interface FlushIntegration {
  readonly ref: IntegrationRef;
  readonly sendResolved: boolean;
}

/** Everything a flush found out: what goes out, and for all that does not, why. */
export interface FlushDecision {
  readonly flushedAt: Instant;
  /** The batch in notification order. What fires has no end, so that it cannot resolve on the way. */
  readonly alerts: readonly Alert[];
  readonly muted: readonly MutedAlert[];
  /** Names of the time intervals that mute the group; undefined when the question did not come up. */
  readonly mutedBy: readonly string[] | undefined;
  readonly integrations: readonly IntegrationDecision[];
  /** Fingerprints of resolved alerts that stay in the group, because someone still has to be told. */
  readonly kept: ReadonlySet<string>;
}

export type IntegrationDecision = TellDecision | SkipDecision;

/** `send`: tell it, then log it. `log-only`: it does not want to hear of resolved alerts, but the log has to know. */
export interface TellDecision {
  readonly action: 'send' | 'log-only';
  readonly integration: IntegrationRef;
  readonly reason: NotifyReason;
  /** What the integration is given. */
  readonly alerts: readonly Alert[];
  /** Fingerprints for the log. */
  readonly firing: readonly string[];
  readonly resolved: readonly string[];
  /** Muted alerts that it believes to be firing. */
  readonly owed: readonly string[];
  /** What the integration kept from its last notification. Empty at the start of a firing sequence. */
  readonly data: ReceiverData;
}

export interface SkipDecision {
  readonly action: 'skip';
  readonly integration: IntegrationRef;
  readonly because: SkipCause;
  /** With `unchanged`: it is repeated at the first tick after this. */
  readonly repeatAfter?: Instant;
}

/** `empty`: the group has no alerts. `muted`: every one of them is held back. */
export type SkipCause = 'empty' | 'muted' | DedupSkip;

/**
 * What one tick of a group leads to.
 *
 * Order: the batch is fixed, the mutes are asked, then each integration is judged by its own log entry and by nothing else.
 * Alertmanager: the pipeline of notify; reference "pipeline", sections 4.3, 6, 10, 11, 13.
 * We differ: docs/compat.md, "resolved while muted". Such an alert stays in the group for as long as some integration
 * was told that it fires and not that it ended; the log keeps that in mind (`owed`) through what else is told meanwhile.
 */
export function decideFlush(group: FlushGroup, world: FlushWorld, now: Instant): FlushDecision {
  const alerts = batchOf(group.alerts, now);
  const { passed, muted, mutedBy } = muteStages(group.route, alerts, world, now);
  const held = world.strict || muted.length === 0 ? NOTHING : muted.map(({ alert }) => alert);
  const batch = batchFrom(passed);
  const kept = new Set<string>();
  const integrations: IntegrationDecision[] = [];
  for (const integration of world.integrations) {
    const entry = world.logEntry(integration.ref);
    const owed = owedTo(entry, held);
    for (const alert of owed) if (isResolved(alert, now)) kept.add(fingerprintOf(alert));
    integrations.push(
      passed.length === 0
        ? skip(integration.ref, alerts.length === 0 ? 'empty' : 'muted')
        : decideIntegration(integration, entry, batch, owed, group.route, now),
    );
  }
  return { flushedAt: now, alerts, muted, mutedBy, integrations, kept };
}

interface Batch {
  /** What no mute held back, in order. */
  readonly passed: readonly Alert[];
  readonly firing: readonly Alert[];
  readonly resolved: readonly Alert[];
}

/** What fires has no end any more. Mostly all of it does, and then it is the same list. */
function batchFrom(passed: readonly Alert[]): Batch {
  const isFiring = ({ endsAt }: Alert): boolean => endsAt.isZero;
  if (passed.every(isFiring)) return { passed, firing: passed, resolved: NOTHING };
  return { passed, firing: passed.filter(isFiring), resolved: passed.filter((alert) => !isFiring(alert)) };
}

/**
 * Lists that each flush makes are filled one by one, here and in what follows: those that `map` makes are of another kind
 * once the engine has compiled it, and all that was compiled for the former kind is then thrown away, in the middle of a burst.
 */
function batchOf(stored: readonly Alert[], now: Instant): readonly Alert[] {
  const alerts: Alert[] = [];
  for (let i = 0; i < stored.length; i++) {
    const alert = stored[i] as Alert;
    alerts.push(isResolved(alert, now) ? alert : withoutEnd(alert));
  }
  return alerts;
}

/** Member by member, so that all of them are made alike, wherever the alert came from. */
const withoutEnd = ({ labels, annotations, startsAt, updatedAt, generatorURL, timeout }: Alert): Alert => ({
  labels,
  annotations,
  startsAt,
  endsAt: Moment.ZERO,
  updatedAt,
  generatorURL,
  timeout,
});

/** Of the alerts that are held back those which the integration believes to be firing. */
function owedTo(entry: LogEntry | undefined, held: readonly Alert[]): readonly Alert[] {
  if (!entry || held.length === 0) return NOTHING;
  const told = new Set([...entry.firing, ...(entry.owed ?? [])]);
  return held.filter(({ labels }) => told.has(hashOf(labels, entry.hashing)));
}

function decideIntegration(
  { ref, sendResolved }: FlushIntegration,
  entry: LogEntry | undefined,
  { passed, firing, resolved }: Batch,
  owed: readonly Alert[],
  { repeatInterval }: Pick<Route, 'repeatInterval'>,
  now: Instant,
): IntegrationDecision {
  const prints = { firing: fingerprintsOf(firing), resolved: fingerprintsOf(resolved) };
  const hashes = entry && entry.hashing !== 'fingerprint' ? hashesFor(entry, firing, resolved) : prints;
  const verdict = dedup(entry && withDue(entry, hashes.resolved), hashes, sendResolved, repeatInterval, now);
  if (!verdict.notify) return skip(ref, verdict.because, verdict.repeatAfter);
  const isSent = sendResolved || firing.length > 0;
  return {
    action: isSent ? 'send' : 'log-only',
    integration: ref,
    reason: verdict.reason,
    alerts: sendResolved ? passed : firing,
    firing: prints.firing,
    resolved: prints.resolved,
    owed: fingerprintsOf(owed),
    data: verdict.reason === 'first notification' ? NO_DATA : (entry?.data ?? NO_DATA),
  };
}

/** As a log entry names them that does not do it by fingerprint. */
function hashesFor({ hashing }: LogEntry, firing: readonly Alert[], resolved: readonly Alert[]): DedupBatch {
  const hash = ({ labels }: Alert): string => hashOf(labels, hashing);
  return { firing: firing.map(hash), resolved: resolved.map(hash) };
}

/**
 * The end of what it is owed can be told now: so it counts as told to fire, which makes the end worth telling. An end that was
 * told before is that of an earlier occurrence.
 */
function withDue(entry: LogEntry, resolved: readonly string[]): LogEntry {
  if (resolved.length === 0 || entry.owed === undefined) return entry;
  const owed = new Set(entry.owed);
  const due = new Set(resolved.filter((hash) => owed.has(hash)));
  if (due.size === 0) return entry;
  return { ...entry, firing: [...entry.firing, ...due], resolved: entry.resolved.filter((hash) => !due.has(hash)) };
}

const NO_DATA: ReceiverData = {};

const fingerprintOf = ({ labels }: Alert): string => labels.fingerprint;

function fingerprintsOf(alerts: readonly Alert[]): readonly string[] {
  if (alerts.length === 0) return NOTHING;
  const prints: string[] = [];
  for (let i = 0; i < alerts.length; i++) prints.push(fingerprintOf(alerts[i] as Alert));
  return prints;
}

const skip = (integration: IntegrationRef, because: SkipCause, repeatAfter?: Instant): SkipDecision => ({
  action: 'skip',
  integration,
  because,
  ...(repeatAfter === undefined ? {} : { repeatAfter }),
});

/**
 * Which alerts leave the group after a flush that succeeded: those it found resolved and does not keep. One that was
 * reported again meanwhile is another matter for the next flush.
 */
export function settleFlush(
  { alerts, kept, flushedAt }: FlushDecision,
  current: (fingerprint: string) => Alert | undefined,
): readonly string[] {
  const leaving: string[] = [];
  for (const alert of alerts) {
    const { fingerprint } = alert.labels;
    if (!isResolved(alert, flushedAt) || kept.has(fingerprint)) continue;
    if (current(fingerprint)?.updatedAt === alert.updatedAt) leaving.push(fingerprint);
  }
  return leaving;
}
