/** Which functions a template knows: Go's own and Alertmanager's, or Go's own alone. */
import type { Functions } from '../exec/compile-expression.js';
import type { GoFunction } from '../value/types.js';
import { ALERTMANAGER_FUNCTIONS } from './alertmanager.js';
import { BUILTINS } from './builtins.js';

/** Go's built-in functions are found last, so that others may take their names. */
export const functionsWith = (...layers: readonly ReadonlyMap<string, GoFunction>[]): Functions => {
  const own = new Map(layers.flatMap((layer) => [...layer]));
  return {
    find: (name) => own.get(name) ?? BUILTINS.get(name),
    isBuiltin: (name) => !own.has(name) && BUILTINS.has(name),
  };
};

export const ALL_FUNCTIONS = functionsWith(ALERTMANAGER_FUNCTIONS);
