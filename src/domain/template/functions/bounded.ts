/** Text that functions make is paid for by its length, and has an end. */
import { LIMITS } from '../exec/limits.js';
import { FunctionError } from '../template-error.js';
import type { RenderContext } from '../value/context.js';

export function bounded(text: string, context: RenderContext): string {
  context.charge(text.length >> 6);
  if (text.length > LIMITS.outputLength) throw new FunctionError('text exceeds limit');
  return text;
}
