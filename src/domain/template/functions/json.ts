/** Go's encoding/json: compact, sorted keys, `<`, `>`, `&` and line separators escaped, times in RFC 3339. */
import { formatFloat } from '../format/float.js';
import { FunctionError } from '../template-error.js';
import { GoTime, TIME } from '../time/go-time.js';
import { rfc3339 } from '../time/time-methods.js';
import type { RenderContext } from '../value/context.js';
import { KV } from '../value/kv.js';
import type { GoType } from '../value/types.js';
import {
  GoFloat,
  GoInteger,
  GoMap,
  GoPointer,
  GoSlice,
  GoString,
  GoStruct,
  type Value,
  typeOf,
  unwrap,
} from '../value/values.js';

/** Names of fields in JSON where they are not the fields' own. */
const JSON_NAMES: ReadonlyMap<string, string> = new Map([['template.Data.NotificationReason', 'notification_reason']]);

/** `context` pays for the length; without one there is no limit but the data's own. */
export function toJson(value: Value, context?: RenderContext): string {
  const target = unwrap(value);
  if (target === undefined) return 'null';
  if (typeof target === 'string') return jsonString(target, context);
  if (typeof target === 'boolean' || typeof target === 'number' || typeof target === 'bigint') return String(target);
  context?.charge(1);
  if (target instanceof GoMap) return mapJson(target, context);
  if (target instanceof GoSlice)
    return target.isNil ? 'null' : `[${target.items.map((item) => toJson(item, context)).join(',')}]`;
  if (target instanceof GoTime) return `"${checkedYear(target)}"`;
  if (target instanceof GoStruct) return structJson(target, context);
  if (target instanceof GoPointer) return target.target instanceof GoStruct ? toJson(target.target, context) : '{}';
  if (target instanceof GoString) return jsonString(target.text, context);
  if (target instanceof GoInteger) return target.value.toString();
  if (target instanceof GoFloat) return floatJson(target.value);
  throw new FunctionError(`json: unsupported type: ${typeOf(target)?.name}`);
}

function mapJson(map: GoMap, context: RenderContext | undefined): string {
  if (map.isNil) return 'null';
  const written = map instanceof KV ? map.labels.plainJson : undefined;
  if (written !== undefined) {
    context?.charge(1 + (written.length >> 4));
    return written;
  }
  const members = map.keys.map((key, i) => `${jsonString(key, context)}:${toJson(map.valueAt(i), context)}`);
  return `{${members.join(',')}}`;
}

function structJson(struct: GoStruct, context: RenderContext | undefined): string {
  const members = memberNames(struct.type).map(({ json, index }) => json + toJson(struct.at(index), context));
  return `{${members.join(',')}}`;
}

interface MemberName {
  /** With the colon. */
  readonly json: string;
  /** Where it stands in the struct. */
  readonly index: number;
}

const NAMES = new WeakMap<GoType, readonly MemberName[]>();

function memberNames(type: GoType): readonly MemberName[] {
  const known = NAMES.get(type);
  if (known) return known;
  const names = (type.fields ?? []).flatMap(({ name, exported }, index) =>
    exported ? [{ json: `"${jsonName(type, name)}":`, index }] : [],
  );
  NAMES.set(type, names);
  return names;
}

/** Alertmanager's types name their fields in lower camel case; a Pair has no names of its own. */
const jsonName = (type: GoType, field: string): string =>
  JSON_NAMES.get(`${type.name}.${field}`) ??
  (type.name === 'template.Data' || type.name === 'template.Alert'
    ? field.charAt(0).toLowerCase() + field.slice(1)
    : field);

function checkedYear(time: GoTime): string {
  const { year } = time.civil;
  if (year < 0 || year > 9999)
    throw new FunctionError(
      `json: error calling MarshalJSON for type ${TIME.name}: Time.MarshalJSON: year outside of range [0,9999]`,
    );
  return rfc3339(time);
}

function floatJson(value: number): string {
  if (!Number.isFinite(value)) throw new FunctionError(`json: unsupported value: ${formatFloat(value, 'g', -1)}`);
  const size = Math.abs(value);
  const verb = size !== 0 && (size < 1e-6 || size >= 1e21) ? 'e' : 'f';
  // The exponent of a small number has no leading zero: 1e-9, not 1e-09.
  return formatFloat(value, verb, -1).replace(/e-0(\d)$/, 'e-$1');
}

const NEEDS_ESCAPE = /["\\<>&\0-\x1f\u2028\u2029\ud800-\udfff]/;

function jsonString(text: string, context?: RenderContext): string {
  context?.charge(3 + (text.length >> 4));
  if (!NEEDS_ESCAPE.test(text)) return `"${text}"`;
  return `"${text.replace(/["\\<>&\0-\x1f\u2028\u2029]|\p{Cs}/gu, escapeChar)}"`;
}

function escapeChar(char: string): string {
  switch (char) {
    case '"':
    case '\\':
      return `\\${char}`;
    case '\b':
      return '\\b';
    case '\f':
      return '\\f';
    case '\n':
      return '\\n';
    case '\r':
      return '\\r';
    case '\t':
      return '\\t';
    default: {
      const code = char.charCodeAt(0);
      return code >= 0xd800 && code <= 0xdfff ? '\\ufffd' : `\\u${code.toString(16).padStart(4, '0')}`;
    }
  }
}
