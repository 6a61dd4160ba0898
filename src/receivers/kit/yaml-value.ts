import { Decoder, REFUSED, any } from '../../config/schema/index.js';
import { parseYaml } from '../../config/yaml/parse.js';
import { UNSURE, readPlainYaml } from './plain-yaml.js';

const FIELD = any({});

/** What a text means as YAML 1.1, mappings as Maps. Throws where it is no YAML; what is empty is null. */
export function parseYamlValue(text: string): unknown {
  const plain = readPlainYaml(text);
  return plain === UNSURE ? parseWhole(text) : plain;
}

/** By the parser of the configuration, whatever it is. */
export function parseWhole(text: string): unknown {
  const parsed = parseYaml(text);
  if (!parsed.ok) throw new Error(parsed.issues[0]?.message);
  if (!parsed.value.root) return null;
  const decoder = new Decoder({ mode: 'fallback' });
  const value = FIELD.decode(parsed.value.root, '', decoder);
  if (value === REFUSED || decoder.issues.length > 0) throw new Error(decoder.issues[0]?.message);
  return value ?? null;
}
