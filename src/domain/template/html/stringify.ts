/** What an escaper is given, as text, and whether somebody vouched for it. */
import { sprint } from '../format/printf.js';
import { printable } from '../exec/printable.js';
import { rejoined } from '../value/bytes.js';
import { GoPointer, GoString, type Value } from '../value/values.js';

export type Trust = 'plain' | 'html' | 'url';

export interface Stringified {
  readonly text: string;
  readonly trust: Trust;
}

export function stringify(args: readonly Value[]): Stringified {
  const [only] = args;
  if (args.length === 1) {
    if (typeof only === 'string') return { text: only, trust: 'plain' };
    const target = only instanceof GoPointer ? only.target : only;
    if (target instanceof GoString)
      return {
        text: target.text,
        trust: target.type.name === 'template.HTML' ? 'html' : target.type.name === 'template.URL' ? 'url' : 'plain',
      };
  }
  const values = args.filter((arg) => arg !== undefined).map(printable);
  return { text: rejoined(sprint(values)), trust: 'plain' };
}
