/** Settings that hold others: objects, lists, maps, and values of any shape. */
import type { YamlNode } from '../yaml/node.js';
import type { Printed, PrintedEntry } from '../yaml/print.js';
import { isMergeKey, isNullNode } from '../yaml/resolve.js';
import { decodeUntyped, printUntyped } from './any.js';
import { mergeInto, readKey } from './decode-object.js';
import { type Decoder, joinPath } from './decoder.js';
import { type Field, type FieldKind, type FieldOptions, REFUSED, type Refused } from './field.js';
import type { ObjectSchema } from './object.js';
import { compareKeys } from '../yaml/key-order.js';

export interface NestedOptions extends FieldOptions {
  /** Leave file paths inside as they are written. */
  readonly keepPaths?: boolean;
}

/** An object that may be absent. */
export function nested<T>(schema: ObjectSchema<T>, options: NestedOptions = {}): Field<T | undefined> {
  return {
    ...options,
    kind: 'object',
    initial: undefined,
    zero: undefined,
    of: schema,
    decode: (node, path, decoder) => decodeUnlessNull(node, path, decoder, undefined, schema.decode),
    encode: (value) => (value === undefined ? (options.alwaysPrinted ? null : undefined) : schema.encode(value)),
    resolvePaths: (value, join) =>
      value === undefined || options.keepPaths ? value : schema.resolvePaths(value, join),
  };
}

/** An object that is always there; it prints once something in it is set. */
export function embedded<T>(schema: ObjectSchema<T>, options: NestedOptions = {}): Field<T> {
  return {
    ...options,
    kind: 'object',
    initial: schema.initial,
    zero: schema.zero,
    of: schema,
    decode: (node, path, decoder) => decodeUnlessNull(node, path, decoder, schema.zero, schema.decode),
    encode: (value) => (schema.isZero(value) && !options.alwaysPrinted ? undefined : schema.encode(value)),
    resolvePaths: (value, join) => (options.keepPaths ? value : schema.resolvePaths(value, join)),
  };
}

function decodeUnlessNull<T>(
  node: YamlNode,
  path: string,
  decoder: Decoder,
  zero: T,
  decode: (node: YamlNode, path: string, decoder: Decoder) => T | Refused,
): T | Refused {
  return decoder.visit(node, path, (target) =>
    target.kind === 'scalar' && isNullNode(target) ? zero : decode(target, path, decoder),
  );
}

/** An entry of a list of objects; an entry that is null stays visible as undefined, so that the owner can object. */
export function entry<T>(schema: ObjectSchema<T>): Field<T | undefined> {
  return {
    ...nested(schema),
    alwaysPrinted: true,
    encode: (value) => (value === undefined ? null : schema.encode(value)),
  };
}

export interface ListOptions extends FieldOptions {
  /** What Go's decoder calls the list in its messages. */
  readonly goType?: string;
}

/** A list. Entries that are refused are left out (and reported); null is the empty list. */
export function list<T>(item: Field<T>, options: ListOptions = {}): Field<readonly T[]> {
  const field = optionalList(item, options);
  return {
    ...field,
    initial: [],
    zero: [],
    decode: (node, path, decoder) => field.decode(node, path, decoder) ?? [],
    // An always printed field never answers undefined.
    encode: (value) => (value.length === 0 && !options.alwaysPrinted ? undefined : field.encode(value)),
    resolvePaths: (value, join) => field.resolvePaths?.(value, join) ?? value,
  };
}

/** A list for which "not given" and "empty" differ. */
export function optionalList<T>(item: Field<T>, options: ListOptions = {}): Field<readonly T[] | undefined> {
  const goType = options.goType ?? '[]string';
  return {
    ...options,
    kind: 'list',
    initial: undefined,
    zero: undefined,
    of: item,
    decode: (node, path, decoder) =>
      decoder.visit(node, path, (target) => {
        if (target.kind === 'scalar' && isNullNode(target)) return undefined;
        if (target.kind === 'sequence') return decodeItems(target.items, item, path, decoder);
        decoder.wrongType(target, path, goType, 'a list is wanted here: put "- " before each entry');
        return REFUSED;
      }),
    encode: (value) =>
      value === undefined || (value.length === 0 && !options.alwaysPrinted)
        ? undefined
        : value.map((held) => encodeHeld(held, item)),
    resolvePaths: (value, join) => {
      const { resolvePaths } = item;
      return resolvePaths && value ? value.map((entry) => resolvePaths(entry, join)) : value;
    },
  };
}

