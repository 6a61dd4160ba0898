import { Decoder, DecodingStopped, REFUSED, any } from '../../config/schema/index.js';
import { parseYaml } from '../../config/yaml/parse.js';

const FIELD = any({});

/** What a text means as YAML 1.1, mappings as Maps. Undefined when it is no YAML; null for what is empty. */
export function parseYamlValue(text: string): unknown {
  const parsed = parseYaml(text);
  if (!parsed.ok) return undefined;
  if (!parsed.value.root) return null;
  const decoder = new Decoder({ mode: 'fallback' });
  try {
    const value = FIELD.decode(parsed.value.root, '', decoder);
    return value === REFUSED || decoder.issues.length > 0 ? undefined : (value ?? null);
  } catch (error) {
    if (error instanceof DecodingStopped) return undefined;
    throw error;
  }
}
