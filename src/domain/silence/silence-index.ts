import type { LabelSet } from '../labels/index.js';
import { type Matcher, matchesAll } from '../matcher/index.js';
import type { Instant } from '../time/index.js';
import { ChangeQueue } from './change-queue.js';
import { MatcherBuckets, type Placed } from './matcher-buckets.js';
import type { Silence } from './silence.js';
import { silenceState } from './silence-state.js';

/**
 * All silences, found by the labels of an alert.
 *
 * Pending and expired ones are in it too: they start and end without a write, and every answer about muting asks for the
 * time. An alert looks only at the silences that its own labels lead to.
 */
interface Entry extends Placed {
  readonly silence: Silence;
  /** One matcher set of the silence. */
  readonly matchers: readonly Matcher[];
}

export class SilenceIndex {
  readonly #entries = new Map<string, { readonly silence: Silence; readonly sets: readonly Entry[] }>();
  readonly #buckets = new MatcherBuckets<Entry>();
  readonly #changes = new ChangeQueue((silence) => this.get(silence.id) === silence);

  get size(): number {
    return this.#entries.size;
  }

  get(id: string): Silence | undefined {
    return this.#entries.get(id)?.silence;
  }

  /** In the order in which they were first added. */
  *values(): IterableIterator<Silence> {
    for (const { silence } of this.#entries.values()) yield silence;
  }

  /** Adds a silence, or puts it in the place of the one with its id. */
  set(silence: Silence): void {
    this.#takeOut(silence.id);
    // Pushed one by one: what `map` makes is of another kind to the engine once this is compiled.
    const sets: Entry[] = [];
    for (const matchers of silence.matcherSets) sets.push({ silence, matchers, place: undefined });
    this.#entries.set(silence.id, { silence, sets });
    for (const entry of sets) this.#buckets.add(entry);
    this.#changes.add(silence);
  }

  remove(id: string): void {
    this.#takeOut(id);
    this.#entries.delete(id);
  }

  /** Silences that may match, whatever the time. Those that are not among them do not match. */
  candidates(labels: LabelSet): Silence[] {
    const found = new Set<Silence>();
    this.#buckets.visit(labels, ({ silence }) => found.add(silence));
    return [...found];
  }

  /** Ids of the silences that match, whatever the time. */
  matching(labels: LabelSet): string[] {
    const ids: string[] = [];
    this.#buckets.visit(labels, (entry) => addIfMatching(ids, entry, labels));
    return ids;
  }

  /** Ids of the silences that match and are active now. */
  mutedBy(labels: LabelSet, now: Instant): string[] {
    const ids: string[] = [];
    this.#buckets.visit(labels, (entry) => {
      if (silenceState(entry.silence, now) === 'active') addIfMatching(ids, entry, labels);
    });
    return ids;
  }

  /** When the next silence starts or ends; undefined when none will. Asked with times that do not go back. */
  nextChange(now: Instant): Instant | undefined {
    return this.#changes.next(now);
  }

  #takeOut(id: string): void {
    const known = this.#entries.get(id);
    if (known) for (const entry of known.sets) this.#buckets.remove(entry);
  }
}

function addIfMatching(ids: string[], { silence, matchers }: Entry, labels: LabelSet): void {
  if (!matchesAll(matchers, labels)) return;
  // Only a silence with several sets can be met twice.
  if (silence.matcherSets.length === 1 || !ids.includes(silence.id)) ids.push(silence.id);
}
