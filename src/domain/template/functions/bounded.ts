/** Text that functions make is paid for by its length, and has an end. */
import { LIMITS } from '../exec/limits.js';
import { FunctionError } from '../template-error.js';
import type { RenderContext } from '../value/context.js';
import type { GoSlice } from '../value/values.js';

/** Items with a separator; the length is known before it is made. */
export function joined(list: GoSlice, separator: string, context: RenderContext): string {
  const items = list.items as readonly string[]; // a list of strings, checked as an argument or receiver
  let length = separator.length * Math.max(items.length - 1, 0);
  for (const item of items) length += item.length;
  if (length > LIMITS.outputLength) throw new FunctionError('text exceeds limit');
  context.charge((items.length >> 3) + (length >> 6));
  return items.join(separator);
}

export function bounded(text: string, context: RenderContext): string {
  context.charge(text.length >> 6);
  if (text.length > LIMITS.outputLength) throw new FunctionError('text exceeds limit');
  return text;
}
