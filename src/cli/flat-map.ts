import { parseYaml } from '../config/yaml/parse.js';
import { Decoder, DecodingStopped, REFUSED, map, text } from '../config/schema/index.js';
import { type Result, failed, ok } from '../domain/issue/index.js';

/** A YAML mapping from texts to texts, with YAML's idea of text: numbers and switches count as they are written. */
export function parseFlatMap(source: string, file: string): Result<ReadonlyMap<string, string>> {
  const parsed = parseYaml(source, file);
  if (!parsed.ok) return parsed;
  if (!parsed.value.root) return ok(new Map());
  const decoder = new Decoder({ mode: 'fallback' });
  try {
    const values = map(text({ default: '' })).decode(parsed.value.root, '', decoder);
    return values === REFUSED || decoder.issues.length > 0 ? failed(...decoder.issues) : ok(values);
  } catch (error) {
    if (error instanceof DecodingStopped) return failed(error.issue);
    throw error;
  }
}
