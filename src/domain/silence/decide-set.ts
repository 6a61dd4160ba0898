import { type Result, failed, ok } from '../issue/index.js';
import type { Matcher } from '../matcher/index.js';
import type { Duration, Instant } from '../time/index.js';
import type { Silence, SilenceDraft } from './silence.js';
import { silenceSize } from './silence-size.js';
import { expireSilence, silenceState } from './silence-state.js';

/**
 * What setting a silence does: a new one, a change in place, or the end of the old one and a new one beside it.
 *
 * The past is never rewritten: what a silence muted and when must stay readable from the records. Hence another matcher
 * or another start makes a new silence, while end, author, comment and annotations change in place.
 */
export type SetDecision =
  | { readonly action: 'create'; readonly silence: Silence }
  | { readonly action: 'update'; readonly silence: Silence }
  | { readonly action: 'replace'; readonly silence: Silence; readonly expired: Silence };

export interface SilenceLimits {
  /** Zero or less is no limit. */
  readonly maxSilences: number;
  readonly maxSizeBytes: number;
  /** How long a silence is kept after its end: part of the record whose size is limited. */
  readonly retention: Duration;
}

/** `known` is the stored silence with the draft's id; `newId` names the new one if there is to be one. */
export function decideSet(
  known: Silence | undefined,
  draft: SilenceDraft,
  newId: string,
  now: Instant,
): Result<SetDecision> {
  if (draft.id !== '' && known === undefined) {
    return failed({ code: 'not-found', path: '', message: 'silence not found' });
  }
  if (known && mayUpdate(known, draft, now))
    return ok({ action: 'update', silence: silenceOf(draft, draft.id, draft.startsAt, now) });
  const startsAt = draft.startsAt < now ? now : draft.startsAt;
  const silence = silenceOf(draft, newId, startsAt, now);
  if (known === undefined || silenceState(known, now) === 'expired') return ok({ action: 'create', silence });
  return ok({ action: 'replace', silence, expired: expireSilence(known, now) });
}

/** Field by field: the engine takes many times as long to copy an object whole. */
const silenceOf = (draft: SilenceDraft, id: string, startsAt: Instant, updatedAt: Instant): Silence => ({
  id,
  matcherSets: draft.matcherSets,
  startsAt,
  endsAt: draft.endsAt,
  updatedAt,
  createdBy: draft.createdBy,
  comment: draft.comment,
  annotations: draft.annotations,
});

/**
 * Why the limits forbid what was decided; undefined when they do not. `stored` counts all records, expired ones too.
 * A replacement needs a place of its own, since the old silence stays until it is forgotten.
 */
export function checkLimits({ action, silence }: SetDecision, stored: number, limits: SilenceLimits): Result<void> {
  const { maxSilences, maxSizeBytes, retention } = limits;
  if (action !== 'update' && maxSilences > 0 && stored + 1 > maxSilences) {
    return exceeded(`exceeded maximum number of silences: ${stored} (limit: ${maxSilences})`);
  }
  if (maxSizeBytes <= 0) return ok(undefined);
  const size = silenceSize(silence, retention);
  if (size <= maxSizeBytes) return ok(undefined);
  return exceeded(`silence exceeded maximum size: ${size} bytes (limit: ${maxSizeBytes} bytes)`);
}

function mayUpdate(known: Silence, draft: SilenceDraft, now: Instant): boolean {
  if (!isSameMatching(known, draft)) return false;
  switch (silenceState(known, now)) {
    case 'active':
      return wholeSecond(known.startsAt) === wholeSecond(draft.startsAt) && draft.endsAt >= now;
    case 'pending':
      return draft.startsAt >= now;
    case 'expired':
      return false;
  }
}

const wholeSecond = (at: Instant): number => Math.floor(at / 1_000);

/** Also in the same order: Alertmanager compares them one by one. */
const isSameMatching = (a: Pick<Silence, 'matcherSets'>, b: Pick<Silence, 'matcherSets'>): boolean =>
  isSameList(a.matcherSets, b.matcherSets, (x, y) => isSameList(x, y, isSameMatcher));

const isSameMatcher = (a: Matcher, b: Matcher): boolean =>
  a.name === b.name && a.operator === b.operator && a.value === b.value;

const isSameList = <T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean): boolean =>
  a.length === b.length && a.every((x, i) => same(x, b[i] as T));

const exceeded = (message: string): Result<never> => failed({ code: 'limit-exceeded', path: '', message });
