/** `http_headers`: added to each request, every value a header of its own. */
import { type ValueSource, fileSource, inlineSource } from './credentials.js';
import type { HttpSettings } from './settings.js';

export type Header = readonly [name: string, value: string];

/** Undefined when there are none. */
export function compileHeaders(settings: HttpSettings['httpHeaders']): (() => Promise<readonly Header[]>) | undefined {
  const sources: (readonly [string, ValueSource])[] = [];
  for (const [rawName, { values = [], secrets = [], files = [] }] of settings ?? []) {
    const name = canonicalName(rawName);
    for (const value of values) sources.push([name, inlineSource(value ?? '')]);
    for (const secret of secrets) sources.push([name, inlineSource(secret?.reveal() ?? '')]);
    for (const file of files) sources.push([name, fileSource(file ?? '', 'headers file')]);
  }
  if (sources.length === 0) return undefined;
  return () => Promise.all(sources.map(async ([name, source]): Promise<Header> => [name, await source.read()]));
}

/** `x-scope-orgid` → `X-Scope-Orgid`, as Go writes names over HTTP/1. */
export function canonicalName(name: string): string {
  const known = canonicalNames.get(name);
  if (known !== undefined) return known;
  const canonical = toCanonical(name);
  if (canonicalNames.size < MOST_NAMES) canonicalNames.set(name, canonical);
  return canonical;
}

/** The names are those of the configuration and our own: few, and the same for each request. */
const canonicalNames = new Map<string, string>();
const MOST_NAMES = 256;

const toCanonical = (name: string): string =>
  /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)
    ? name.toLowerCase().replaceAll(/(^|-)[a-z]/g, (letters) => letters.toUpperCase())
    : name;
