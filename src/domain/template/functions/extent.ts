/** Bounds what templates can build: a list that holds itself twice, thirty times over, would take for ever to print. */
import { LIMITS } from '../exec/limits.js';
import { GoTime } from '../time/go-time.js';
import { FunctionError } from '../template-error.js';
import { Dict, type Extent, FLAT, GoSlice, type Value, unwrap } from '../value/values.js';

/** Of a new list of these values, after those of a list that is there already. */
export function extentOf(values: readonly Value[], before?: GoSlice): Extent {
  const start = before ? extentOfOne(before) : { weight: 1, depth: 1 };
  let { weight } = start;
  let depth = start.depth - 1;
  for (const value of values) {
    const each = extentOfOne(unwrap(value));
    weight += each.weight;
    depth = Math.max(depth, each.depth);
  }
  if (weight > LIMITS.listWeight || depth >= LIMITS.listDepth) throw new FunctionError('list exceeds limit');
  return { weight, depth: depth + 1 };
}

function extentOfOne(value: Value): Extent {
  if (typeof value === 'string') return { weight: 1 + (value.length >> 6), depth: 0 };
  if (value instanceof Dict || value instanceof GoSlice)
    return value.extent === FLAT ? { weight: 1 + lengthOf(value), depth: 1 } : value.extent;
  if (value instanceof GoTime) return { weight: value.zone.cost, depth: 0 };
  return { weight: 1, depth: 0 };
}

const lengthOf = (value: Dict | GoSlice): number => (value instanceof Dict ? value.keys : value.items).length;
