/** `index`, `slice` and `len`. Text is indexed and cut by bytes. */
import { FunctionError } from '../template-error.js';
import { byteAt, byteLength, sliceBytes } from '../value/bytes.js';
import { UINT8 } from '../value/types.js';
import {
  GoInteger,
  GoMap,
  GoSlice,
  GoString,
  type Value,
  elementOf,
  entryOf,
  indirect,
  integerOf,
  textOf,
  typeOf,
  unwrap,
} from '../value/values.js';

function position(value: Value, limit: number): number {
  const index = integerOf(value);
  if (index === undefined) {
    const type = typeOf(value);
    throw new FunctionError(`cannot index slice/array with ${type ? `type ${type.name}` : 'nil'}`);
  }
  if (index < 0n || index > BigInt(limit)) throw new FunctionError(`index out of range: ${index}`);
  return Number(index);
}

export function index(item: Value, keys: readonly Value[]): Value {
  let current = unwrap(item);
  if (current === undefined) throw new FunctionError('index of untyped nil');
  for (const each of keys) {
    const target = indirect(current);
    if (target === undefined) throw new FunctionError('index of nil pointer');
    current = step(target, unwrap(each));
  }
  return current;
}

function step(target: Value, key: Value): Value {
  const text = textOf(target);
  if (text !== undefined) {
    const length = byteLength(text);
    const at = position(key, length);
    if (at === length) throw new FunctionError('reflect: string index out of range');
    return new GoInteger(UINT8, BigInt(byteAt(text, at)));
  }
  if (target instanceof GoSlice) {
    const at = position(key, target.items.length);
    if (at === target.items.length) throw new FunctionError('reflect: slice index out of range');
    return elementOf(target, at);
  }
  if (target instanceof GoMap) return entryOf(target, mapKey(key));
  throw new FunctionError(`can't index item of type ${typeOf(target)?.name}`);
}

function mapKey(key: Value): string {
  if (typeof key === 'string') return key;
  if (key === undefined) throw new FunctionError('value is nil; should be of type string');
  throw new FunctionError(`value has type ${typeOf(key)?.name}; should be string`);
}

export function slice(item: Value, bounds: readonly Value[]): Value {
  const outer = unwrap(item);
  if (outer === undefined) throw new FunctionError('slice of untyped nil');
  const target = indirect(outer);
  if (bounds.length > 3) throw new FunctionError(`too many slice indexes: ${bounds.length}`);
  const text = textOf(target);
  if (text !== undefined) {
    if (bounds.length === 3) throw new FunctionError('cannot 3-index slice a string');
    const [from, to] = range(bounds, byteLength(text));
    const cut = sliceBytes(text, from, to);
    return target instanceof GoString ? new GoString(target.type, cut) : cut;
  }
  if (!(target instanceof GoSlice)) throw new FunctionError(`can't slice item of type ${typeOf(target)?.name}`);
  const [from, to] = range(bounds, target.items.length);
  return new GoSlice(target.type, target.items.slice(from, to));
}

function range(bounds: readonly Value[], length: number): readonly [from: number, to: number] {
  const places = [0, length, length];
  bounds.forEach((bound, at) => (places[at] = position(unwrap(bound), length)));
  const [from, to, most] = places as [number, number, number];
  if (from > to) throw new FunctionError(`invalid slice index: ${from} > ${to}`);
  if (bounds.length === 3 && to > most) throw new FunctionError(`invalid slice index: ${to} > ${most}`);
  return [from, to];
}

export function length(item: Value): number {
  const target = indirect(item);
  if (target === undefined) {
    if (item === undefined) throw new FunctionError('reflect: call of reflect.Value.Type on zero Value');
    throw new FunctionError('len of nil pointer');
  }
  const text = textOf(target);
  if (text !== undefined) return byteLength(text);
  if (target instanceof GoSlice) return target.items.length;
  if (target instanceof GoMap) return target.keys.length;
  throw new FunctionError(`len of type ${typeOf(target)?.name}`);
}
