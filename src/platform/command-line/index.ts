export { type Command, type CommandSpec, type Given, type Positional, command, flagsOf } from './command.js';
export { type Candidate, completeLine } from './complete.js';
export {
  type Flag,
  FlagError,
  type FlagTable,
  type FlagValues,
  choice,
  existingFile,
  fraction,
  oneOf,
  optionalText,
  readExistingFile,
  readSpan,
  repeated,
  span,
  text,
  toggle,
  toggleOff,
  whole,
} from './flag.js';
export { formatCommandHelp, formatFlags } from './help.js';
export { type Defaults, type ParsedLine, evaluateLine, expandFiles, parseFlags } from './parse.js';
export { type Occurrence, type ScannedLine, scanLine } from './scan.js';
