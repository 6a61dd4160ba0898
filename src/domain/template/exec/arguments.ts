/** Arguments as parameters want them: by Go's rules of assignment, with constants that take the parameter's type. */
import type { BoolNode, NumberNode, OperandNode, StringNode } from '../syntax/nodes.js';
import { printNode } from '../syntax/print-node.js';
import { ANY, type GoType, INT, REFLECT, canBeNil, isAssignable } from '../value/types.js';
import {
  GoComplex,
  GoFloat,
  GoInteger,
  GoPointer,
  GoString,
  Iface,
  type Value,
  int,
  typeOf,
  unwrap,
  zeroOf,
} from '../value/values.js';
import type { State } from './state.js';

/** The value as an argument of this type, or the error. */
export function checkType(state: State, value: Value, type: GoType): Value {
  if (type === REFLECT) return value;
  if (type === ANY) return unwrap(value);
  if (value === undefined) {
    if (canBeNil(type)) return zeroOf(type);
    return state.fail(`invalid value; expected ${type.name}`);
  }
  if (isAssignable(typeOf(value) as GoType, type)) return value;
  let inner = value;
  if (value instanceof Iface && value.inner !== undefined) {
    inner = value.inner;
    if (isAssignable(typeOf(inner) as GoType, type)) return inner;
  }
  if (inner instanceof GoPointer && isAssignable(inner.target.type, type)) return inner.target;
  return state.fail(`wrong type for value; expected ${type.name}; got ${(typeOf(inner) as GoType).name}`);
}

export function nilArgument(state: State, type: GoType): Value {
  if (!canBeNil(type)) return state.fail(`cannot assign nil to ${type.name}`);
  return type === REFLECT || type === ANY ? undefined : zeroOf(type);
}

export type LiteralNode = BoolNode | NumberNode | StringNode;

/** A literal where a parameter of this type stands. */
export function literalArgument(state: State, node: LiteralNode, type: GoType): Value {
  switch (type.kind) {
    case 'bool':
      return node.kind === 'bool' ? node.value : expected(state, 'bool', node);
    case 'string':
      if (node.kind !== 'string') return expected(state, 'string', node);
      return type.name === 'string' ? node.text : new GoString(type, node.text);
    case 'int':
      if (node.kind !== 'number' || node.literal.int === undefined) return expected(state, 'integer', node);
      return type === INT
        ? int(node.literal.int)
        : new GoInteger(type, BigInt.asIntN(type.bits ?? 64, node.literal.int));
    case 'uint':
      if (node.kind !== 'number' || node.literal.uint === undefined) return expected(state, 'unsigned integer', node);
      return new GoInteger(type, BigInt.asUintN(type.bits ?? 64, node.literal.uint));
    case 'float':
      if (node.kind !== 'number' || node.literal.float === undefined) return expected(state, 'float', node);
      return new GoFloat(node.literal.float);
    case 'complex':
      if (node.kind !== 'number' || !node.literal.complex) return expected(state, 'complex', node);
      return new GoComplex(node.literal.complex.re, node.literal.complex.im);
    case 'interface':
      return literalValue(state, node);
    default:
      if (type === REFLECT) return literalValue(state, node);
      return state.fail(`can't handle ${printNode(node)} for arg of type ${type.name}`);
  }
}

const expected = (state: State, what: string, node: OperandNode): never =>
  state.fail(`expected ${what}; found ${printNode(node)}`);

/** A literal that nobody gives a type: `int`, `float64`, `complex128`, text or bool. */
export function literalValue(state: State, node: LiteralNode): Value {
  switch (node.kind) {
    case 'bool':
      return node.value;
    case 'string':
      return node.text;
    case 'number':
      return constant(state, node);
  }
}

const isHexInteger = (text: string): boolean => /^0[xX]/.test(text) && !/[pP]/.test(text);

function constant(state: State, { literal, text }: NumberNode): Value {
  if (literal.complex) return new GoComplex(literal.complex.re, literal.complex.im);
  if (literal.float !== undefined && !isHexInteger(text) && !text.startsWith("'") && /[.eEpP]/.test(text))
    return new GoFloat(literal.float);
  if (literal.int !== undefined) return int(literal.int);
  if (literal.uint !== undefined) return state.fail(`${text} overflows int`);
  return undefined;
}
