import { describe, expect, it } from '@jest/globals';

import { VirtualClock } from '../../test/support/virtual-clock.js';
import { silentLogger } from '../platform/log.js';
import { createMetrics } from '../platform/metrics.js';
import { MemoryStorage } from '../storage/memory/memory-storage.js';
import type { StateRecord } from '../storage/storage.js';
import { DueQueue } from './due-queue.js';
import { Journal, StorageError, recordOf } from './journal.js';

/** A disk that refuses while it is bad, and answers when it is told to. */
class BadDisk extends MemoryStorage {
  isBad = true;
  readonly held: (() => void)[] = [];
  isSlow = false;

  override async commit(records: readonly StateRecord[]): Promise<void> {
    const { isBad } = this;
    if (this.isSlow) await new Promise<void>((resolve) => this.held.push(resolve));
    if (isBad) throw new Error('no space left on device');
    return super.commit(records);
  }
}

const BUILD = { version: '0', revision: '', branch: '', buildUser: '', buildDate: '', runtimeVersion: '' };

async function aJournal() {
  const clock = new VirtualClock();
  const storage = new BadDisk();
  const metrics = createMetrics({ build: BUILD });
  const queue = new DueQueue(
    clock,
    () => {},
    () => false,
  );
  const journal = new Journal({ storage, clock, log: silentLogger, metrics, queue });
  await storage.open();
  queue.start();
  const kept = () => [...storage.load('meta')].map(({ key, value }) => `${key}=${String(value)}`);
  const record = (key: string, value: string) => recordOf('meta', key, value, clock.now());
  return { clock, storage, journal, metrics, kept, record };
}

describe('journal', () => {
  it('says when a change could not be written, and counts it', async () => {
    const { journal, metrics, record } = await aJournal();
    await expect(journal.write([record('a', '1')])).rejects.toThrow(StorageError);
    expect(await metrics.expose('text')).toContain('tocsin_storage_commit_errors_total 1');
    await expect(journal.noteSoon([record('a', '1')])).resolves.toBeUndefined();
  });

  it('tries again until it is written', async () => {
    const { clock, storage, journal, kept, record } = await aJournal();
    await journal.noteSoon([record('a', '1'), record('b', '1')]);
    await clock.advance(15_000);
    expect([kept(), journal.unsavedCount]).toEqual([[], 2]);
    storage.isBad = false;
    await clock.advance(10_000);
    expect([kept(), journal.unsavedCount]).toEqual([['a=1', 'b=1'], 0]);
  });

  it('does not put an old value in the place of a newer one', async () => {
    const { clock, storage, journal, kept, record } = await aJournal();
    await journal.noteSoon([record('a', 'old'), record('a', 'less old')]);
    storage.isBad = false;
    await journal.write([record('a', 'new')]);
    await clock.advance(30_000);
    expect(kept()).toEqual(['a=new']);
  });

  it('keeps the newer of two values when the older one fails later', async () => {
    const { clock, storage, journal, kept, record } = await aJournal();
    storage.isSlow = true;
    const older = journal.noteSoon([record('a', 'old')]);
    storage.isBad = storage.isSlow = false;
    await journal.write([record('a', 'new')]);
    for (const goOn of storage.held) goOn();
    await older;
    await clock.advance(30_000);
    expect(kept()).toEqual(['a=new']);
  });
});
