/** `call`: runs a function that is data. */
import { FunctionError } from '../template-error.js';
import type { RenderContext } from '../value/context.js';
import { type GoType, canBeNil, isAssignable } from '../value/types.js';
import { GoFunc, GoInteger, type Value, int, integerOf, typeOf, unwrap, zeroOf } from '../value/values.js';
import { INT } from '../value/types.js';

export function callFunction(name: string, values: readonly Value[], context: RenderContext): Value {
  const target = unwrap(values[0]);
  if (target === undefined) throw new FunctionError('call of nil');
  if (!(target instanceof GoFunc)) throw new FunctionError(`non-function ${name} of type ${typeOf(target)?.name}`);
  const { fn } = target;
  const args = values.slice(1).map(unwrap);
  const fixed = fn.variadic ? fn.params.length - 1 : fn.params.length;
  if (fn.variadic ? args.length < fixed : args.length !== fixed)
    throw new FunctionError(
      `wrong number of args for ${name}: got ${args.length} want ${fn.variadic ? `at least ${fixed}` : fixed}`,
    );
  return fn.call(
    args.map((arg, index) => prepared(arg, (index < fixed ? fn.params[index] : fn.params[fixed]) as GoType, index)),
    context,
  );
}

function prepared(value: Value, type: GoType, index: number): Value {
  if (value === undefined) {
    if (!canBeNil(type)) throw new FunctionError(`arg ${index}: value is nil; should be of type ${type.name}`);
    return type.kind === 'interface' ? undefined : zeroOf(type);
  }
  const from = typeOf(value) as GoType;
  if (isAssignable(from, type)) return value;
  const number = integerOf(value);
  if (number !== undefined && (type.kind === 'int' || type.kind === 'uint')) {
    if (type === INT) return int(number);
    const bits = type.bits ?? 64;
    return new GoInteger(type, type.kind === 'int' ? BigInt.asIntN(bits, number) : BigInt.asUintN(bits, number));
  }
  throw new FunctionError(`arg ${index}: value has type ${from.name}; should be ${type.name}`);
}
