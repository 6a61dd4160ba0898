/**
 * Whether an answer is an object whose members, where it has them, are of these types: what Go would read into a struct.
 * An answer that is not is none at all, whatever it may have meant.
 */
export const isRecordOf = (
  types: Readonly<Record<string, 'string' | 'boolean' | 'number'>>,
  value: unknown,
): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.entries(types).every(([name, type]) => {
    const member = (value as Record<string, unknown>)[name] ?? undefined;
    return member === undefined || typeof member === type;
  });
