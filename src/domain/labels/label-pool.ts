import { compareBytes } from './byte-order.js';
import { LabelSet } from './label-set.js';
import { type MatcherMode, isLabelName } from './validity.js';

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
  readonly #lists: NameList[] = [];
  readonly #texts = new Column();
  #textCount = 0;

  share({ names, values }: LabelSet): LabelSet {
    return LabelSet.ofSorted(...this.#shareBoth(names, values));
  }

  /** From what was read as JSON; undefined when it has anything but good names and texts. */
  shareWritten(written: Readonly<Record<string, unknown>>, mode: MatcherMode): LabelSet | undefined {
    const values = Object.values(written);
    for (const value of values) if (typeof value !== 'string') return undefined;
    const list = this.#listOf(Object.keys(written));
    if (!list.hasGoodNames(mode)) return undefined;
    // All are texts, as was just seen.
    return LabelSet.ofSorted(list.sortedNames, this.#shareAll(list, list.sorted(values as string[])));
  }

  shareText(text: string): string {
    return this.#texts.share(text);
  }

  #shareBoth(names: readonly string[], values: readonly string[]): [readonly string[], readonly string[]] {
    const list = this.#listOf(names);
    return [list.sortedNames, this.#shareAll(list, [...values])];
  }

  #shareAll({ columns }: NameList, values: string[]): readonly string[] {
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

  #listOf(names: readonly string[]): NameList {
    const lists = this.#lists;
    for (let i = 0; i < lists.length; i++) {
      const list = lists[i] as NameList;
      if (!areSame(list.names, names)) continue;
      for (let at = i; at > 0; at--) lists[at] = lists[at - 1] as NameList;
      lists[0] = list;
      return list;
    }
    const added = new NameList(names);
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

/** Names in the order in which they are written, and what it takes to sort them. */
class NameList {
  readonly sortedNames: readonly string[];
  readonly columns: readonly Column[];
  /** Where each of the sorted names is written. */
  readonly #places: readonly number[];
  readonly #isSorted: boolean;
  #goodIn: MatcherMode | undefined;

  constructor(readonly names: readonly string[]) {
    this.#places = [...names.keys()].sort((a, b) => compareBytes(names[a] as string, names[b] as string));
    this.#isSorted = this.#places.every((place, i) => place === i);
    this.sortedNames = this.#isSorted ? names : this.#places.map((place) => names[place] as string);
    this.columns = names.map(() => new Column());
  }

  sorted(values: string[]): string[] {
    return this.#isSorted ? values : taken(values, this.#places);
  }

  hasGoodNames(mode: MatcherMode): boolean {
    if (this.#goodIn === mode) return true;
    if (!this.names.every((name) => isLabelName(name, mode))) return false;
    this.#goodIn = mode;
    return true;
  }
}

/**
 * A copy, which has room for so many and no more: a list that grows by `push` has room for seventeen from the first on. Not by
 * `map`: once it is compiled, its lists are of another kind for the engine, which then throws away all that was compiled for
 * the first kind.
 */
function taken(values: readonly string[], places: readonly number[]): string[] {
  const sorted = values.slice();
  for (let i = 0; i < places.length; i++) sorted[i] = values[places[i] as number] as string;
  return sorted;
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
