/** Query strings as Go writes them: sorted by name, a space as `+`, all but letters, digits and `-_.~` escaped. */
import { compareBytes } from '../../domain/labels/index.js';

export const encodeQuery = (parameters: Iterable<readonly [string, string]>): string =>
  [...parameters]
    .toSorted(([a], [b]) => compareBytes(a, b))
    .map(([name, value]) => `${escapeQuery(name)}=${escapeQuery(value)}`)
    .join('&');

const escapeQuery = (text: string): string =>
  encodeURIComponent(text.toWellFormed())
    .replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
