/**
 * The values templates compute with.
 *
 * The frequent ones are JavaScript's own: text, booleans, Go's `int` as a number (a bigint beyond 2^53), and `undefined` for
 * "no value at all". Everything else is an object that knows its Go type.
 */
import {
  ANY,
  BOOL,
  COMPLEX128,
  FLOAT64,
  type GoFunction,
  GoObject,
  type GoType,
  INT,
  STRING,
  type Value,
} from './types.js';

export { GoObject, type Value } from './types.js';

/** A value in a slot that can hold anything (an element of a `list` or `dict`). Pipelines look through it. */
export class Iface extends GoObject {
  readonly type = ANY;
  constructor(readonly inner: Value) {
    super();
  }
  get truth(): boolean {
    return this.inner !== undefined;
  }
}

export class GoFloat extends GoObject {
  readonly type = FLOAT64;
  constructor(readonly value: number) {
    super();
  }
  get truth(): boolean {
    return this.value !== 0;
  }
}

export class GoComplex extends GoObject {
  readonly type = COMPLEX128;
  constructor(
    readonly re: number,
    readonly im: number,
  ) {
    super();
  }
  get truth(): boolean {
    return this.re !== 0 || this.im !== 0;
  }
}

/** An integer of any type but `int`: a byte, a duration, a weekday. */
export class GoInteger extends GoObject {
  constructor(
    readonly type: GoType,
    readonly value: bigint,
  ) {
    super();
  }
  get truth(): boolean {
    return this.value !== 0n;
  }
}

/** Text of a named type, such as HTML that is trusted. */
export class GoString extends GoObject {
  constructor(
    readonly type: GoType,
    readonly text: string,
  ) {
    super();
  }
  get truth(): boolean {
    return this.text !== '';
  }
}

/** How much there is in a value and how deep it lies. */
export interface Extent {
  readonly weight: number;
  readonly depth: number;
}

export const FLAT: Extent = { weight: 1, depth: 1 };

export class GoSlice extends GoObject {
  constructor(
    readonly type: GoType,
    readonly items: readonly Value[],
    /** Go's nil slice: empty, and `null` in JSON. */
    readonly isNil = false,
    /** What lists in lists add up to; only lists that templates make hold others. */
    readonly extent: Extent = FLAT,
  ) {
    super();
  }
  get truth(): boolean {
    return this.items.length > 0;
  }
}

/** A map with text as its keys. */
export abstract class GoMap extends GoObject {
  /** In byte order. */
  abstract readonly keys: readonly string[];
  /** `undefined` when it is not there. */
  abstract get(key: string): Value;
  /** Of the key at this position. */
  valueAt(index: number): Value {
    return this.get(this.keys[index] as string);
  }
  /** A slot can hold nil, so presence is a question of its own. */
  abstract has(key: string): boolean;
  readonly isNil: boolean = false;
  get truth(): boolean {
    return this.keys.length > 0;
  }
}

export abstract class GoStruct extends GoObject {
  /** The field at this position in `type.fields`. */
  abstract at(index: number): Value;
  get truth(): boolean {
    return true;
  }
}

export class GoPointer extends GoObject {
  constructor(
    readonly type: GoType,
    readonly target: GoObject,
  ) {
    super();
  }
  get truth(): boolean {
    return true;
  }
}

/** A pointer to nothing. */
export class GoNilPointer extends GoObject {
  readonly type: GoType;
  constructor(name: string) {
    super();
    this.type = { name, kind: 'ptr', shape: name, named: false, comparable: true };
  }
  get truth(): boolean {
    return false;
  }
}

/** A function as data: only `call` runs it. */
export class GoFunc extends GoObject {
  readonly type: GoType;
  constructor(
    readonly fn: GoFunction,
    name: string,
  ) {
    super();
    this.type = { name, kind: 'func', shape: name, named: false, comparable: false };
  }
  get truth(): boolean {
    return true;
  }
}

export function typeOf(value: Value): GoType | undefined {
  switch (typeof value) {
    case 'string':
      return STRING;
    case 'boolean':
      return BOOL;
    case 'number':
    case 'bigint':
      return INT;
    case 'undefined':
      return undefined;
    default:
      return value.type;
  }
}

export function isTrue(value: Value): boolean {
  if (value instanceof GoObject) return value.truth;
  return value !== undefined && value !== false && value !== '' && value !== 0;
}

/** Looks into a slot that can hold anything. */
export const unwrap = (value: Value): Value => (value instanceof Iface ? value.inner : value);

/** Through slots and pointers. */
export function indirect(value: Value): Value {
  while (value instanceof Iface || value instanceof GoPointer)
    value = value instanceof Iface ? value.inner : value.target;
  return value;
}

const LEAST_EXACT = BigInt(Number.MIN_SAFE_INTEGER);
const LARGEST_EXACT = BigInt(Number.MAX_SAFE_INTEGER);

/** An `int`, kept as a number where that is exact. */
export function int(value: bigint): number | bigint {
  const wrapped = BigInt.asIntN(64, value);
  return wrapped >= LEAST_EXACT && wrapped <= LARGEST_EXACT ? Number(wrapped) : wrapped;
}

/** The integer in a value of any integer type. */
export function integerOf(value: Value): bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return BigInt(value);
  return value instanceof GoInteger ? value.value : undefined;
}

/** The text in a value of any string type. */
export function textOf(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof GoString ? value.text : undefined;
}

/** The element of a slice as a template meets it. */
export function elementOf(slice: GoSlice, index: number): Value {
  const item = slice.items[index];
  return slice.type.elem === ANY ? new Iface(item) : item;
}

/** The entry of a map as a template meets it, the zero value when it is not there. */
export function entryOf(map: GoMap, key: string): Value {
  const value = map.get(key);
  return map.type.elem === ANY ? new Iface(value) : (value ?? zeroOf(map.type.elem as GoType));
}

/** What Go puts where nothing was said. */
export function zeroOf(type: GoType): Value {
  switch (type.kind) {
    case 'bool':
      return false;
    case 'int':
    case 'uint':
      return type === INT ? 0 : new GoInteger(type, 0n);
    case 'float':
      return new GoFloat(0);
    case 'complex':
      return new GoComplex(0, 0);
    case 'string':
      return type === STRING ? '' : new GoString(type, '');
    case 'slice':
      return new GoSlice(type, [], true);
    case 'map':
      return new Dict(type, new Map(), true);
    default:
      return new Iface(undefined);
  }
}

/** A map of any type; what `dict` makes. */
export class Dict extends GoMap {
  readonly keys: readonly string[];
  readonly #entries: ReadonlyMap<string, Value>;

  /** `entries` in byte order of the keys. */
  constructor(
    readonly type: GoType,
    entries: ReadonlyMap<string, Value>,
    override readonly isNil = false,
    readonly extent: Extent = FLAT,
  ) {
    super();
    this.#entries = entries;
    this.keys = [...entries.keys()];
  }

  get(key: string): Value {
    return this.#entries.get(key);
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }
}
