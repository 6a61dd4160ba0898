import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

import type { Secret } from '../../config/secret.js';
import { fileError } from '../../platform/file-error.js';
import { SendFailed, messageOf, rejected } from './failures.js';

/** A value that is kept in a file, read for each notification, without the space around it. */
export async function readTrimmed(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    throw fileError(error, path);
  }
}

/** A secret of the settings, or what is in its file; `what`, where there is one, begins the message when that cannot be read. */
export async function secretOrFile(secret: Secret | undefined, path: string | undefined, what = ''): Promise<string> {
  if (secret !== undefined) return secret.reveal();
  try {
    return await readTrimmed(path ?? '');
  } catch (error) {
    throw new SendFailed(rejected(what === '' ? messageOf(error) : `${what}: ${messageOf(error)}`));
  }
}

/**
 * The same for integrations that want to know when they are built. The file is only looked at then; a new value needs a
 * reload. Throws when it cannot be read.
 */
export function secretOrFileNow(secret: Secret | undefined, path: string | undefined, what: string): string {
  if (secret !== undefined || path === undefined) return secret?.reveal() ?? '';
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw fileError(error, path, `${what}: `);
  }
}
