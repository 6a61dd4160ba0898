import { readFile } from 'node:fs/promises';

import { describeFileError } from '../../platform/file-error.js';

/** A value that is kept in a file, read for each notification, without the space around it. */
export async function readTrimmed(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** The reason stands in the message, so that it is not to be said twice by a cause. */
const unreadable = (path: string, error: unknown): Error => new Error(describeFileError(error, path));
