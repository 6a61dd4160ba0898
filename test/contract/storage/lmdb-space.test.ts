import { expect, it } from '@jest/globals';
import { instant } from '../../../src/domain/time/index.js';
import { type CommitReport, LmdbStorage } from '../../../src/storage/lmdb/lmdb-storage.js';
import { NOW, dataDirectory } from './data-directory.js';

it('uses space again, counts its records and reports its commits', async () => {
  const { path, dispose } = dataDirectory();
  const reports: CommitReport[] = [];
  let elapsed = 0;
  const storage = new LmdbStorage({
    directory: path,
    clock: { now: () => NOW, elapsed: () => elapsed++ },
    onCommit: (report) => reports.push(report),
  });
  await storage.open();
  const round = (n: number): Promise<void> =>
    storage.commit(
      Array.from({ length: 200 }, (_, i) => ({
        kind: 'alert',
        key: `k${i}`,
        value: `${n}`.repeat(500),
        updatedAt: instant(n),
      })),
    );
  for (let n = 0; n < 5; n++) await round(n);
  const { sizeBytes, records, writable } = storage.stats();
  expect(records).toEqual({ silence: 0, nflog: 0, alert: 200, group: 0, delivery: 0, meta: 0 });
  expect(writable).toBe(true);
  for (let n = 0; n < 50; n++) {
    await round(n % 10);
    await storage.commit(
      Array.from({ length: 100 }, (_, i) => ({ kind: 'alert', key: `k${i}`, value: undefined, updatedAt: instant(n) })),
    );
  }
  expect(storage.stats().records.alert).toBe(100);
  expect(storage.stats().sizeBytes).toBeLessThan(2 * sizeBytes);
  expect(reports).toHaveLength(105);
  expect(reports[0]).toEqual({
    records: 200,
    bytes: 200 * (18 + 500) + 10 * 2 + 90 * 3 + 100 * 4,
    elapsedMs: 1,
    failed: false,
  });
  await storage.close();
  dispose();
});
