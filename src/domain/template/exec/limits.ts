/**
 * What one rendering may use. A template that wants more ends in a TemplateError, within a second on slow machines too:
 * the budget counts work and not time, so that the same template always ends the same way.
 */
export const LIMITS = {
  /** Actions, iterations and calls, and the work of functions in units of about 100 nanoseconds. */
  steps: 4_000_000,
  /** UTF-16 units of output, and of any text a function makes. */
  outputLength: 16 * 1024 * 1024,
  /** Templates that call one another. Go allows 100,000, which our stack does not bear. */
  depth: 500,
  /** Parts of a list or dict and of all that is in them, and how deep they lie: what printing it would cost. */
  listWeight: 200_000,
  listDepth: 100,
} as const;
