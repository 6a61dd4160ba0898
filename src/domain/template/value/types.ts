/**
 * Go's types as far as templates can see them.
 *
 * Templates are dynamically typed, but by Go's rules: `eq 1 1.0` is an error, a string is no list, and what `%T` or an error
 * prints is a Go name. So every value has one of these types.
 */
import type { RenderContext } from './context.js';

/** `undefined` is "no value at all"; a number or bigint is Go's `int`. */
export type Value = undefined | boolean | string | number | bigint | GoObject;

/** Everything that JavaScript has no type for. */
export abstract class GoObject {
  abstract readonly type: GoType;
  /** What `if` makes of it. */
  abstract get truth(): boolean;
}

export type Kind =
  'bool' | 'int' | 'uint' | 'float' | 'complex' | 'string' | 'slice' | 'map' | 'struct' | 'ptr' | 'func' | 'interface';

/** What can be called: its parameters are checked before. */
export interface Signature {
  readonly params: readonly GoType[];
  /** The last parameter takes any number of arguments. */
  readonly variadic?: boolean;
  /** Why Go refuses to call it from a template (too many results). */
  readonly refusal?: string;
}

export interface GoFunction extends Signature {
  /** The same for one piped value alone: what contextual escaping adds to every action. */
  readonly pipe?: (value: Value, context: RenderContext) => Value;
  call(args: readonly Value[], context: RenderContext): Value;
}

export interface GoMethod extends Signature {
  call(receiver: GoObject, args: readonly Value[], context: RenderContext): Value;
}

export interface Field {
  readonly name: string;
  /** Templates see only names that begin with a capital. */
  readonly exported: boolean;
  /** Of an interface type: what is in it is shown as such. */
  readonly dynamic?: boolean;
}

export interface GoType {
  /** As `%T` prints it. */
  readonly name: string;
  readonly kind: Kind;
  /** Two types with one shape may be assigned to one another if one of them has no name of its own. */
  readonly shape: string;
  readonly named: boolean;
  /** Of integers, for formats and range checks. */
  readonly bits?: number;
  readonly elem?: GoType;
  readonly fields?: readonly Field[];
  readonly fieldIndex?: ReadonlyMap<string, number>;
  readonly methods?: ReadonlyMap<string, GoMethod>;
  /** Whether `==` is defined on it. */
  readonly comparable: boolean;
}

const basic = (name: string, kind: Kind, bits?: number): GoType => ({
  name,
  kind,
  shape: name,
  named: true,
  comparable: true,
  ...(bits === undefined ? {} : { bits }),
});

export const BOOL = basic('bool', 'bool');
export const INT = basic('int', 'int', 64);
export const INT64 = basic('int64', 'int', 64);
export const UINT64 = basic('uint64', 'uint', 64);
export const UINT8 = basic('uint8', 'uint', 8);
export const FLOAT64 = basic('float64', 'float');
export const COMPLEX128 = basic('complex128', 'complex');
export const STRING = basic('string', 'string');
/** `interface {}`: takes anything. */
export const ANY: GoType = {
  name: 'interface {}',
  kind: 'interface',
  shape: 'interface {}',
  named: false,
  comparable: true,
};
/** The parameter type of built-in functions: takes anything and sees also whether there is a value at all. */
export const REFLECT: GoType = {
  name: 'reflect.Value',
  kind: 'struct',
  shape: 'reflect.Value',
  named: true,
  comparable: false,
};

const sliceOf = (elem: GoType): GoType => ({
  name: `[]${elem.name}`,
  kind: 'slice',
  shape: `[]${elem.name}`,
  named: false,
  elem,
  comparable: false,
});

const mapOf = (elem: GoType): GoType => ({
  name: `map[string]${elem.name}`,
  kind: 'map',
  shape: `map[string]${elem.name}`,
  named: false,
  elem,
  comparable: false,
});

export const STRING_LIST = sliceOf(STRING);
export const ANY_LIST = sliceOf(ANY);
export const ANY_MAP = mapOf(ANY);

export const namedString = (name: string): GoType => ({ ...STRING, name });

export function structType(
  name: string,
  fields: readonly Field[],
  methods: ReadonlyMap<string, GoMethod> = new Map(),
  comparable = false,
): GoType {
  const fieldIndex = new Map(fields.map((field, index) => [field.name, index]));
  return { name, kind: 'struct', shape: name, named: true, fields, fieldIndex, methods, comparable };
}

export const field = (name: string): Field => ({ name, exported: true });
export const hidden = (name: string): Field => ({ name, exported: false });

export const canBeNil = (type: GoType): boolean =>
  type === REFLECT || ['func', 'interface', 'map', 'ptr', 'slice'].includes(type.kind);

export function isAssignable(from: GoType, to: GoType): boolean {
  if (from === to || to.kind === 'interface') return true;
  if (from.kind !== to.kind) return false;
  return from.shape === to.shape && (!from.named || !to.named || from.name === to.name);
}
