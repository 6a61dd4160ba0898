import { type Result, failed, ok } from '../domain/issue/index.js';
import {
  type SetDecision,
  type Silence,
  type SilenceDraft,
  SilenceIndex,
  type SilenceState,
  checkLimits,
  decideSet,
  expireSilence,
  isForgettable,
  silenceFromRecord,
  silenceMatches,
  silenceState,
  silenceToJson,
} from '../domain/silence/index.js';
import { type Instant, formatRfc3339 } from '../domain/time/index.js';
import { type Json, JsonText, type StateRecord } from '../storage/storage.js';
import type { EngineContext } from './context.js';
import type { Due } from './due-queue.js';
import { emptyList } from '../platform/empty-list.js';
import type { KnownAlert } from './group.js';
import { recordOf } from './journal.js';

/**
 * The silences in memory. What matches an alert is found out when somebody asks for it, remembered with the alert, and
 * brought up to date by the silences that were added since: each of those is matched, or, when they are many, the index is
 * asked again. So a silence that is made costs the same however many alerts there are.
 *
 * Keeps: what is set is in force at once and on disk when the promise resolves.
 * Bound: --silences.max-silences; those that are over are forgotten after the retention.
 */
/** Matching so many silences takes about as long as asking the index. */
const MOST_ADDED = 64;

const NONE: readonly string[] = [];

export interface SilenceListener {
  /** Ids that no silence has any more. */
  onForgotten(ids: ReadonlySet<string>): void;
  /** Some silence started, ended or was changed. */
  onChange(): void;
}

export class SilenceBook {
  version = 0;
  readonly #index = new SilenceIndex();
  readonly #transition: Due;
  /** The latest that were added; their matchers never change. */
  readonly #added = emptyList<Silence>();
  #addedCount = 0;

  constructor(
    private readonly context: EngineContext,
    private readonly listener: SilenceListener,
  ) {
    this.#transition = context.queue.entry('transition', 'start or end of a silence', (now) => this.#onTransition(now));
  }

  get isEmpty(): boolean {
    return this.#index.size === 0;
  }

