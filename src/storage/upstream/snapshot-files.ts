/**
 * Alertmanager's two snapshot files in a directory: `silences` and `nflog`. Written whole or not at all, under another name
 * first.
 */
import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export const SNAPSHOT_NAMES = ['silences', 'nflog'] as const;
export type SnapshotName = (typeof SNAPSHOT_NAMES)[number];

/** Tells files apart by what is in them: time stamps do not survive a copy. */
export const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Undefined when it is not there. Throws when it is and cannot be read. */
export function readSnapshotFile(directory: string, name: SnapshotName): Buffer | undefined {
  try {
    return readFileSync(join(directory, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export const hasSnapshotFile = (directory: string, name: SnapshotName): boolean => existsSync(join(directory, name));

export function writeSnapshotFile(directory: string, name: SnapshotName, bytes: Buffer): void {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, name);
  const part = `${path}.part`;
  const file = openSync(part, 'w');
  try {
    writeSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(part, path);
}
