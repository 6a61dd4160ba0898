/**
 * Structured values whose texts are templates: a webhook's payload, PagerDuty's details, Jira's fields.
 *
 * Each rendered text is then read once as YAML: what is no text there (a number, a map made by `toJson`) takes its place, and
 * a text stays as it was rendered. What was read is final; it is neither rendered nor read again.
 */

/** Reads one YAML 1.1 document; throws where it is none. Mappings come as Map or as objects. */
export type ParseYaml = (text: string) => unknown;

/** A deep copy. What `render` throws goes through. */
export function copyWithTemplate(value: unknown, render: (source: string) => string, parseYaml: ParseYaml): unknown {
  if (typeof value === 'string') return readRendered(render(value), parseYaml);
  if (Array.isArray(value)) return value.map((item) => copyWithTemplate(item, render, parseYaml));
  const entries = entriesOf(value);
  if (!entries) return value;
  const copy = emptyObject();
  for (const [key, entry] of entries)
    if (typeof key === 'string') copy[render(key)] = copyWithTemplate(entry, render, parseYaml);
  return copy;
}

function readRendered(text: string, parseYaml: ParseYaml): unknown {
  let parsed: unknown;
  try {
    parsed = parseYaml(text);
  } catch {
    // Not YAML, hence text. Whatever the reader says about it is no one's concern.
    return text;
  }
  return typeof parsed === 'string' ? text : plain(parsed);
}

/** Maps with text as keys, lists and scalars; other keys have no place in JSON. */
function plain(value: unknown): unknown {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(plain);
  const entries = entriesOf(value);
  if (!entries) return value;
  const copy = emptyObject();
  for (const [key, entry] of entries) if (typeof key === 'string') copy[key] = plain(entry);
  return copy;
}

/** Keys come from users, so that nothing may be inherited. */
const emptyObject = (): Record<string, unknown> => Object.create(null) as Record<string, unknown>;

function entriesOf(value: unknown): Iterable<readonly [unknown, unknown]> | undefined {
  if (value instanceof Map) return value as ReadonlyMap<unknown, unknown>;
  if (typeof value !== 'object' || value === null) return undefined;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null ? Object.entries(value) : undefined;
}
