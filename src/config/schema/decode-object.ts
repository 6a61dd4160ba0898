import type { Position } from '../../domain/issue/index.js';
import { closest } from './closest.js';
import { type Decoder, type Origin, joinPath } from './decoder.js';
import { type Field, REFUSED, type Refused } from './field.js';
import type { MappingNode, YamlNode } from '../yaml/node.js';
import { isMergeKey } from '../yaml/resolve.js';

interface Member {
  readonly name: string;
  readonly field: Field;
}

export interface ReadObject {
  /** By setting name; only keys that were there. */
  readonly values: ReadonlyMap<string, unknown>;
  readonly origin: Origin;
}

interface Reading {
  readonly typeName: string;
  readonly members: ReadonlyMap<string, Member>;
  readonly values: Map<string, unknown>;
  readonly keys: Map<string, Position>;
  readonly refused: Set<string>;
}

/** Reads the keys of a mapping in document order; a merge takes effect where it stands, so what follows it wins. */
export function decodeObject(
  node: YamlNode,
  path: string,
  decoder: Decoder,
  typeName: string,
  members: ReadonlyMap<string, Member>,
): ReadObject | Refused {
  return decoder.visit(node, path, (target) => {
    if (target.kind !== 'mapping') {
      decoder.wrongType(target, path, typeName, `a mapping with some of: ${[...members.keys()].join(', ')}`);
      return REFUSED;
    }
    const before = decoder.collectedCount;
    const reading: Reading = { typeName, members, values: new Map(), keys: new Map(), refused: new Set() };
    readMapping(target, path, decoder, reading);
    const clean = decoder.collectedCount === before;
    const origin: Origin = { path, position: target.position, keys: reading.keys, refused: reading.refused, clean };
    return { values: reading.values, origin };
  });
}

function readMapping(node: MappingNode, path: string, decoder: Decoder, reading: Reading): void {
  // A key may come twice through a merge, but not within one mapping.
  const seen = new Set<string>();
  for (const { key, value } of node.entries) {
    if (key.kind === 'scalar' && isMergeKey(key))
      mergeInto(value, path, decoder, (from) => readMapping(from, path, decoder, reading));
    else readEntry(key, value, path, decoder, reading, seen);
  }
}

function readEntry(
  key: YamlNode,
  value: YamlNode,
  path: string,
  decoder: Decoder,
  reading: Reading,
  seen: Set<string>,
): void {
  const name = readKey(key, path, decoder);
  if (name === undefined) return;
  const member = reading.members.get(name);
  if (!member) {
    const message = `field ${name} not found in type ${reading.typeName}`;
    decoder.collect(
      'unknown-key',
      key.position,
      joinPath(path, name),
      message,
      decoder.isFull ? '' : closest(name, reading.members.keys()),
    );
    return;
  }
  if (seen.has(name)) {
    const message = `field ${name} already set in type ${reading.typeName}`;
    decoder.collect('duplicate-key', key.position, joinPath(path, name), message, 'keep one of them');
    return;
  }
  seen.add(name);
  const read = member.field.decode(value, joinPath(path, name), decoder);
  reading.keys.set(name, value.position);
  if (read === REFUSED) reading.refused.add(name);
  else reading.values.set(member.name, read);
}

/** A key as text. Null is the key `""`, as everywhere where text is wanted. */
export function readKey(key: YamlNode, path: string, decoder: Decoder): string | undefined {
  return decoder.visit(key, path, (target) => {
    if (target.kind === 'scalar') return decoder.textOf(target, path);
    decoder.wrongType(target, path, 'string', 'a key is text');
    return undefined;
  });
}

/** Follows `<<`: a mapping, or a list of mappings of which the earlier win. */
export function mergeInto(value: YamlNode, path: string, decoder: Decoder, read: (from: MappingNode) => void): void {
  const readOne = (node: YamlNode): void =>
    decoder.visit(node, path, (target) => {
      if (target.kind !== 'mapping') decoder.stop(node, path, MERGE_WANTS_MAPS);
      read(target);
    });
  if (value.kind === 'sequence') for (const item of [...value.items].reverse()) readOne(item);
  else readOne(value);
}

const MERGE_WANTS_MAPS = 'map merge requires map or sequence of maps as the value';
