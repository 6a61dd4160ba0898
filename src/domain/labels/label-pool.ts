import { LabelSet } from './label-set.js';
import { NameList } from './name-list.js';
import type { MatcherMode } from './validity.js';

/**
 * Lets label sets share what they have in common: alerts of one rule have the same names, and most values of an alert
 * (job, namespace, severity, the text of a runbook) stand in thousands of others.
 *
 * Values that are rarely seen twice (the name of a pod, a sentence with figures in it) are not worth the look-up: where few
 * values under a name are met again, the pool leaves them alone for a while.
 *
 * Bound: 64 lists of names with 1,024 texts of up to 256 characters under each name, 65,536 in all; when full it starts anew.
 */
const MOST_LISTS = 64;
const MOST_TEXTS = 65_536;

export class LabelPool {
  /** What was used last comes first. */
  readonly #lists: SharedNames[] = [];
  readonly #texts = new Column();
  #textCount = 0;

  share({ names, values }: LabelSet): LabelSet {
    return LabelSet.ofSorted(...this.#shareBoth(names, values));
  }

  /** From what was read as JSON; undefined when it has anything but good names and texts. */
  shareWritten(written: Readonly<Record<string, unknown>>, mode: MatcherMode): LabelSet | undefined {
    const values = Object.values(written);
    for (const value of values) if (typeof value !== 'string') return undefined;
    const shared = this.#sharedOf(Object.keys(written));
    const { list } = shared;
    if (!list.hasGoodNames(mode)) return undefined;
    // All are texts, as was just seen.
    return LabelSet.ofSorted(list.sortedNames, this.#shareAll(shared, list.sorted(values as string[])));
  }

  shareText(text: string): string {
    return this.#texts.share(text);
  }

  #shareBoth(names: readonly string[], values: readonly string[]): [readonly string[], readonly string[]] {
    const shared = this.#sharedOf(names);
    return [shared.list.sortedNames, this.#shareAll(shared, [...values])];
  }

  #shareAll({ columns }: SharedNames, values: string[]): readonly string[] {
    for (let i = 0; i < values.length; i++) {
      const column = columns[i] as Column;
      const before = column.size;
      values[i] = column.share(values[i] as string);
      this.#textCount += column.size - before;
    }
    if (this.#textCount > MOST_TEXTS) {
      this.#lists.length = 0;
      this.#textCount = 0;
    }
    return values;
  }

  #sharedOf(names: readonly string[]): SharedNames {
    const lists = this.#lists;
    for (let i = 0; i < lists.length; i++) {
      const shared = lists[i] as SharedNames;
      if (!areSame(shared.list.names, names)) continue;
      for (let at = i; at > 0; at--) lists[at] = lists[at - 1] as SharedNames;
      lists[0] = shared;
      return shared;
    }
    const added = new SharedNames(names);
    lists.unshift(added);
    for (const { columns } of lists.splice(MOST_LISTS)) for (const { size } of columns) this.#textCount -= size;
    return added;
  }
}

function areSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** A list of names, and the texts that were seen under each. */
class SharedNames {
  readonly list: NameList;
  readonly columns: readonly Column[];

  constructor(names: readonly string[]) {
    this.list = new NameList(names);
    this.columns = names.map(() => new Column());
  }
}

const MOST_IN_COLUMN = 1_024;
const LONGEST_TEXT = 256;
/**
 * After so many look-ups it is judged whether they pay: one in four has to find something. What was seen by then stays for the
 * next trial: a column with a thousand values (the machines of a cluster) may well show none of them twice in the first.
 */
const TRIAL = 512;
const PAUSE = 16 * TRIAL;

/** The texts that were seen under one name. */
class Column {
  readonly #texts = new Map<string, string>();
  /** Most alerts have the value of the one before: comparing is cheaper than looking up. */
  #last = '';
  #lookUps = 0;
  #found = 0;
  #pause = 0;

  get size(): number {
    return this.#texts.size;
  }

  share(text: string): string {
    if (this.#pause > 0) {
      this.#pause--;
      return text;
    }
    if (text === this.#last) return this.#last;
    if (text.length > LONGEST_TEXT) return text;
    if (++this.#lookUps > TRIAL) this.#judge();
    const known = this.#texts.get(text);
    if (known === undefined) this.#add(text);
    else this.#found++;
    return (this.#last = known ?? text);
  }

  #add(text: string): void {
    if (this.#texts.size >= MOST_IN_COLUMN) this.#texts.clear();
    this.#texts.set(text, text);
  }

  #judge(): void {
    if (this.#found < TRIAL / 4) this.#pause = PAUSE;
    this.#lookUps = this.#found = 0;
  }
}
