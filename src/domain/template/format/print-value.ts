/** One value by one verb: scalars, and recursively what is made of them. */
import { type GoType, INT, UINT8 } from '../value/types.js';
import {
  GoComplex,
  GoFloat,
  GoFunc,
  GoInteger,
  GoMap,
  GoNilPointer,
  GoObject,
  GoPointer,
  GoSlice,
  GoString,
  GoStruct,
  Iface,
  type Value,
  typeOf,
} from '../value/values.js';
import { DEFAULT_FLAGS, type Flags } from './flags.js';
import { formatBool, formatFloatVerb, formatInteger, formatString, pad } from './pad.js';
import { sourceOf, stringOf } from './stringer.js';

/** `%v` without flags. */
export function printVerbatim(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return printArg(value, 'v', DEFAULT_FLAGS);
}

export function printArg(arg: Value, verb: string, flags: Flags): string {
  if (arg === undefined) return verb === 'v' || verb === 'T' ? pad('<nil>', flags) : `%!${verb}(<nil>)`;
  if (verb === 'T') return formatString((typeOf(arg) as GoType).name, 's', flags) as string;
  return print(arg, verb, flags, 0);
}

const METHOD_VERBS = 'vsxXq';

/** `depth` 0 is an argument; deeper ones are parts of it. */
function print(value: Value, verb: string, flags: Flags, depth: number): string {
  if (value instanceof Iface)
    return value.inner === undefined ? nilSlot(flags) : print(value.inner, verb, flags, depth + 1);
  if (verb === 'w') return badVerb(value, verb, flags);
  const own = ownText(value, verb, flags);
  if (own !== undefined) return own;
  switch (typeof value) {
    case 'boolean':
      return verb === 'v' || verb === 't' ? formatBool(value, flags) : badVerb(value, verb, flags);
    case 'string':
      return formatString(value, verb, flags) ?? badVerb(value, verb, flags);
    case 'number':
    case 'bigint':
      return formatInteger(BigInt(value), false, verb, flags) ?? badVerb(value, verb, flags);
    case 'undefined':
      return verb === 'v' ? '<nil>' : `%!${verb}(<nil>)`;
    default:
      return printObject(value, verb, flags, depth);
  }
}

const nilSlot = (flags: Flags): string => (flags.sharpV ? 'interface {}(nil)' : '<nil>');

/** What a type's String method says, where the verb asks for text. */
function ownText(value: Value, verb: string, flags: Flags): string | undefined {
  if (!(value instanceof GoObject) || flags.complaining) return undefined;
  if (!flags.sharpV && !METHOD_VERBS.includes(verb)) return undefined;
  const text = flags.sharpV ? sourceOf(value) : stringOf(value);
  return text === undefined ? undefined : formatString(text, flags.sharpV ? 's' : verb, flags);
}

function printObject(value: GoObject, verb: string, flags: Flags, depth: number): string {
  if (value instanceof GoString) return formatString(value.text, verb, flags) ?? badVerb(value, verb, flags);
  if (value instanceof GoInteger)
    return formatInteger(value.value, value.type.kind === 'uint', verb, flags) ?? badVerb(value, verb, flags);
  if (value instanceof GoFloat) return formatFloatVerb(value.value, verb, flags) ?? badVerb(value, verb, flags);
  if (value instanceof GoComplex) return printComplex(value, verb, flags);
  if (value instanceof GoMap) return printMap(value, verb, flags, depth);
  if (value instanceof GoSlice) return printSlice(value, verb, flags, depth);
  if (value instanceof GoStruct) return printStruct(value, verb, flags, depth);
  if (value instanceof GoNilPointer) return printNilPointer(value, verb, flags);
  if (value instanceof GoPointer && depth === 0) return `&${print(value.target, verb, flags, 1)}`;
  return 'vpbodxX'.includes(verb) ? ADDRESS : badVerb(value, verb, flags);
}

function printNilPointer(value: GoNilPointer, verb: string, flags: Flags): string {
  if (verb === 'v') return flags.sharpV ? `(${value.type.name})(nil)` : pad('<nil>', flags);
  if ('bodxX'.includes(verb)) return formatInteger(0n, true, verb, flags) as string;
  return `%!${verb}(${value.type.name}=${pad('<nil>', flags)})`;
}

/** Go prints where a pointer or function lies in memory, which differs from run to run. */
const ADDRESS = '0xc000000000';

function printComplex(value: GoComplex, verb: string, flags: Flags): string {
  const re = formatFloatVerb(value.re, verb, flags);
  const im = formatFloatVerb(value.im, verb, { ...flags, plus: true });
  return re === undefined || im === undefined ? badVerb(value, verb, flags) : `(${re}${im}i)`;
}

function printMap(map: GoMap, verb: string, flags: Flags, depth: number): string {
  const open = flags.sharpV ? `${map.type.name}{` : 'map[';
  if (flags.sharpV && map.isNil) return `${map.type.name}(nil)`;
  const entries = map.keys.map(
    (key) => `${print(key, verb, flags, depth + 1)}:${print(element(map.type, map.get(key)), verb, flags, depth + 1)}`,
  );
  return open + entries.join(flags.sharpV ? ', ' : ' ') + (flags.sharpV ? '}' : ']');
}

function printSlice(slice: GoSlice, verb: string, flags: Flags, depth: number): string {
  if (slice.type.elem === UINT8 && 'sqxX'.includes(verb)) return badVerb(slice, verb, flags);
  if (flags.sharpV && slice.isNil) return `${slice.type.name}(nil)`;
  const items = slice.items.map((item) => print(element(slice.type, item), verb, flags, depth + 1));
  return flags.sharpV ? `${slice.type.name}{${items.join(', ')}}` : `[${items.join(' ')}]`;
}

const element = (container: GoType, item: Value): Value =>
  container.elem?.kind === 'interface' ? new Iface(item) : item;

function printStruct(struct: GoStruct, verb: string, flags: Flags, depth: number): string {
  const named = flags.plusV || flags.sharpV;
  const parts = (struct.type.fields ?? []).map((field, index) => {
    const value = field.dynamic ? new Iface(struct.at(index)) : struct.at(index);
    return `${named ? `${field.name}:` : ''}${print(value, verb, flags, depth + 1)}`;
  });
  return flags.sharpV ? `${struct.type.name}{${parts.join(', ')}}` : `{${parts.join(' ')}}`;
}

/** `%!d(string=x)`: methods are not asked while complaining. */
function badVerb(value: Value, verb: string, flags: Flags): string {
  const type = typeOf(value) ?? INT;
  return `%!${verb}(${type.name}=${printRaw(value, flags)})`;
}

function printRaw(value: Value, flags: Flags): string {
  const plain = { ...flags, complaining: true };
  return value instanceof GoObject && !(value instanceof GoFunc)
    ? printObject(value, 'v', plain, 0)
    : print(value, 'v', plain, 0);
}
