export { closest } from './closest.js';
export { type NestedOptions, any, embedded, entry, list, map, nested, optionalList } from './containers.js';
export { Decoder, type DecoderOptions, DecodingStopped, type Origin, joinPath } from './decoder.js';
export { type Field, type FieldKind, type FieldOptions, type ObjectShape, REFUSED, type Refused } from './field.js';
export {
  bool,
  float,
  goDuration,
  html,
  int,
  int64,
  path,
  promDuration,
  refuse,
  scalar,
  secret,
  secretUrl,
  template,
  templatedUrl,
  text,
  uint,
  url,
} from './fields.js';
export {
  type CamelCase,
  type Fields,
  type Infer,
  type ObjectSchema,
  type SettingsOf,
  camelCase,
  object,
} from './object.js';
export type { Report } from './report.js';
