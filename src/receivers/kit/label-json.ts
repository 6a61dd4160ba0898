import type { LabelSet } from '../../domain/labels/index.js';
import { encodeInside, encodeText } from './go-json.js';
import { KeptTexts } from './kept-texts.js';

/** From the brace, or from the end of the value before, to the beginning of a name's own value: few pieces make a quick text. */
const first = new KeptTexts((name) => `{${encodeText(name)}:"`);
const next = new KeptTexts((name) => `",${encodeText(name)}:"`);

/** A label set as JSON, names in the order in which it keeps them: that of Go's maps. */
export const labelsJson = (labels: LabelSet): string => labels.plainJson ?? encodeLabels(labels);

function encodeLabels({ names, values }: LabelSet): string {
  if (names.length === 0) return '{}';
  let text = first.of(names[0] as string) + encodeInside(values[0] as string);
  for (let i = 1; i < names.length; i++) text += next.of(names[i] as string) + encodeInside(values[i] as string);
  return `${text}"}`;
}
