import { ByValues, type LabelSet } from '../labels/index.js';
import { matchesAll } from '../matcher/index.js';
import { type Instant, instant } from '../time/index.js';
import { type Inhibition, type InhibitLane, type InhibitRuleSet, type Inhibitor, MAX_INHIBITORS } from './inhibit.js';
import { type RuleSources, Source, SourceBucket } from './source-bucket.js';

export const createInhibitor = (ruleSet: InhibitRuleSet): Inhibitor => new SourceIndex(ruleSet);

/** Until when an answer holds if nothing is observed: the earliest end in it. An empty answer holds for ever. */
export const inhibitionHoldsUntil = (inhibitions: readonly Inhibition[]): Instant =>
  instant(inhibitions.reduce((earliest, { endsAt }) => Math.min(earliest, endsAt), Infinity));

/**
 * All sources of all rules, found by the values of the `equal` labels.
 *
 * A rule mutes a target when a firing source agrees with it in all `equal` labels; a label that is missing on both sides
 * agrees. When the target could be a source of the rule itself, sources that could be its targets do not count, so that
 * alerts on both sides do not mute one another.
 * A source ends by time alone. Bound: the alerts that are stored.
 * We differ from Alertmanager, which remembers one source for each rule and equal values: docs/compat.md, "all inhibitors".
 */
class SourceIndex implements Inhibitor {
  version = 0;
  readonly #ruleSet: InhibitRuleSet;
  readonly #sources = new Map<string, Source>();
  /** By lane, then by the values of its equal labels. */
  readonly #buckets: readonly ByValues<SourceBucket>[];

  constructor(ruleSet: InhibitRuleSet) {
    this.#ruleSet = ruleSet;
    this.#buckets = ruleSet.lanes.map((lane) => new ByValues(lane.equal, () => new SourceBucket(lane)));
  }

  observe(labels: LabelSet, endsAt: Instant, now: Instant): void {
    const known = this.#sources.size === 0 ? undefined : this.#sources.get(labels.fingerprint);
    if (known) this.#update(known, endsAt, now);
    else this.add(labels, endsAt, now);
  }

  add(labels: LabelSet, endsAt: Instant, now: Instant): void {
    // One that is over mutes nobody; should it fire again it will be told.
    if (endsAt > now) this.#place(labels, endsAt);
  }

  forget(labels: LabelSet): void {
    const source = this.#sources.get(labels.fingerprint);
    if (!source) return;
    this.#sources.delete(labels.fingerprint);
    for (const bucket of source.buckets) {
      bucket.remove(source);
      if (bucket.isEmpty) this.#bucketsOf(bucket.lane).delete(labels);
    }
    this.version++;
  }

  inhibitors(labels: LabelSet, now: Instant): readonly Inhibition[] {
    return this.#collect(labels, MAX_INHIBITORS, now);
  }

  allInhibitors(labels: LabelSet, now: Instant): readonly Inhibition[] {
    return this.#collect(labels, Infinity, now);
  }

  isInhibited(labels: LabelSet, now: Instant): boolean {
    for (const bucket of this.#bucketsFor(labels, now))
      for (let entry = bucket.first; entry; entry = entry.next)
        if (entry.firing(labels, 1, now).length > 0) return true;
    return false;
  }

  #place(labels: LabelSet, endsAt: Instant): void {
    let source: Source | undefined;
    for (const rule of this.#ruleSet.bySource.candidates(labels)) {
      if (!matchesAll(rule.sourceMatchers, labels)) continue;
      const bucket = this.#bucketsOf(rule.lane).getOrMake(labels);
      if (source) source.join(bucket);
      else source = new Source(labels, endsAt, bucket);
      bucket.add(rule, source);
    }
    if (!source) return;
    this.#sources.set(labels.fingerprint, source);
    this.version++;
  }

  #bucketsOf(lane: InhibitLane): ByValues<SourceBucket> {
    return this.#buckets[lane.index] as ByValues<SourceBucket>;
  }

  #update(source: Source, endsAt: Instant, now: Instant): void {
    const wasFiring = source.endsAt > now;
    // A later end of what fires anyway changes no answer before the end that the answer already knows.
    if (wasFiring ? endsAt < source.endsAt : endsAt > now) this.version++;
    source.endAt(endsAt);
  }

  /** The buckets that may mute these labels now. */
  *#bucketsFor(labels: LabelSet, now: Instant): IterableIterator<SourceBucket> {
    for (const lane of this.#ruleSet.byTarget.candidates(labels)) {
      const bucket = this.#bucketsOf(lane).get(labels);
      if (bucket && bucket.latestEnd > now && matchesAll(lane.targetMatchers, labels)) yield bucket;
    }
  }

  #collect(labels: LabelSet, limit: number, now: Instant): readonly Inhibition[] {
    if (this.#sources.size === 0) return NONE;
    const entries: RuleSources[] = [];
    for (const bucket of this.#bucketsFor(labels, now))
      for (let entry = bucket.first; entry; entry = entry.next) entries.push(entry);
    entries.sort((a, b) => a.rule.index - b.rule.index);
    const bySource = new Map<string, Inhibition>();
    for (const entry of entries)
      for (const { fingerprint, endsAt } of entry.firing(labels, limit, now)) {
        if (bySource.size === limit) break;
        if (bySource.has(fingerprint)) continue;
        const { name, index } = entry.rule;
        bySource.set(fingerprint, { source: fingerprint, rule: name, ruleIndex: index, endsAt });
      }
    return bySource.size === 0 ? NONE : [...bySource.values()];
  }
}

const NONE: readonly Inhibition[] = [];
