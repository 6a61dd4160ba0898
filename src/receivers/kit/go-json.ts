/**
 * JSON as Go's encoder writes it, byte for byte: receivers sign bodies, and proxies match on them.
 *
 * `<`, `>`, `&` and the two line separators are escaped, text that is no Unicode is replaced, Maps and objects
 * without a prototype have their keys sorted by bytes (Go's maps), other objects keep theirs (Go's structs), and a body ends with a newline.
 */
import { compareBytes } from '../../domain/labels/index.js';

const SPECIAL = /[<>&\u2028\u2029]/;
const AMPERSAND = '\\u0026';
const ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': AMPERSAND,
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** Printable, and without a letter that is written otherwise. */
const IS_PLAIN = /^[ !#-%'-;=?-[\]-~]*$/;

/** The same with `&`, which stands in every URL with a query: an alert's generatorURL is one. */
const IS_URL = /^[ !#-;=?-[\]-~]*$/;

export const encodeText = (text: string): string => `"${encodeInside(text)}"`;

/** What stands between the quotes: mostly the text itself. */
export function encodeInside(text: string): string {
  if (IS_PLAIN.test(text)) return text;
  if (IS_URL.test(text)) return text.replaceAll('&', AMPERSAND);
  return escapeMarkup(JSON.stringify(text.toWellFormed())).slice(1, -1);
}

/** JSON that is there already; it keeps its order and its numbers, and loses its white space. */
export class RawJson {
  /** Throws when it is none. */
  constructor(private readonly text: string) {
    JSON.parse(text);
  }

  get compact(): string {
    return escapeMarkup(this.text.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, '$1'));
  }
}

/** JSON that `encodeJson` would write as it is. */
export class WrittenJson {
  constructor(readonly text: string) {}
}

/** JSON as JavaScript writes it, as Go would have written it. */
export const escapeMarkup = (json: string): string =>
  SPECIAL.test(json) ? json.replaceAll(/[<>&\u2028\u2029]/g, (character) => ESCAPES[character] as string) : json;

/** Throws for what JSON cannot say. Members of objects that are undefined are left out. */
export function encodeJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return encodeText(value);
    case 'number':
      if (!Number.isFinite(value)) throw new Error(`json: unsupported value: ${goNumber(value)}`);
      return String(value);
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'object':
      return value === null ? 'null' : encodeContainer(value);
    default:
      throw new Error(`json: unsupported type: ${typeof value}`);
  }
}

export const encodeBody = (value: unknown): string => `${encodeJson(value)}\n`;

function encodeContainer(value: object): string {
  if (value instanceof WrittenJson) return value.text;
  if (value instanceof RawJson) return value.compact;
  if (Array.isArray(value)) return `[${value.map(encodeJson).join(',')}]`;
  if (value instanceof Map) return encodeMembers(sortedEntries(value));
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return encodeMembers(Object.getPrototypeOf(value) === null ? members.sort(byKey) : members);
}

const sortedEntries = (map: ReadonlyMap<unknown, unknown>): [string, unknown][] =>
  [...map].map(([key, member]): [string, unknown] => [String(key), member]).sort(byKey);

const byKey = ([a]: [string, unknown], [b]: [string, unknown]): number => compareBytes(a, b);

const encodeMembers = (members: readonly [string, unknown][]): string =>
  `{${members.map(([key, member]) => `${encodeText(key)}:${encodeJson(member)}`).join(',')}}`;

const goNumber = (value: number): string => (Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf');
