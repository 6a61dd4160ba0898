import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { type Instant, formatRfc3339 } from '../../domain/time/index.js';
import type { Damage } from '../storage.js';
import { type LogContents, syncDirectory } from './log-files.js';
import { writeSnapshot } from './write-snapshot.js';

/** Within the data directory. */
export const LOG_DIRECTORY = 'tocsin.log';
/** More copies than these are removed, oldest first: a disk that goes bad must not be filled by its own remains. */
const MOST_COPIES = 3;

/**
 * Puts a new log in the place of a damaged one, with what could be read. The old one is moved only when the new one is
 * complete: when the disk takes no more, all stays as it was.
 */
export function replaceLog(directory: string, { latest, faults, lostBytes, last }: LogContents, now: Instant): Damage {
  const path = `${directory}/${LOG_DIRECTORY}`;
  const replacement = `${path}.new`;
  rmSync(replacement, { recursive: true, force: true });
  mkdirSync(replacement);
  writeSnapshot(replacement, Math.max(last, 1), latest);
  const keptAt = damagedName(directory, now);
  renameSync(path, keptAt);
  renameSync(replacement, path);
  syncDirectory(directory);
  removeOldCopies(directory);
  const what = `${path}: ${faults.slice(0, 5).join('; ')}; ${latest.size} records could still be read`;
  return { what, keptAt, lostBytes };
}

function removeOldCopies(directory: string): void {
  const copies = readdirSync(directory).filter((name) => name.startsWith(`${LOG_DIRECTORY}.damaged-`));
  // The time in the name sorts.
  for (const name of copies.sort().slice(0, -MOST_COPIES))
    rmSync(`${directory}/${name}`, { recursive: true, force: true });
}

function damagedName(directory: string, now: Instant): string {
  // Colons are no part of a file name on every system.
  const wanted = `${directory}/${LOG_DIRECTORY}.damaged-${formatRfc3339(now).replaceAll(':', '')}`;
  let name = wanted;
  for (let n = 2; existsSync(name); n++) name = `${wanted}-${n}`;
  return name;
}
