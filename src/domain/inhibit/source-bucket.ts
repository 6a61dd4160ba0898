import { type LabelSet, SmallMap } from '../labels/index.js';
import { matchesAll } from '../matcher/index.js';
import { type Instant, ZERO_INSTANT } from '../time/index.js';
import type { InhibitLane, InhibitRule } from './inhibit.js';

/**
 * An alert that some rule has as a source.
 *
 * There are as many of these as there are sources, and nearly as many buckets, most with one of what is below them. So nothing in
 * here has a list for what is mostly one: the collector copies all of it twice before it lets it rest.
 */
export class Source {
  readonly #bucket: SourceBucket;
  #others: SourceBucket[] | undefined;

  constructor(
    readonly labels: LabelSet,
    public endsAt: Instant,
    first: SourceBucket,
  ) {
    this.#bucket = first;
  }

  get fingerprint(): string {
    return this.labels.fingerprint;
  }

  /** Each once. */
  get buckets(): readonly SourceBucket[] {
    return this.#others ? [this.#bucket, ...this.#others] : [this.#bucket];
  }

  join(bucket: SourceBucket): void {
    if (bucket === this.#bucket || this.#others?.includes(bucket)) return;
    if (this.#others) this.#others.push(bucket);
    else this.#others = [bucket];
  }

  /** With each report, so no list of buckets is made for it. */
  endAt(endsAt: Instant): void {
    this.endsAt = endsAt;
    this.#bucket.extend(endsAt);
    if (this.#others) for (const bucket of this.#others) bucket.extend(endsAt);
  }
}

/** The sources of one rule that agree in its `equal` labels. */
export class RuleSources {
  /** Those of the next rule. */
  next: RuleSources | undefined;
  /** With whether the source is a target of the rule as well, once somebody has asked. */
  readonly #sources = new SmallMap<Source, boolean | undefined>();

  constructor(readonly rule: InhibitRule) {}

  get isEmpty(): boolean {
    return this.#sources.size === 0;
  }

  add(source: Source): void {
    this.#sources.set(source, undefined);
  }

  remove(source: Source): void {
    this.#sources.delete(source);
  }

  /** The first firing ones that may mute the target, the guard against mutual muting applied. */
  firing(target: LabelSet, limit: number, now: Instant): readonly Source[] {
    const found: Source[] = [];
    let isGuarded: boolean | undefined;
    for (const [source, isTarget] of this.#sources.entries()) {
      if (source.endsAt <= now) continue;
      if ((isTarget ?? this.#learn(source)) && (isGuarded ??= matchesAll(this.rule.sourceMatchers, target))) continue;
      found.push(source);
      if (found.length >= limit) break;
    }
    return found;
  }

  #learn(source: Source): boolean {
    const isTarget = matchesAll(this.rule.lane.targetMatchers, source.labels);
    this.#sources.set(source, isTarget);
    return isTarget;
  }
}

/**
 * The sources of one lane that agree in its `equal` labels, by rule.
 *
 * Keeps: rules in the order of the configuration, none without sources; no source ends after `latestEnd`.
 */
export class SourceBucket {
  latestEnd: Instant = ZERO_INSTANT;
  #first: RuleSources | undefined;

  constructor(readonly lane: InhibitLane) {}

  add(rule: InhibitRule, source: Source): void {
    this.#ofRule(rule).add(source);
    this.extend(source.endsAt);
  }

  remove(source: Source): void {
    let before: RuleSources | undefined;
    for (let entry = this.#first; entry; entry = entry.next) {
      entry.remove(source);
      if (!entry.isEmpty) before = entry;
      else if (before) before.next = entry.next;
      else this.#first = entry.next;
    }
  }

  extend(endsAt: Instant): void {
    if (endsAt > this.latestEnd) this.latestEnd = endsAt;
  }

  get isEmpty(): boolean {
    return this.#first === undefined;
  }

  /** From where `next` leads through all. */
  get first(): RuleSources | undefined {
    return this.#first;
  }

  #ofRule(rule: InhibitRule): RuleSources {
    let before: RuleSources | undefined;
    let entry = this.#first;
    for (; entry && entry.rule.index < rule.index; entry = entry.next) before = entry;
    if (entry?.rule === rule) return entry;
    const made = new RuleSources(rule);
    made.next = entry;
    if (before) before.next = made;
    else this.#first = made;
    return made;
  }
}
