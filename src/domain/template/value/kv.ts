/**
 * Alertmanager's data types: maps of labels, lists of pairs and of strings.
 *
 * A KV shows `alertname` first and the rest in byte order; the sorted pairs are made once and kept, since templates ask for
 * them again and again.
 */
import type { LabelSet } from '../../labels/index.js';
import { joined } from '../functions/bounded.js';
import { printsAs } from '../format/stringer.js';
import type { RenderContext } from './context.js';
import { type GoMethod, type GoType, STRING, STRING_LIST, field, structType } from './types.js';
import { GoMap, GoSlice, GoStruct, type Value } from './values.js';

const KV_METHODS = new Map<string, GoMethod>();
const PAIRS_METHODS = new Map<string, GoMethod>();
const STRINGS_METHODS = new Map<string, GoMethod>();

const KV_TYPE: GoType = {
  name: 'template.KV',
  kind: 'map',
  shape: 'map[string]string',
  named: true,
  elem: STRING,
  methods: KV_METHODS,
  comparable: false,
};

const PAIR = structType('template.Pair', [field('Name'), field('Value')], new Map(), true);

const PAIRS: GoType = {
  name: 'template.Pairs',
  kind: 'slice',
  shape: '[]template.Pair',
  named: true,
  elem: PAIR,
  methods: PAIRS_METHODS,
  comparable: false,
};

const STRINGS: GoType = {
  name: 'template.Strings',
  kind: 'slice',
  shape: STRING_LIST.shape,
  named: true,
  elem: STRING,
  methods: STRINGS_METHODS,
  comparable: false,
};

class Pair extends GoStruct {
  readonly type = PAIR;
  constructor(
    readonly key: string,
    readonly value: string,
  ) {
    super();
  }
  at(index: number): string {
    return index === 0 ? this.key : this.value;
  }
}

export class KV extends GoMap {
  readonly type = KV_TYPE;
  #pairs: GoSlice | undefined;
  #values: GoSlice | undefined;

  constructor(readonly labels: LabelSet) {
    super();
  }

  get keys(): readonly string[] {
    return this.labels.names;
  }

  get(key: string): Value {
    return this.labels.get(key);
  }

  override valueAt(index: number): Value {
    return this.labels.values[index];
  }

  has(key: string): boolean {
    return this.labels.has(key);
  }

  get pairs(): GoSlice {
    return (this.#pairs ??= new GoSlice(PAIRS, sortedPairs(this.labels)));
  }

  get names(): GoSlice {
    return namesOf(this.pairs);
  }

  get values(): GoSlice {
    return (this.#values ??= valuesOf(this.pairs));
  }
}

function sortedPairs({ names, values }: LabelSet): readonly Pair[] {
  const pairs: Pair[] = [];
  const first = names.indexOf('alertname');
  if (first >= 0) pairs.push(new Pair('alertname', values[first] as string));
  for (let i = 0; i < names.length; i++) if (i !== first) pairs.push(new Pair(names[i] as string, values[i] as string));
  return pairs;
}

const pairsOf = (slice: GoSlice): readonly Pair[] => slice.items as readonly Pair[]; // items of PAIRS
const namesOf = (slice: GoSlice): GoSlice =>
  new GoSlice(
    STRINGS,
    pairsOf(slice).map(({ key }) => key),
  );
const valuesOf = (slice: GoSlice): GoSlice =>
  new GoSlice(
    STRINGS,
    pairsOf(slice).map(({ value }) => value),
  );
const pairsText = (slice: GoSlice): string =>
  pairsOf(slice)
    .map(({ key, value }) => `${key}=${value}`)
    .join(', ');

printsAs<KV>(KV_TYPE, (kv) => pairsText(kv.pairs));
printsAs<GoSlice>(PAIRS, pairsText);

/** Of the types of this file; the receiver is checked by whoever looked the method up. */
function define<T>(
  methods: Map<string, GoMethod>,
  name: string,
  params: readonly GoType[],
  call: (receiver: T, args: readonly Value[], context: RenderContext) => Value,
): void {
  methods.set(name, { params, call: (receiver, args, context) => call(receiver as T, args, context) });
}

define<KV>(KV_METHODS, 'SortedPairs', [], (kv) => kv.pairs);
define<KV>(KV_METHODS, 'Names', [], (kv) => kv.names);
define<KV>(KV_METHODS, 'Values', [], (kv) => kv.values);
define<KV>(KV_METHODS, 'String', [], (kv) => pairsText(kv.pairs));
define<KV>(KV_METHODS, 'Remove', [STRING_LIST], (kv, [names], context) => {
  context.charge(10 + 2 * kv.labels.size);
  const removed = new Set((names as GoSlice).items); // checked against the parameter's type
  return new KV(kv.labels.filter((name) => !removed.has(name)));
});
define<GoSlice>(PAIRS_METHODS, 'Names', [], namesOf);
define<GoSlice>(PAIRS_METHODS, 'Values', [], valuesOf);
define<GoSlice>(PAIRS_METHODS, 'String', [], pairsText);
define<GoSlice>(STRINGS_METHODS, 'Join', [STRING], (strings, [separator], context) =>
  joined(strings, separator as string, context),
); // checked against STRING
