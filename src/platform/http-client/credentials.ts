/**
 * Values that come inline or from a file. Files are read for each request, so that a rotated token needs no reload;
 * what surrounds the value (the newline that editors leave) is cut off.
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

import type { Secret } from '../../config/secret.js';
import { describeFileError } from '../file-error.js';

export interface ValueSource {
  read(): Promise<string>;
  /** For what must be readable when the client is built. */
  readNow(): string;
  /** `inline` or `file <path>`: for messages. */
  readonly description: string;
  readonly isFile: boolean;
}

/** Undefined when neither is given. References to a secret store are accepted by the file format and cannot be used. */
export function valueSource(
  inline: Secret | string | undefined,
  file: string | undefined,
  ref: string | undefined,
): ValueSource | undefined {
  const text = inline === undefined || typeof inline === 'string' ? inline : inline.reveal();
  if (text) return inlineSource(text);
  if (file) return fileSource(file);
  if (ref) throw new Error('cannot use secret ref without manager');
  return undefined;
}

export const inlineSource = (text: string): ValueSource => ({
  read: () => Promise.resolve(text),
  readNow: () => text,
  description: 'inline',
  isFile: false,
});

/** `what` it is, for the message. */
export const fileSource = (path: string, what = 'file'): ValueSource => ({
  async read() {
    try {
      return (await readFile(path, 'utf8')).trim();
    } catch (error) {
      throw unreadable(what, path, error);
    }
  },
  readNow() {
    try {
      return readFileSync(path, 'utf8').trim();
    } catch (error) {
      throw unreadable(what, path, error);
    }
  },
  description: `file ${path}`,
  isFile: true,
});

const unreadable = (what: string, path: string, error: unknown): Error =>
  new Error(`unable to read ${what} ${path}: ${describeFileError(error, path)}`);
