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
    for (const [name, table] of this.#tables) table.add(known, known.alert.labels.get(name));
  }

  remove(known: KnownAlert): void {
    for (const [name, table] of this.#tables) table.remove(known, known.alert.labels.get(name));
  }

  /**
   * All that fulfil the matchers and some that do not, in no order; undefined when no matcher narrows them down. One question
   * makes one table at most, since that takes a while with very many alerts: others narrow down the next one.
   */
  candidates(matchers: readonly Matcher[]): readonly KnownAlert[] | undefined {
    const usable = matchers.filter(needsLabel);
    const literals = usable.filter(hasLiterals);
    if (literals.length > 0) {
      this.#makeMissing(literals);
      const literal = leastBy(literals, ({ name, literals: values }) => this.#tables.get(name)?.sizeUnder(values));
      return literal && this.#tables.get(literal.name)?.under(literal.literals);
    }
    this.#makeMissing(usable);
    const other = leastBy(usable, ({ name }) => this.#tables.get(name)?.valueCount);
    return other && this.#tables.get(other.name)?.matching(other);
  }

  #makeMissing(matchers: readonly Matcher[]): void {
    const missing = matchers.find(({ name }) => !this.#tables.has(name));
    if (missing) this.#makeTable(missing.name);
  }

  #makeTable(name: string): void {
    const table = new Table();
    for (const alert of this.all()) table.add(alert, alert.alert.labels.get(name));
    for (const oldest of this.#tables.keys()) {
      if (this.#tables.size < MAX_NAMES) break;
      this.#tables.delete(oldest);
    }
    this.#tables.set(name, table);
  }
}

type Literal = Matcher & { readonly literals: readonly string[] };

const hasLiterals = (matcher: Matcher): matcher is Literal => matcher.literals !== undefined;

/** Those that an alert without the label cannot fulfil, whichever way one reads the empty value. */
const needsLabel = (matcher: Matcher): boolean => matcher.value !== '' && !matcher.matches('');

/** The alerts that have one label, by its value. Most values of some labels have one alert only. */
class Table {
  readonly #byValue = new Map<string, KnownAlert | Set<KnownAlert>>();

  get valueCount(): number {
    return this.#byValue.size;
  }

  add(known: KnownAlert, value: string): void {
    if (value === '') return;
    const there = this.#byValue.get(value);
    if (there === undefined) this.#byValue.set(value, known);
    else if (there instanceof Set) there.add(known);
    else this.#byValue.set(value, new Set([there, known]));
  }

  remove(known: KnownAlert, value: string): void {
    const there = this.#byValue.get(value);
    if (there instanceof Set) {
      there.delete(known);
      if (there.size > 0) return;
    } else if (there !== known) return;
    this.#byValue.delete(value);
  }

  sizeUnder(values: readonly string[]): number {
    let size = 0;
    for (const value of values) size += sizeOf(this.#byValue.get(value));
    return size;
  }

  under(values: readonly string[]): readonly KnownAlert[] {
    const found: KnownAlert[] = [];
    for (const value of new Set(values)) collect(this.#byValue.get(value), found);
    return found;
  }

  /** Asks the matcher once for each value. */
  matching(matcher: Matcher): readonly KnownAlert[] {
    const found: KnownAlert[] = [];
    for (const [value, alerts] of this.#byValue) if (matcher.matches(value)) collect(alerts, found);
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
