import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { formatRfc3339, type Instant } from '../../domain/time/index.js';
import { type Damage, RECORD_KINDS, type RecordKind, type StateRecord } from '../storage.js';
import { Environment } from './environment.js';
import { canReadPages } from './page-format.js';
import { walkPages } from './page-walk.js';
import { LAYOUT_VERSION, decodeRecord, encodeRecords } from './record-layout.js';

/**
 * What is done before LMDB may touch its files: damage is found without the library, set aside, and what is whole in
 * it is carried over.
 *
 * The order matters. The marker is written before the library opens the files and removed once every byte was read
 * through it: a marker that is still there means that the last start never came that far, most likely because the library
 * took the process with it. Then the files are not given to it again.
 */
export const ENVIRONMENT = 'tocsin.mdb';
const MARKER = 'tocsin.opening';
const DATA_FILE = 'data.mdb';
const LAYOUT_FILE = 'layout';
/** More copies than these are removed, oldest first: a disk that goes bad must not be filled by its own remains. */
const MOST_COPIES = 3;

export const markOpening = (directory: string, now: Instant): void =>
  writeFileSync(`${directory}/${MARKER}`, `${formatRfc3339(now)}\n`);

export const unmarkOpening = (directory: string): void => rmSync(`${directory}/${MARKER}`, { force: true });

/** The records that could be read, and how many were found that could not. */
export interface Whole {
  readonly records: readonly StateRecord[];
  readonly lost: number;
}

/** What speaks against handing the files to the library; nothing when all is well. */
export function examine(directory: string): readonly string[] {
  const environment = `${directory}/${ENVIRONMENT}`;
  return existsSync(environment) ? [...faultsOf(environment), ...markerFaults(directory)] : [];
}

/**
 * Puts a new environment in the place of a damaged one, with the records that could be read. The old one is moved only
 * when the new one is complete: when the disk takes no more, all stays as it was.
 */
export async function replaceEnvironment(
  directory: string,
  faults: readonly string[],
  { records, lost }: Whole,
  now: Instant,
): Promise<Damage> {
  const path = `${directory}/${ENVIRONMENT}`;
  const replacement = `${path}.new`;
  rmSync(replacement, { recursive: true, force: true });
  writeLayout(replacement);
  const environment = new Environment(replacement);
  try {
    if (records.length > 0) await environment.write(encodeRecords(records));
  } finally {
    await environment.close();
  }
  const keptAt = damagedName(directory, now);
  renameSync(path, keptAt);
  renameSync(replacement, path);
  removeOldCopies(directory);
  const what = `${path}: ${faults.slice(0, 5).join('; ')}; ${records.length} records could still be read`;
  return { what, keptAt, ...(lost > 0 ? { lostRecords: lost } : {}) };
}

/** Without the library and without changing anything: also the way to read when the disk takes no writes. */
export function readWhatIsWhole(environment: string): Whole {
  const records: StateRecord[] = [];
  let lost = 0;
  if (!canReadPages() || layoutFault(environment) !== undefined) return { records, lost };
  try {
    walkPages(`${environment}/${DATA_FILE}`, ({ tree, data }) => {
      if (!isKind(tree)) return;
      const record = decodeRecord(tree, data);
      if (record) records.push(record);
      else lost++;
    });
  } catch {
    // An unreadable file has nothing to give; the caller says what is wrong with it.
  }
  return { records, lost };
}

/** Says which layout the records have, for the one who looks and for the version to come. */
export function writeLayout(environment: string): void {
  mkdirSync(environment, { recursive: true });
  if (!existsSync(`${environment}/${LAYOUT_FILE}`))
    writeFileSync(`${environment}/${LAYOUT_FILE}`, `${LAYOUT_VERSION}\n`);
}

function faultsOf(environment: string): readonly string[] {
  const fault = layoutFault(environment);
  if (fault !== undefined) return [fault];
  const file = `${environment}/${DATA_FILE}`;
  try {
    // No file yet: the last start was cut off before its first write.
    if (!existsSync(file) || !canReadPages()) return [];
    return walkPages(file);
  } catch (error) {
    return [`it cannot be read (${(error as Error).message})`];
  }
}

const markerFaults = (directory: string): readonly string[] =>
  existsSync(`${directory}/${MARKER}`) ? ['the last start did not survive opening it'] : [];

function layoutFault(environment: string): string | undefined {
  try {
    const layout = readFileSync(`${environment}/${LAYOUT_FILE}`, 'utf8').trim();
    return layout === String(LAYOUT_VERSION) ? undefined : `layout ${layout.slice(0, 20)} instead of ${LAYOUT_VERSION}`;
  } catch (error) {
    // Each record carries its version as well, so the file may be missing.
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? undefined
      : `it cannot be read (${(error as Error).message})`;
  }
}

function removeOldCopies(directory: string): void {
  const copies = readdirSync(directory).filter((name) => name.startsWith(`${ENVIRONMENT}.damaged-`));
  // The time in the name sorts.
  for (const name of copies.sort().slice(0, -MOST_COPIES))
    rmSync(`${directory}/${name}`, { recursive: true, force: true });
}

function damagedName(directory: string, now: Instant): string {
  // Colons are no part of a file name on every system.
  const wanted = `${directory}/${ENVIRONMENT}.damaged-${formatRfc3339(now).replaceAll(':', '')}`;
  let name = wanted;
  for (let n = 2; existsSync(name); n++) name = `${wanted}-${n}`;
  return name;
}

const isKind = (tree: string): tree is RecordKind => (RECORD_KINDS as readonly string[]).includes(tree);
