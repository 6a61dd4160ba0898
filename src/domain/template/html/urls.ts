/** URLs in templates: schemes that are safe, and characters that may stand. */
import { toBytes } from '../value/bytes.js';
import type { Value } from '../value/values.js';
import { FAILSAFE } from './css.js';
import { stringify } from './stringify.js';

const SAFE_SCHEMES: ReadonlySet<string> = new Set(['http', 'https', 'mailto']);

function isSafeUrl(url: string): boolean {
  const colon = url.indexOf(':');
  if (colon < 0) return true;
  const scheme = url.slice(0, colon);
  return scheme.includes('/') || SAFE_SCHEMES.has(scheme.toLowerCase());
}

export function urlFilter(args: readonly Value[]): string {
  const { text, trust } = stringify(args);
  return trust === 'url' || isSafeUrl(text) ? text : `#${FAILSAFE}`;
}

/** For a value in a query or fragment, unless somebody vouched for it. */
export function urlEscape(args: readonly Value[]): string {
  const { text, trust } = stringify(args);
  return trust === 'url' ? normalised(text) : encoded(text, UNRESERVED);
}

export const urlNormalise = (args: readonly Value[]): string => normalised(stringify(args).text);

const UNRESERVED = /[A-Za-z0-9\-._~]/;

/** What is encoded already stays. */
const normalised = (text: string): string =>
  text.replace(/%[0-9a-fA-F]{2}|%|[^A-Za-z0-9\-._~!#$&*+,/:;=?@[\]%]+/g, (part) =>
    part.length === 3 && part.startsWith('%') ? part : encoded(part, UNRESERVED),
  );

function encoded(text: string, keep: RegExp): string {
  let out = '';
  for (const byte of toBytes(text)) {
    const char = String.fromCharCode(byte);
    out += byte < 0x80 && keep.test(char) ? char : `%${byte.toString(16).padStart(2, '0')}`;
  }
  return out;
}

/** `srcset`: a list of URLs with their sizes. */
export function srcsetFilter(args: readonly Value[]): string {
  const { text, trust } = stringify(args);
  if (trust === 'url') return normalised(text).replaceAll(',', '%2c');
  return text.split(',').map(srcsetElement).join(',');
}

function srcsetElement(element: string): string {
  const [, before = '', url = '', after = ''] = /^([\t\n\f\r ]*)([^\t\n\f\r ]*)(.*)$/s.exec(element) ?? [];
  if (!isSafeUrl(url) || !/^[\t\n\f\r A-Za-z0-9]*$/.test(after)) return `#${FAILSAFE}`;
  return before + normalised(url) + after;
}
