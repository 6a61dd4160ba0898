import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type Instant, instant } from '../../../src/domain/time/index.js';
import { LmdbStorage } from '../../../src/storage/lmdb/lmdb-storage.js';

export const NOW: Instant = instant(Date.UTC(2026, 10, 20, 12, 0, 0));

/** A directory of its own for one test. */
export function dataDirectory(): { readonly path: string; readonly dispose: () => void } {
  const path = mkdtempSync(`${tmpdir()}/tocsin-storage-`);
  return { path, dispose: () => rmSync(path, { recursive: true, force: true }) };
}

export const lmdbAt = (directory: string): LmdbStorage =>
  new LmdbStorage({ directory, clock: { now: () => NOW, elapsed: () => 0 } });
