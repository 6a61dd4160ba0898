import type { LabelSet } from '../../domain/labels/index.js';
import { encodeText } from './go-json.js';

/** A label set as JSON, names in the order in which it keeps them: that of Go's maps. */
export const labelsJson = ({ names, values }: LabelSet): string =>
  `{${names.map((name, i) => `${encodeText(name)}:${encodeText(values[i] as string)}`).join(',')}}`;
