/**
 * What an untyped YAML scalar means to Go's yaml.v2, which reads YAML 1.1 with habits of its own: `yes` is true, `010` is
 * eight, `0o10` too, `1:30` stays text, a date is a date only by its tag.
 *
 * Keeps: never throws, whatever the text. Integers beyond 2^53 are bigint, so that no digit is lost.
 */
import type { ScalarNode } from './node.js';

export type ScalarValue = string | number | bigint | boolean | null;

export interface Resolved {
  readonly tag: string;
  readonly value: ScalarValue;
}

export interface Unresolved {
  readonly problem: string;
}

const PREFIX = 'tag:yaml.org,2002:';
const STR = `${PREFIX}str`;
const BOOL = `${PREFIX}bool`;
const INT = `${PREFIX}int`;
const FLOAT = `${PREFIX}float`;
const NULL = `${PREFIX}null`;
const TIMESTAMP = `${PREFIX}timestamp`;
const BINARY = `${PREFIX}binary`;
const MERGE = `${PREFIX}merge`;

/** Tags whose text is looked at; any other tag leaves the text as it is. */
const RESOLVABLE: ReadonlySet<string> = new Set(['', STR, BOOL, INT, FLOAT, NULL, TIMESTAMP]);

const WORDS: ReadonlyMap<string, Resolved> = new Map(
  (
    [
      [{ tag: BOOL, value: true }, 'y Y yes Yes YES true True TRUE on On ON'],
      [{ tag: BOOL, value: false }, 'n N no No NO false False FALSE off Off OFF'],
      [{ tag: NULL, value: null }, '~ null Null NULL'],
      [{ tag: FLOAT, value: Number.NaN }, '.nan .NaN .NAN'],
      [{ tag: FLOAT, value: Number.POSITIVE_INFINITY }, '.inf .Inf .INF +.inf +.Inf +.INF'],
      [{ tag: FLOAT, value: Number.NEGATIVE_INFINITY }, '-.inf -.Inf -.INF'],
    ] as const
  ).flatMap(([resolved, words]) => words.split(' ').map((word) => [word, resolved] as const)),
);
const EMPTY: Resolved = { tag: NULL, value: null };

const DOT_FLOAT = /^\.[0-9]+(?:[eE][-+]?[0-9]+)?$/;
const FLOAT_TEXT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INT_TEXT = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9][0-9]*)$/;
const MAX_INT64 = (1n << 63n) - 1n;
const MIN_INT64 = -(1n << 63n);
const MAX_UINT64 = (1n << 64n) - 1n;
/** No number within 64 bits needs more characters; longer runs of digits are floats at best. */
const MAX_INT_LENGTH = 130;

/** Resolves a scalar node, its tag and quotes taken into account. */
export function resolveNode(node: ScalarNode): Resolved | Unresolved {
  if (node.tag === '' && !node.plain) return { tag: STR, value: node.text };
  if (node.tag === BINARY) return resolveBinary(node.text);
  if (!RESOLVABLE.has(node.tag)) return { tag: node.tag, value: node.text };
  if (node.tag === STR) return { tag: STR, value: node.text };
  const guessed = resolvePlain(node.text, node.tag === '' || node.tag === TIMESTAMP);
  if (node.tag === '' || guessed.tag === node.tag) return guessed;
  if (node.tag === FLOAT && guessed.tag === INT) {
    return typeof guessed.value === 'bigint' && guessed.value > MAX_INT64
      ? cannotDecode(guessed.tag, node)
      : { tag: FLOAT, value: Number(guessed.value) };
  }
  return cannotDecode(guessed.tag, node);
}

/** Resolves text that was written without quotes. */
export function resolvePlain(text: string, withDates = true): Resolved {
  if (text === '') return EMPTY;
  const word = WORDS.get(text);
  if (word) return word;
  const first = text.charCodeAt(0);
  if (first === 0x2e) return resolveFloat(text, DOT_FLOAT) ?? { tag: STR, value: text };
  const isNumberLike = first === 0x2b || first === 0x2d || (first >= 0x30 && first <= 0x39);
  return (isNumberLike ? resolveNumberLike(text, withDates) : undefined) ?? { tag: STR, value: text };
}

export const isMergeKey = (node: ScalarNode): boolean =>
  node.text === '<<' && (node.plain || node.tag === MERGE || node.tag === '!!merge');

/**
 * Null for settings that have a reader of their own: these words also in quotes, unless a tag says otherwise.
 * (`NULL` and `Null` are null to an untyped value only.)
 */
export function isNullNode(node: ScalarNode): boolean {
  if (node.tag === NULL) return true;
  return node.tag === '' && (node.text === 'null' || node.text === '~' || (node.text === '' && node.plain));
}

export const shortTag = (tag: string): string => (tag.startsWith(PREFIX) ? `!!${tag.slice(PREFIX.length)}` : tag);

function resolveNumberLike(text: string, withDates: boolean): Resolved | undefined {
  if (withDates && isTimestamp(text)) return { tag: TIMESTAMP, value: text };
  const digits = text.replaceAll('_', '');
  return resolveInt(digits) ?? resolveFloat(digits, FLOAT_TEXT);
}

function resolveInt(text: string): Resolved | undefined {
  if (text.length > MAX_INT_LENGTH) return undefined;
  const [, sign, digits] = INT_TEXT.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const octal = /^0[0-7]+$/.test(digits);
  const magnitude = BigInt(octal ? `0o${digits.slice(1)}` : digits.toLowerCase());
  const value = sign === '-' ? -magnitude : magnitude;
  if (value < MIN_INT64 || value > MAX_UINT64 || (value > MAX_INT64 && sign !== '')) return undefined;
  const small = Number(value);
  return { tag: INT, value: Number.isSafeInteger(small) ? small + 0 : value };
}

function resolveFloat(text: string, pattern: RegExp): Resolved | undefined {
  if (!pattern.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? { tag: FLOAT, value } : undefined;
}

const TIMESTAMP_TEXT =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(Z|[-+]\d{2}:\d{2})?)?$/;

function isTimestamp(text: string): boolean {
  const parts = TIMESTAMP_TEXT.exec(text);
  if (!parts) return false;
  const [, year, month, day, separator, hour, minute, second, zone] = parts;
  if (!isDate(Number(year), Number(month), Number(day))) return false;
  if (separator === undefined) return true;
  if ((separator === ' ') !== (zone === undefined)) return false;
  return Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60 && isZone(zone);
}

const isDate = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();

const isZone = (zone: string | undefined): boolean =>
  zone === undefined || zone === 'Z' || (Number(zone.slice(1, 3)) <= 24 && Number(zone.slice(4)) < 60);

/** Base64 with padding; line breaks inside are skipped, anything else is refused. */
function resolveBinary(text: string): Resolved | Unresolved {
  const packed = text.replaceAll(/[\r\n]/g, '');
  if (packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(packed)) {
    return { problem: '!!binary value contains invalid base64 data' };
  }
  return { tag: BINARY, value: Buffer.from(packed, 'base64').toString('utf8') };
}

const cannotDecode = (found: string, node: ScalarNode): Unresolved => ({
  problem: `cannot decode ${shortTag(found)} \`${node.text}\` as a ${shortTag(node.tag)}`,
});
