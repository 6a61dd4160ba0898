/**
 * Values whose shape the configuration does not fix (webhook payload, PagerDuty details, Jira fields), typed as YAML 1.1
 * sees them. A map is a Map, because its keys may be of any scalar type and may be called `__proto__`.
 */
import { quoteGo } from '../../domain/matcher/index.js';
import type { MappingNode, ScalarNode, YamlNode } from '../yaml/node.js';
import type { Printed, PrintedEntry } from '../yaml/print.js';
import { comparePrintedKeys } from '../yaml/key-order.js';
import { isMergeKey, type ScalarValue } from '../yaml/resolve.js';
import { mergeInto } from './decode-object.js';
import { type Decoder, joinPath } from './decoder.js';
import type { Refused } from './field.js';

/** `1.0` and `1` are the same number to JavaScript but print differently; containers remember which was which. */
const printedForms = new WeakMap<object, Printed>();

export function decodeUntyped(node: YamlNode, path: string, decoder: Decoder): unknown | Refused {
  return decode(node, path, decoder).value;
}

export function printUntyped(value: unknown): Printed {
  const remembered = typeof value === 'object' && value !== null ? printedForms.get(value) : undefined;
  return remembered ?? printScalar(value as ScalarValue, false);
}

interface Decoded {
  readonly value: unknown;
  readonly printed: Printed;
}

function decode(node: YamlNode, path: string, decoder: Decoder): Decoded {
  return decoder.visit(node, path, (target) => {
    if (target.kind === 'scalar') return decodeScalar(target, path, decoder);
    const decoded =
      target.kind === 'sequence' ? decodeItems(target.items, path, decoder) : decodeMapping(target, path, decoder);
    printedForms.set(decoded.value as object, decoded.printed);
    return decoded;
  });
}

function decodeScalar(node: ScalarNode, path: string, decoder: Decoder): Decoded {
  const { tag, value } = decoder.resolve(node, path);
  return { value, printed: printScalar(value, tag === 'tag:yaml.org,2002:float') };
}

function decodeItems(items: readonly YamlNode[], path: string, decoder: Decoder): Decoded {
  const decoded = items.map((item, index) => decode(item, `${path}[${index}]`, decoder));
  return { value: decoded.map(({ value }) => value), printed: decoded.map(({ printed }) => printed) };
}

function decodeMapping(node: MappingNode, path: string, decoder: Decoder): Decoded {
  const value = new Map<unknown, unknown>();
  const entries: PrintedEntry[] = [];
  readInto(node, path, decoder, (key, held, from) => {
    if (value.has(key.value)) {
      const message = `key ${goSyntax(key.value)} already set in map`;
      decoder.collect('duplicate-key', from.position, joinPath(path, String(key.value)), message, 'keep one of them');
      return;
    }
    value.set(key.value, held.value);
    entries.push([key.printed, held.printed]);
  });
  return { value, printed: { entries: entries.sort(([a], [b]) => comparePrintedKeys(a, b)) } };
}

function readInto(
  node: MappingNode,
  path: string,
  decoder: Decoder,
  set: (key: Decoded, value: Decoded, from: YamlNode) => void,
): void {
  for (const { key, value } of node.entries) {
    if (key.kind === 'scalar' && isMergeKey(key)) {
      mergeInto(value, path, decoder, (from) => readInto(from, path, decoder, set));
      continue;
    }
    const name = decode(key, path, decoder);
    if (typeof name.value === 'object' && name.value !== null) {
      decoder.stop(key, path, `invalid map key: ${goSyntax(name.value)}`);
    }
    set(name, decode(value, joinPath(path, String(name.value)), decoder), value);
  }
}

/** As Go shows a value in its own syntax. */
function goSyntax(value: unknown): string {
  if (typeof value === 'string') return quoteGo(value);
  if (value === null) return 'interface {}(nil)';
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (!(value instanceof Map)) return String(value);
  return `map[interface {}]interface {}{${[...value].map(([key, held]) => `${goSyntax(key)}:${goSyntax(held)}`).join(', ')}}`;
}

function printScalar(value: ScalarValue, isFloat: boolean): Printed {
  if (typeof value !== 'number') return value;
  return isFloat || !Number.isSafeInteger(value) ? { float: value } : BigInt(value);
}
