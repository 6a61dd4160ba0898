/** `urlUnescape` and the URL-safe base64 of Alertmanager. */
import { FunctionError } from '../template-error.js';
import { fromBytes, toBytes } from '../value/bytes.js';
import { quote } from '../format/quote.js';

export function unescapeQuery(text: string): string {
  const bytes = toBytes(text);
  const out: number[] = [];
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (byte !== 0x25) {
      out.push(byte === 0x2b ? 0x20 : byte);
      continue;
    }
    const digits = fromBytes(bytes.subarray(i + 1, i + 3));
    if (!/^[0-9a-fA-F]{2}$/.test(digits))
      throw new FunctionError(`invalid URL escape ${quote(fromBytes(bytes.subarray(i, i + 3)))}`);
    out.push(Number.parseInt(digits, 16));
    i += 2;
  }
  return fromBytes(out);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export function encodeBase64(text: string): string {
  const bytes = toBytes(text);
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out += (ALPHABET[group >> 18] as string) + (ALPHABET[(group >> 12) & 63] as string);
    out += left > 1 ? (ALPHABET[(group >> 6) & 63] as string) : '=';
    out += left > 2 ? (ALPHABET[group & 63] as string) : '=';
  }
  return out;
}

/** Strict: padding is required, line ends are skipped, anything else is an error that names the place. */
export function decodeBase64(text: string): string {
  const bytes = toBytes(text);
  const places: number[] = [];
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== 0x0a && bytes[i] !== 0x0d) places.push(i);
  const out: number[] = [];
  for (let at = 0; at < places.length; at += 4) decodeQuantum(bytes, places, at, out);
  return fromBytes(out);
}

const corrupt = (place: number): never => {
  throw new FunctionError(`illegal base64 data at input byte ${place}`);
};

function decodeQuantum(bytes: Uint8Array, places: readonly number[], start: number, out: number[]): void {
  let group = 0;
  let count = 0;
  for (; count < 4; count++) {
    const place = places[start + count];
    // The text ends inside a group: the place is the group's end less what was read.
    if (place === undefined) return corrupt(count === 0 ? bytes.length : bytes.length - count);
    const char = String.fromCharCode(bytes[place] as number);
    if (char === '=') {
      if (count < 2) return corrupt(place);
      checkPadding(bytes, places, start + count, count);
      break;
    }
    const value = ALPHABET.indexOf(char);
    if (value < 0) return corrupt(place);
    group |= value << (18 - 6 * count);
  }
  const decoded = [group >> 16, (group >> 8) & 0xff, group & 0xff];
  out.push(...decoded.slice(0, count - 1));
}

function checkPadding(bytes: Uint8Array, places: readonly number[], at: number, count: number): void {
  let last = at;
  if (count === 2) {
    last++;
    const place = places[last];
    if (place === undefined) corrupt(bytes.length);
    else if (bytes[place] !== 0x3d) corrupt(place - 1);
  }
  const after = places[last + 1];
  if (after !== undefined) corrupt(after);
}
