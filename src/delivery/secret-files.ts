import { readFile } from 'node:fs/promises';

import { Secret } from '../config/secret.js';

/** Longer files hold certificates rather than keys. */
const LONGEST = 4_096;
const PUBLIC: ReadonlySet<string> = new Set(['caFile', 'certFile']);

/** What the files hold that settings name (`api_key_file`): it is as secret as what stands in the settings. */
export async function readSecretFiles(settings: unknown): Promise<readonly Secret[]> {
  const texts = await Promise.all([...pathsIn(settings)].map(readQuietly));
  return texts.filter((text) => text !== '' && text.length <= LONGEST).map((text) => new Secret(text));
}

function pathsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null || value instanceof Secret) return found;
  const entries: Iterable<readonly [unknown, unknown]> = value instanceof Map ? value : Object.entries(value);
  for (const [name, held] of entries)
    if (typeof held !== 'string') pathsIn(held, found);
    else if (typeof name === 'string' && name.endsWith('File') && !PUBLIC.has(name) && held !== '') found.add(held);
  return found;
}

/** The integration itself says what it cannot read. */
const readQuietly = (path: string): Promise<string> =>
  readFile(path, 'utf8').then(
    (text) => text.trim(),
    () => '',
  );
