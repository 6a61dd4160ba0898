export {
  type Flag,
  FlagError,
  fraction,
  oneOf,
  optionalText,
  readSpan,
  repeated,
  span,
  text,
  toggle,
  whole,
} from './flag.js';
export { formatFlags } from './help.js';
export { type FlagValues, type ParsedLine, expandFiles, parseFlags } from './parse.js';
