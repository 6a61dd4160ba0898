import type { YamlNode } from '../yaml/node.js';
import type { Printed } from '../yaml/print.js';
import type { Decoder } from './decoder.js';

/** What a field's decoder answers when the value was refused (the issue is already noted): the setting keeps what it had. */
export const REFUSED: unique symbol = Symbol('refused');
export type Refused = typeof REFUSED;

export type FieldKind =
  | 'text'
  | 'template'
  | 'html'
  | 'secret'
  | 'url'
  | 'secret-url'
  | 'templated-url'
  | 'path'
  | 'duration'
  | 'go-duration'
  | 'host-port'
  | 'bool'
  | 'int'
  | 'uint'
  | 'float'
  | 'list'
  | 'map'
  | 'object'
  | 'any'
  | 'matchers'
  | 'regex';

/** What every setting can say about itself. */
export interface FieldOptions {
  /** One sentence for the docs and the form in the UI. */
  readonly help?: string;
  /** What to use instead. */
  readonly deprecated?: string;
  /** Must be given; who checks it, and in which words, is the object's own business. Documentation only. */
  readonly required?: boolean;
  /** The texts it accepts, for docs and forms. Documentation only. */
  readonly choices?: readonly string[];
  /** Printed in /status even when it is empty. */
  readonly alwaysPrinted?: boolean;
  /** Printed as `[a, b]`. */
  readonly flow?: boolean;
}

/**
 * One setting: how it is read from YAML, how it is printed for /status, what the docs say.
 * A field knows nothing of its name; the object that holds it does.
 */
export interface Field<T = unknown> extends FieldOptions {
  readonly kind: FieldKind;
  /** The value when the key is not there. */
  readonly initial: T;
  /** The value when the key is there and null: the zero of its type, whatever the default. */
  readonly zero: T;
  decode(node: YamlNode, path: string, decoder: Decoder): T | Refused;
  /** Undefined: nothing to print. */
  encode(value: T): Printed | undefined;
  /** The value with relative file paths joined to the directory of the configuration file. */
  resolvePaths?(value: T, join: (file: string) => string): T;
  /** For docs: what a list, a map or an object holds. */
  readonly of?: Field | ObjectShape;
}

/** The part of an object's description that docs and printers need. */
export interface ObjectShape {
  readonly typeName: string;
  readonly fields: ReadonlyMap<string, Field>;
}
