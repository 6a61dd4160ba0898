import { describe, expect, it } from '@jest/globals';

import { VirtualClock } from '../../test/support/virtual-clock.js';
import { duration, plus } from '../domain/time/index.js';
import { createLogger } from '../platform/log.js';
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
  /** Of all commits. */
  readonly sizes: number[] = [];

  override async commit(records: readonly StateRecord[]): Promise<void> {
    const { isBad } = this;
    this.sizes.push(records.length);
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
  const lines: string[] = [];
  const write = (line: string) => lines.push(line.replace(/^time=\S+ /, '').trimEnd());
  const log = createLogger({ level: 'info', format: 'logfmt', clock, write });
  const journal = new Journal({ storage, clock, log, metrics, queue });
  await storage.open();
  queue.start();
  const kept = () => [...storage.load('meta')].map(({ key, value }) => `${key}=${String(value)}`);
  const record = (key: string, value: string) => recordOf('meta', key, value, clock.now());
  return { clock, storage, journal, metrics, queue, lines, kept, record };
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

  it('tells of an outage at its begin, with each try and at its end, not of each change', async () => {
    const { clock, storage, journal, lines, record } = await aJournal();
    const failed = (failures: number, unsaved: number) =>
      `level=ERROR msg="Writing state failed, will try again" failures=${failures} unsaved=${unsaved} err="no space left on device"`;
    for (const key of ['a', 'b', 'c', 'a']) await journal.noteSoon([record(key, '1')]);
    expect(lines).toEqual([failed(1, 1)]);
    await clock.advance(10_000);
    await journal.noteSoon([record('d', '1')]);
    expect(lines).toEqual([failed(1, 1), failed(5, 3)]);
    storage.isBad = false;
    await clock.advance(60_000);
    const ended = 'level=INFO msg="State is written again" failures=6';
    expect(lines).toEqual([failed(1, 1), failed(5, 3), ended]);
    storage.isBad = true;
    await journal.noteSoon([record('e', '1')]);
    expect(lines).toEqual([failed(1, 1), failed(5, 3), ended, failed(1, 1)]);
  });

  it('tries again what failed while a try was held up', async () => {
    const { clock, storage, journal, kept, record } = await aJournal();
    await journal.noteSoon([record('a', '1')]);
    storage.isSlow = true;
    storage.isBad = false;
    await clock.advance(10_000);
    storage.isSlow = false;
    storage.isBad = true;
    await journal.noteSoon([record('b', '1')]);
    await clock.advance(15_000);
    storage.isBad = false;
    for (const goOn of storage.held) goOn();
    await clock.advance(30_000);
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

  it('does not put an old value in the place of one that is noted in the turn in which it is tried again', async () => {
    const { clock, storage, journal, queue, kept, record } = await aJournal();
    const newer = queue.entry('work', 'a newer value', () => journal.note([record('a', 'new')]));
    queue.set(newer, plus(clock.now(), duration(10_000)));
    await journal.noteSoon([record('a', 'old')]);
    storage.isBad = false;
    await clock.advance(30_000);
    expect(kept()).toEqual(['a=new']);
  });

  it('tries many in slices, and no more than one while the disk refuses', async () => {
    const { clock, storage, journal, kept, record } = await aJournal();
    await journal.noteSoon(Array.from({ length: 1_200 }, (_unused, i) => record(`k${i}`, '1')));
    storage.sizes.length = 0;
    await clock.advance(10_000);
    expect(storage.sizes).toEqual([500]);
    storage.isBad = false;
    await clock.advance(10_000);
    expect(storage.sizes).toEqual([500, 500, 500, 200]);
    expect(kept()).toHaveLength(1_200);
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
