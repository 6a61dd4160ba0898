/** Types that print themselves: Go's String methods, and GoString for `%#v`. Registered by the type's name, so that printing needs no type cycle. */
import type { GoType } from '../value/types.js';
import { GoObject, type Value } from '../value/values.js';

const STRINGERS = new WeakMap<GoType, (value: never) => string>();

/** Declares how the values of a type print themselves. */
export function printsAs<T extends GoObject>(type: GoType, toText: (value: T) => string): void {
  STRINGERS.set(type, toText);
}

export function stringOf(value: Value): string | undefined {
  if (!(value instanceof GoObject)) return undefined;
  const toText = STRINGERS.get(value.type);
  // The registration is made for exactly this type.
  return toText?.(value as never);
}

const SOURCES = new WeakMap<GoType, (value: never) => string>();

/** Declares how the values of a type are written in Go's source. */
export function writtenAs<T extends GoObject>(type: GoType, toSource: (value: T) => string): void {
  SOURCES.set(type, toSource);
}

export const sourceOf = (value: GoObject): string | undefined => SOURCES.get(value.type)?.(value as never); // as above
