import type { YamlNode } from '../yaml/node.js';
import type { Printed, PrintedEntry } from '../yaml/print.js';
import { decodeObject } from './decode-object.js';
import type { Decoder } from './decoder.js';
import { type Field, type ObjectShape, REFUSED, type Refused } from './field.js';
import type { Report } from './report.js';

/**
 * An object of the configuration file, described once: from this come reading, checking, printing, docs.
 *
 * Settings are named in camelCase after their YAML keys; the order of the fields is the order in which /status prints them.
 */
export type Fields = Readonly<Record<string, Field>>;

export type CamelCase<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S;

/** What a set of fields is decoded to. */
export type Infer<F extends Fields> = {
  readonly [K in keyof F & string as CamelCase<K>]: F[K] extends Field<infer T> ? T : never;
};

/** The settings that a schema describes. */
export type SettingsOf<S> = S extends ObjectSchema<infer T> ? T : never;

export interface ObjectSchema<T> extends ObjectShape {
  /** All fields at their defaults. */
  readonly initial: T;
  /** All fields at zero: what null makes of an object that cannot be absent. */
  readonly zero: T;
  decode(node: YamlNode, path: string, decoder: Decoder): T | Refused;
  encode(value: T): Printed;
  resolvePaths(value: T, join: (file: string) => string): T;
  /** Nothing in it differs from zero. */
  isZero(value: T): boolean;
}

export interface ObjectOptions<T> {
  /** Rules across fields, run after the fields were read and none was refused; may answer with mended settings. */
  check?(settings: T, report: Report): T | void;
}

interface Member {
  readonly key: string;
  readonly name: string;
  readonly field: Field;
}

/** `typeName` appears in messages (`field x not found in type config.plain`). */
export function object<F extends Fields>(
  typeName: string,
  fields: F,
  options: ObjectOptions<Infer<F>> = {},
): ObjectSchema<Infer<F>> {
  type T = Infer<F>;
  const members: readonly Member[] = Object.entries(fields).map(([key, field]) => ({
    key,
    name: camelCase(key),
    field,
  }));
  const byKey = new Map(members.map((member) => [member.key, member]));
  // Each member was made from the field whose type T repeats, so a record of their values is a T.
  const collect = (valueOf: (member: Member) => unknown): T =>
    Object.fromEntries(members.map((member) => [member.name, valueOf(member)])) as T;
  const get = (settings: T, { name }: Member): unknown => (settings as Record<string, unknown>)[name];

  return {
    typeName,
    fields: new Map(Object.entries(fields)),
    initial: collect(({ field }) => field.initial),
    zero: collect(({ field }) => field.zero),

    decode(node, path, decoder) {
      const read = decodeObject(node, path, decoder, typeName, byKey);
      if (read === REFUSED) return REFUSED;
      const settings = collect(({ name, field }) => (read.values.has(name) ? read.values.get(name) : field.initial));
      // With a value missing, rules across fields would only complain about what was already reported.
      const checked =
        read.origin.refused.size > 0 ? undefined : options.check?.(settings, decoder.reporter(read.origin));
      const result = checked ?? settings;
      decoder.remember(result, read.origin);
      return result;
    },

    encode(settings) {
      const entries: PrintedEntry[] = [];
      for (const member of members) {
        const printed = member.field.encode(get(settings, member));
        if (printed !== undefined) entries.push([member.key, printed, member.field.flow ?? false]);
      }
      return { entries };
    },

    resolvePaths(settings, join) {
      return collect((member) => {
        const value = get(settings, member);
        return member.field.resolvePaths ? member.field.resolvePaths(value, join) : value;
      });
    },

    isZero: (settings) => members.every((member) => isZero(get(settings, member), member.field)),
  };
}

export const camelCase = (key: string): string =>
  key.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Empty lists and maps are zero too; an object is when all in it is. */
function isZero(value: unknown, field: Field): boolean {
  if (value === undefined || value === false || value === 0 || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  if (value instanceof Map) return value.size === 0;
  return field.encode(value) === undefined;
}
