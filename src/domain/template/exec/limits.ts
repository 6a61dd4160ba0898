/**
 * What one rendering may use. A template that wants more ends in a TemplateError: the budget counts work, so that the same
 * template ends the same way; time is the last bound, for work that costs more than it is counted for.
 */
export const LIMITS = {
  /** Actions, iterations and calls, and the work of functions in units of about 100 nanoseconds. */
  steps: 4_000_000,
  /** Of time, where the caller lends a stopwatch. Nothing else is answered meanwhile. */
  milliseconds: 400,
  /** UTF-16 units of output, and of any text a function makes. */
  outputLength: 16 * 1024 * 1024,
  /** Templates that call one another. Go allows 100,000, which our stack does not bear. */
  depth: 500,
  /** Parts of a list or dict and of all that is in them, and how deep they lie: what printing it would cost. */
  listWeight: 200_000,
  listDepth: 100,
} as const;