function decodeItems<T>(items: readonly YamlNode[], item: Field<T>, path: string, decoder: Decoder): readonly T[] {
  const values: T[] = [];
  items.forEach((node, index) => {
    const value = item.decode(node, `${path}[${index}]`, decoder);
    if (value !== REFUSED) values.push(value);
  });
  return values;
}

/** Within a list or a map nothing can be left out: what prints as nothing is empty text or null. */
function encodeHeld<T>(value: T, field: Field<T>): Printed {
  const printed = field.encode(value);
  if (printed !== undefined) return printed;
  if (field.kind === 'list') return [];
  if (field.kind === 'map') return { entries: [] };
  return NULL_WHEN_EMPTY.has(field.kind) ? null : '';
}

const NULL_WHEN_EMPTY: ReadonlySet<FieldKind> = new Set(['secret', 'regex', 'any']);

export interface MapOptions extends FieldOptions {
  readonly goType?: string;
  /** A map that is given but empty is printed, one that is not given is not. */
  readonly printedWhenGiven?: boolean;
}

/** A map from text to values, in the order of the file; printed in Go's order of keys. */
export function map<T>(item: Field<T>, options: MapOptions = {}): Field<ReadonlyMap<string, T>> {
  const goType = options.goType ?? 'map[string]string';
  // Known by its identity: any other empty map was given.
  const notGiven: ReadonlyMap<string, T> = new Map();
  return {
    ...options,
    kind: 'map',
    initial: notGiven,
    zero: notGiven,
    of: item,
    decode: (node, path, decoder) =>
      decoder.visit(node, path, (target) => {
        if (target.kind === 'scalar' && isNullNode(target)) return notGiven;
        const values = new Map<string, T>();
        if (target.kind === 'mapping') return readEntries(target, path, decoder, item, values);
        decoder.wrongType(target, path, goType, 'a mapping is wanted here: "name: value" lines');
        return REFUSED;
      }),
    encode(value) {
      const shown = value.size > 0 || options.alwaysPrinted || (options.printedWhenGiven && value !== notGiven);
      return shown ? encodeMap(value, item) : undefined;
    },
    resolvePaths: (value, join) => {
      const { resolvePaths } = item;
      if (!resolvePaths || value.size === 0) return value;
      return new Map([...value].map(([key, held]) => [key, resolvePaths(held, join)]));
    },
  };
}

function readEntries<T>(
  node: Extract<YamlNode, { kind: 'mapping' }>,
  path: string,
  decoder: Decoder,
  item: Field<T>,
  values: Map<string, T>,
): Map<string, T> {
  for (const { key, value } of node.entries) {
    if (key.kind === 'scalar' && isMergeKey(key)) {
      mergeInto(value, path, decoder, (from) => readEntries(from, path, decoder, item, values));
      continue;
    }
    const name = readKey(key, path, decoder);
    if (name === undefined) continue;
    const held = item.decode(value, joinPath(path, name), decoder);
    if (held === REFUSED) continue;
    if (values.has(name)) {
      const message = `key ${JSON.stringify(name)} already set in map`;
      decoder.collect('duplicate-key', value.position, joinPath(path, name), message, 'keep one of them');
    } else values.set(name, held);
  }
  return values;
}

export function encodeMap<T>(value: ReadonlyMap<string, T>, item: Field<T>): Printed {
  const keys = [...value.keys()].sort(compareKeys);
  const entries: PrintedEntry[] = keys.map((key) => {
    // The key was just taken from the map.
    const held = value.get(key) as T;
    return [key, encodeHeld(held, item)];
  });
  return { entries };
}

/** A value of any shape, typed as YAML 1.1 sees it: maps are Map, with keys of any scalar type. */
export function any(options: FieldOptions = {}): Field<unknown> {
  return {
    ...options,
    kind: 'any',
    initial: undefined,
    zero: undefined,
    decode: (node, path, decoder) => decodeUntyped(node, path, decoder),
    encode: (value) => (value === undefined || value === null ? undefined : printUntyped(value)),
  };
}
