import type { Matcher } from '../domain/matcher/index.js';
import type { KnownAlert } from './group.js';

/** So many names have a table; the one that was made first gives way. */
export const MAX_NAMES = 32;

/**
 * Finds the alerts that a filter may mean without looking at the others: by label name and value.
 *
 * A name gets its table when it is first asked for, and from then on the table follows every alert that comes or goes.
 *
 * Bound: MAX_NAMES tables, each with one entry for each alert that has the label.
 */
export class AlertsByValue {
  readonly #tables = new Map<string, Table>();

  constructor(private readonly all: () => Iterable<KnownAlert>) {}

  add(known: KnownAlert): void {
    for (const table of this.#tables.values()) table.add(known);
  }

  remove(known: KnownAlert): void {
    for (const table of this.#tables.values()) table.remove(known);
  }

  /**
   * Makes a table for these matchers bit by bit, since with very many alerts that takes a while. One for each question: others
   * narrow down the next one.
   */
  *prepare(matchers: readonly Matcher[]): Generator<void> {
    const table = this.#nextToFill(usableOf(matchers));
    if (!table) return;
    while (!table.isFull) {
      table.fill(AT_A_TIME);
      yield;
    }
  }

  /**
   * All that fulfil the matchers and some that do not, in no order; undefined when no matcher narrows them down. What was not
   * prepared is made now.
   */
  candidates(matchers: readonly Matcher[]): readonly KnownAlert[] | undefined {
    const usable = usableOf(matchers);
    if (!usable.some((matcher) => this.#fullTable(matcher))) this.#nextToFill(usable)?.fill(Infinity);
    const best = leastBy(usable, (matcher) => this.#fullTable(matcher)?.weigh(matcher));
    return best && this.#fullTable(best)?.alertsFor(best);
  }

  #fullTable({ name }: Matcher): Table | undefined {
    const table = this.#tables.get(name);
    return table?.isFull ? table : undefined;
  }

  #nextToFill(matchers: readonly Matcher[]): Table | undefined {
    const missing = matchers.find((matcher) => !this.#fullTable(matcher));
    return missing && (this.#tables.get(missing.name) ?? this.#makeTable(missing.name));
  }

  #makeTable(name: string): Table {
    for (const oldest of this.#tables.keys()) {
      if (this.#tables.size < MAX_NAMES) break;
      this.#tables.delete(oldest);
    }
    const table = new Table(name, this.all());
    this.#tables.set(name, table);
    return table;
  }
}

/** So many alerts go into a table before somebody may look at the clock. */
const AT_A_TIME = 16;

/** Those that narrow down: the ones whose values are known, or else the others. */
function usableOf(matchers: readonly Matcher[]): readonly Matcher[] {
  const usable = matchers.filter(needsLabel);
  const literal = usable.filter(({ literals }) => literals !== undefined);
  return literal.length > 0 ? literal : usable;
}

/** Those that an alert without the label cannot fulfil, whichever way one reads the empty value. */
const needsLabel = (matcher: Matcher): boolean => matcher.value !== '' && !matcher.matches('');

/**
 * The alerts that have one label, by its value. Most values of some labels have one alert only.
 *
 * It is filled from all there are, while others come and go: who comes may be met again, who goes is not met any more.
 */
class Table {
  isFull = false;
  readonly #byValue = new Map<string, KnownAlert | Set<KnownAlert>>();
  readonly #rest: Iterator<KnownAlert>;

  constructor(
    private readonly name: string,
    all: Iterable<KnownAlert>,
  ) {
    this.#rest = all[Symbol.iterator]();
  }

  fill(most: number): void {
    for (let n = 0; n < most && !this.isFull; n++) {
      const { done = false, value } = this.#rest.next();
      if (done) this.isFull = true;
      else this.add(value);
    }
  }

  add(known: KnownAlert): void {
    const value = known.alert.labels.get(this.name);
    if (value === '') return;
    const there = this.#byValue.get(value);
    if (there === undefined) this.#byValue.set(value, known);
    else if (there instanceof Set) there.add(known);
    else if (there !== known) this.#byValue.set(value, new Set([there, known]));
  }

  remove(known: KnownAlert): void {
    const value = known.alert.labels.get(this.name);
    const there = this.#byValue.get(value);
    if (there instanceof Set) {
      there.delete(known);
      if (there.size > 0) return;
    } else if (there !== known) return;
    this.#byValue.delete(value);
  }

  /** How much there is to look at for a matcher. */
  weigh({ literals }: Matcher): number {
    if (!literals) return this.#byValue.size;
    let size = 0;
    for (const value of literals) size += sizeOf(this.#byValue.get(value));
    return size;
  }

  alertsFor(matcher: Matcher): readonly KnownAlert[] {
    const found: KnownAlert[] = [];
    if (matcher.literals) for (const value of new Set(matcher.literals)) collect(this.#byValue.get(value), found);
    // Asks once for each value.
    else for (const [value, alerts] of this.#byValue) if (matcher.matches(value)) collect(alerts, found);
    return found;
  }
}

const sizeOf = (alerts: KnownAlert | Set<KnownAlert> | undefined): number =>
  alerts instanceof Set ? alerts.size : alerts ? 1 : 0;

function collect(alerts: KnownAlert | Set<KnownAlert> | undefined, into: KnownAlert[]): void {
  if (alerts instanceof Set) for (const known of alerts) into.push(known);
  else if (alerts) into.push(alerts);
}

/** Of those that have a weight. */
function leastBy<T>(items: readonly T[], weigh: (item: T) => number | undefined): T | undefined {
  let best: T | undefined;
  let least = Infinity;
  for (const item of items) {
    const weight = weigh(item);
    if (weight === undefined || weight >= least) continue;
    least = weight;
    best = item;
  }
  return best;
}
