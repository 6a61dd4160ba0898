import type { LabelSet } from '../../domain/labels/index.js';
import { encodeText } from './go-json.js';

/** A label set as JSON, names in the order in which it keeps them: that of Go's maps. */
export function labelsJson({ names, values }: LabelSet): string {
  let members = '';
  for (let i = 0; i < names.length; i++)
    members += `${i > 0 ? ',' : ''}${encodeText(names[i] as string)}:${encodeText(values[i] as string)}`;
  return `{${members}}`;
}
