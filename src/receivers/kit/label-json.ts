import type { LabelSet } from '../../domain/labels/index.js';
import { encodeText } from './go-json.js';
import { KeptTexts } from './kept-texts.js';

const names = new KeptTexts((name) => `${encodeText(name)}:`);

/** A label set as JSON, names in the order in which it keeps them: that of Go's maps. */
export function labelsJson(labels: LabelSet): string {
  let members = '';
  for (let i = 0; i < labels.names.length; i++) {
    if (i > 0) members += ',';
    members += names.of(labels.names[i] as string) + encodeText(labels.values[i] as string);
  }
  return `{${members}}`;
}
