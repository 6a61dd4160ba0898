/** `.Name` on a value: a method, a field of a struct, or a key of a map, in this order. */
import type { Node } from '../syntax/nodes.js';
import type { GoMethod, GoType } from '../value/types.js';
import { GoMap, GoObject, GoStruct, Iface, type Value, entryOf, indirect, typeOf } from '../value/values.js';
import { type CallSite, argumentsFor, guarded } from './call.js';
import type { State } from './state.js';

/** Of the names in a chain only the last one takes arguments. */
export interface FieldSite extends CallSite {
  readonly hasArguments: boolean;
}

export const plainSite = (name: string, node: Node): FieldSite => ({
  name,
  node,
  args: [],
  piped: false,
  hasArguments: false,
});

export function readField(state: State, dot: Value, receiver: Value, site: FieldSite, piped: Value): Value {
  // The frequent case first: a field of a struct, which has no methods of that name.
  if (receiver instanceof GoStruct) return fieldOf(state, dot, receiver, receiver, site, piped);
  if (receiver === undefined) return undefined;
  const target = receiver instanceof GoObject ? indirect(receiver) : receiver;
  if (target === undefined) return state.fail(`nil pointer evaluating interface {}.${site.name}`);
  if (target instanceof GoObject) return fieldOf(state, dot, receiver, target, site, piped);
  return noField(state, receiver, site.name);
}

function fieldOf(state: State, dot: Value, receiver: Value, target: GoObject, site: FieldSite, piped: Value): Value {
  const { type } = target;
  const method = type.methods?.get(site.name);
  if (method) return callMethod(state, dot, method, target, site, piped);
  if (target instanceof GoStruct) {
    const index = type.fieldIndex?.get(site.name);
    if (index === undefined) return noField(state, receiver, site.name);
    const field = type.fields?.[index];
    if (!field?.exported)
      return state.fail(`${site.name} is an unexported field of struct type ${(typeOf(receiver) as GoType).name}`);
    if (site.hasArguments) return state.fail(`${site.name} has arguments but cannot be invoked as function`);
    const value = target.at(index);
    return field.dynamic ? new Iface(value) : value;
  }
  if (target instanceof GoMap) {
    if (site.hasArguments) return state.fail(`${site.name} is not a method but has arguments`);
    return entryOf(target, site.name);
  }
  return noField(state, receiver, site.name);
}

function callMethod(
  state: State,
  dot: Value,
  method: GoMethod,
  target: GoObject,
  site: FieldSite,
  piped: Value,
): Value {
  const args = argumentsFor(state, dot, site, method, piped);
  state.charge(1);
  return guarded(state, site, () => method.call(target, args, state));
}

const noField = (state: State, receiver: Value, name: string): never =>
  state.fail(`can't evaluate field ${name} in type ${(typeOf(receiver) as GoType).name}`);