  list(): readonly Silence[] {
    this.context.metrics.silences.queries.inc();
    return [...this.#index.values()];
  }

  get(id: string): Silence | undefined {
    this.context.metrics.silences.queries.inc();
    return this.#index.get(id);
  }

  /** Ids of the silences that mute it now. */
  activeFor(known: KnownAlert, now: Instant): readonly string[] {
    if (this.isEmpty) return NONE;
    this.#bringUpToDate(known);
    if (known.silenceIds.length === 0) return known.silenceIds;
    return known.silenceIds.filter((id) => {
      const silence = this.#index.get(id);
      return silence !== undefined && silenceState(silence, now) === 'active';
    });
  }

  async set(draft: SilenceDraft): Promise<Result<string>> {
    const now = this.context.clock.now();
    const decided = decideSet(this.#index.get(draft.id), draft, this.context.ids.uuid(), now);
    if (!decided.ok) return decided;
    const { maxSilences, maxSilenceSizeBytes, retention } = this.context.options;
    const limits = { maxSilences, maxSizeBytes: maxSilenceSizeBytes, retention };
    const allowed = checkLimits(decided.value, this.#index.size, limits);
    if (!allowed.ok) return allowed;
    await this.context.journal.write(this.#carryOut(decided.value, now));
    return ok(decided.value.silence.id);
  }

  async expire(id: string): Promise<Result<void>> {
    const known = this.#index.get(id);
    if (!known) return failed({ code: 'not-found', path: '', message: 'silence not found' });
    const now = this.context.clock.now();
    const expired = expireSilence(known, now);
    if (expired !== known) await this.context.journal.write([this.#put(expired, 'expire', now)]);
    return ok(undefined);
  }

  restore(records: Iterable<{ readonly key: string; readonly value: Json | undefined }>, now: Instant): void {
    for (const { key, value } of records) {
      const silence = silenceFromRecord(value);
      if (silence.ok) this.#index.set(silence.value);
      else {
        this.context.metrics.silences.matcherCompileErrors.inc({ stage: 'load_snapshot' });
        this.context.log.error('Skipping a damaged silence', { id: key, err: silence.issues[0]?.message });
      }
    }
    this.#waitForNext(now);
  }

  collect(now: Instant): void {
    const { clock, journal, metrics, options } = this.context;
    const began = clock.elapsed();
    const forgotten = [...this.#index.values()].filter((silence) => isForgettable(silence, options.retention, now));
    for (const { id } of forgotten) this.#index.remove(id);
    this.version += forgotten.length;
    if (forgotten.length > 0) this.listener.onForgotten(new Set(forgotten.map(({ id }) => id)));
    journal.note(forgotten.map(({ id }) => recordOf('silence', id, undefined, now)));
    metrics.silences.maintenance.inc();
    metrics.silences.gcDuration.observe((clock.elapsed() - began) / 1_000);
  }

  countByState(now: Instant): Readonly<Record<SilenceState, number>> {
    const counts = { active: 0, pending: 0, expired: 0 };
    for (const silence of this.#index.values()) counts[silenceState(silence, now)]++;
    return counts;
  }

  #carryOut(decision: SetDecision, now: Instant): StateRecord[] {
    switch (decision.action) {
      case 'create':
        return [this.#add(decision.silence, now)];
      case 'update':
        return [this.#put(decision.silence, 'update', now)];
      case 'replace':
        return [this.#put(decision.expired, 'expire', now), this.#add(decision.silence, now)];
    }
  }

  #add(silence: Silence, now: Instant): StateRecord {
    const record = this.#put(silence, 'create', now);
    this.#added.push(silence);
    this.#addedCount++;
    if (this.#added.length > 2 * MOST_ADDED) this.#added.splice(0, MOST_ADDED);
    return record;
  }

  #bringUpToDate(known: KnownAlert): void {
    const missed = known.silencesSeen < 0 ? Infinity : this.#addedCount - known.silencesSeen;
    if (missed === 0) return;
    known.silencesSeen = this.#addedCount;
    const { labels } = known.alert;
    if (missed > Math.min(MOST_ADDED, this.#added.length)) {
      known.silenceIds = this.#index.matching(labels);
      return;
    }
    const matching = this.#added.slice(-missed).filter((silence) => silenceMatches(silence, labels));
    if (matching.length > 0) known.silenceIds = [...known.silenceIds, ...matching.map(({ id }) => id)];
  }

  #put(silence: Silence, what: 'create' | 'update' | 'expire', now: Instant): StateRecord {
    this.#index.set(silence);
    this.#waitForNext(now);
    this.#changed();
    if (this.context.options.logSilences) this.context.log.info(`${what} silence`, describe(silence));
    return recordOf('silence', silence.id, new JsonText(silenceToJson(silence)), now);
  }

  #onTransition(now: Instant): void {
    this.#waitForNext(now);
    this.#changed();
  }

  #changed(): void {
    this.version++;
    this.listener.onChange();
  }

  #waitForNext(now: Instant): void {
    const { queue } = this.context;
    const next = this.#index.nextChange(now);
    if (next === undefined) queue.remove(this.#transition);
    else if (next !== this.#transition.at || !queue.isWaiting(this.#transition)) queue.set(this.#transition, next);
  }
}

const describe = (silence: Silence) => ({
  Id: silence.id,
  CreatedBy: silence.createdBy,
  Comment: silence.comment,
  StartsAt: formatRfc3339(silence.startsAt),
  EndsAt: formatRfc3339(silence.endsAt),
  Matchers: silence.matcherSets
    .flat()
    .map(({ name, operator, value }) => `${name}${operator}${value}`)
    .join(','),
});
