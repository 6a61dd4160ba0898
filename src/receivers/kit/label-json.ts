/**
 * A label set as JSON, made once for each set: an alert that fires for days is sent many times and its labels never change.
 *
 * Bound: the texts live as long as their sets.
 */
import type { LabelSet } from '../../domain/labels/index.js';
import { encodeText } from './go-json.js';

const texts = new WeakMap<LabelSet, string>();

export function labelsJson(labels: LabelSet): string {
  let text = texts.get(labels);
  if (text === undefined) {
    text = encode(labels);
    texts.set(labels, text);
  }
  return text;
}

function encode({ names, values }: LabelSet): string {
  let text = '{';
  for (let i = 0; i < names.length; i++)
    text += `${i === 0 ? '' : ','}${encodeText(names[i] as string)}:${encodeText(values[i] as string)}`;
  return `${text}}`;
}
