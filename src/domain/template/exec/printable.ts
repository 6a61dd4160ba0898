import { stringOf } from '../format/stringer.js';
import { GoPointer, type Value } from '../value/values.js';

/** A pointer is printed as what it points to, unless it prints itself. */
export function printable(value: Value): Value {
  return value instanceof GoPointer && stringOf(value) === undefined ? value.target : value;
}
