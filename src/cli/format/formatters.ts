/** The three forms of output. */
import type { GlobalValues } from '../global-flags.js';
import type { Formatter } from './formatter.js';

export async function formatterOf({ output, dateFormat }: GlobalValues): Promise<Formatter> {
  switch (output) {
    case 'simple':
      return (await import('./simple.js')).simpleFormatter(dateFormat);
    case 'extended':
      return (await import('./extended.js')).extendedFormatter(dateFormat);
    case 'json':
      return (await import('./json.js')).jsonFormatter;
  }
}
