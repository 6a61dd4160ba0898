/** `eq ne lt le gt ge`: by kind, never across kinds, integers of any size with one another. */
import { compareBytes } from '../../labels/index.js';
import { printVerbatim } from '../format/print-value.js';
import { GoTime } from '../time/go-time.js';
import { FunctionError } from '../template-error.js';
import {
  GoComplex,
  GoFloat,
  GoMap,
  GoObject,
  GoSlice,
  GoStruct,
  type Value,
  integerOf,
  textOf,
  typeOf,
  unwrap,
} from '../value/values.js';

type Basic = 'bool' | 'complex' | 'int' | 'float' | 'string' | undefined;

/** The kinds that have an order or a plain equality. `uint` meets `int` by value. */
function basicKind(value: Value): Basic {
  const kind = typeOf(value)?.kind;
  switch (kind) {
    case 'bool':
    case 'complex':
    case 'int':
    case 'float':
    case 'string':
      return kind;
    case 'uint':
      return 'int';
    default:
      return undefined;
  }
}

/** The first against any of the rest. */
export function equalsAny(first: Value, rest: readonly Value[]): boolean {
  if (rest.length === 0) throw new FunctionError('missing argument for comparison');
  const left = unwrap(first);
  return rest.some((each) => equals(left, unwrap(each)));
}

function equals(left: Value, right: Value): boolean {
  const kind = basicKind(left);
  const other = basicKind(right);
  if (kind !== other) {
    if (left === undefined || right === undefined) return false;
    return incompatible(left, right);
  }
  switch (kind) {
    case 'bool':
      return left === right;
    case 'int':
      return integerOf(left) === integerOf(right);
    case 'float':
      return (left as GoFloat).value === (right as GoFloat).value; // both are of this kind
    case 'complex':
      return (left as GoComplex).re === (right as GoComplex).re && (left as GoComplex).im === (right as GoComplex).im;
    case 'string':
      return textOf(left) === textOf(right);
    default:
      return sameObject(left, right);
  }
}

function sameObject(left: Value, right: Value): boolean {
  const kinds = [typeOf(left)?.kind, typeOf(right)?.kind];
  if (kinds[0] !== kinds[1] && left !== undefined && right !== undefined)
    throw new FunctionError(
      `non-comparable types ${describe(left)}: ${nameOf(left)}, ${nameOf(right)}: ${describe(right)}`,
    );
  if (isNil(left) || isNil(right)) return isNil(left) === isNil(right);
  if (typeOf(right)?.comparable !== true)
    throw new FunctionError(`non-comparable type ${describe(right)}: ${nameOf(right)}`);
  if (left instanceof GoTime && right instanceof GoTime) return left.total === right.total && left.zone === right.zone;
  if (left instanceof GoStruct && right instanceof GoStruct) return sameStruct(left, right);
  return left === right;
}

function sameStruct(left: GoStruct, right: GoStruct): boolean {
  if (left.type !== right.type) return false;
  return (left.type.fields ?? []).every((_, index) => equals(left.at(index), right.at(index)));
}

const isNil = (value: Value): boolean =>
  value === undefined || ((value instanceof GoSlice || value instanceof GoMap) && value.isNil);

const nameOf = (value: Value): string => typeOf(value)?.name ?? '<nil>';

/** Go shows a value of a type it cannot compare by that type, save text and numbers. */
const describe = (value: Value): string => (value instanceof GoObject ? printVerbatim(value) : String(value));

function incompatible(left: Value, right: Value): never {
  throw new FunctionError(`incompatible types for comparison: ${nameOf(left)} and ${nameOf(right)}`);
}

const BAD_TYPE = 'invalid type for comparison';

/** Negative, zero or positive; NaN where floats are not comparable. */
function order(first: Value, second: Value): number {
  const left = unwrap(first);
  const right = unwrap(second);
  const kind = basicKind(left);
  if (kind === undefined) throw new FunctionError(BAD_TYPE);
  const other = basicKind(right);
  if (other === undefined) throw new FunctionError(BAD_TYPE);
  if (kind !== other) return incompatible(left, right);
  switch (kind) {
    case 'int': {
      const difference = (integerOf(left) as bigint) - (integerOf(right) as bigint); // both are of this kind
      return difference < 0n ? -1 : difference > 0n ? 1 : 0;
    }
    case 'float':
      return (left as GoFloat).value - (right as GoFloat).value; // both are of this kind
    case 'string':
      return compareBytes(textOf(left) as string, textOf(right) as string);
    default:
      throw new FunctionError(BAD_TYPE);
  }
}

export const isLess = (left: Value, right: Value): boolean => order(left, right) < 0;
/** Go asks "less or equal" in two questions, so that NaN is neither. */
export const isAtMost = (left: Value, right: Value): boolean =>
  order(left, right) < 0 || equals(unwrap(left), unwrap(right));
