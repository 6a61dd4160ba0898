/** The three forms of output. */
import type { GlobalValues } from '../global-flags.js';
import { extendedFormatter } from './extended.js';
import type { Formatter } from './formatter.js';
import { jsonFormatter } from './json.js';
import { simpleFormatter } from './simple.js';

export function formatterOf({ output, dateFormat }: GlobalValues): Formatter {
  switch (output) {
    case 'simple':
      return simpleFormatter(dateFormat);
    case 'extended':
      return extendedFormatter(dateFormat);
    case 'json':
      return jsonFormatter;
  }
}
