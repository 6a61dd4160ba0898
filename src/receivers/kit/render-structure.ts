import { parseYamlValue } from './yaml-value.js';

/**
 * A structure of the configuration with all its texts rendered, as JSON can say it.
 *
 * A rendered text that is YAML for something else than text becomes that: `{{ len .Alerts }}` a number,
 * `{{ .CommonLabels | toJson }}` an object. What came out so is final: nothing in it is rendered or read again. Keys are
 * rendered and stay texts; other keys than texts are left out.
 *
 * Throws what `render` throws.
 */
export function renderStructure(value: unknown, render: (source: string) => string): unknown {
  if (typeof value === 'string') return typed(render(value));
  if (Array.isArray(value)) return value.map((item) => renderStructure(item, render));
  if (!(value instanceof Map)) return value;
  const rendered = new Map<string, unknown>();
  for (const [key, held] of value)
    if (typeof key === 'string') rendered.set(render(key), renderStructure(held, render));
  return rendered;
}

function typed(text: string): unknown {
  const value = parseYamlValue(text);
  return value === undefined || typeof value === 'string' ? text : withTextKeys(value);
}

function withTextKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTextKeys);
  if (!(value instanceof Map)) return value;
  const entries = [...value].filter(([key]) => typeof key === 'string');
  return new Map(entries.map(([key, held]) => [key, withTextKeys(held)]));
}
