/** Runs a compiled template to its text. Whatever goes wrong on the way is a TemplateError. */
import { FunctionError, TemplateError } from '../template-error.js';
import { wellFormed } from '../value/bytes.js';
import type { Value } from '../value/values.js';
import type { State, Statement } from './state.js';

export function run(state: State, entry: Statement, data: Value): string {
  state.push('$', data);
  try {
    entry(state, data);
    return wellFormed(state.output);
  } catch (error) {
    throw asTemplateError(state, error);
  }
}

function asTemplateError(state: State, error: unknown): unknown {
  if (error instanceof FunctionError) return new TemplateError(`template: ${state.template}: ${error.message}`);
  // The stack is full before the limit of depth is reached, or a text is longer than the engine can hold.
  if (error instanceof RangeError)
    return new TemplateError(`template: ${state.template}: ${error.message}`, { cause: error });
  return error;
}
