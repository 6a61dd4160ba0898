import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { instant } from '../../../src/domain/time/index.js';
import type { StateRecord } from '../../../src/storage/storage.js';
import { compactHere, dataDirectory, logAt } from './data-directory.js';

const SEGMENT = 64 * 1024;
const round = (n: number): readonly StateRecord[] =>
  Array.from({ length: 200 }, (_, i) => ({
    kind: 'alert',
    key: `k${i}`,
    value: i % 2 === n % 2 ? undefined : `${n}`.repeat(100),
    updatedAt: instant(n),
  }));

describe('the files of a log', () => {
  let path: string;
  let dispose: () => void;
  beforeEach(() => {
    ({ path, dispose } = dataDirectory());
  });
  afterEach(() => dispose());

  const files = (): readonly string[] => readdirSync(`${path}/tocsin.log`).sort();
  const bytes = (): number => files().reduce((sum, name) => sum + statSync(`${path}/tocsin.log/${name}`).size, 0);

  it('are summed up when they have grown, and hold no more than what stands', async () => {
    const storage = logAt(path, { segmentBytes: SEGMENT });
    await storage.open();
    for (let n = 0; n < 100; n++) await storage.commit(round(n));
    await storage.close();
    expect(files()).toHaveLength(2);
    expect(files()[1]).toMatch(/^snapshot-/);
    expect(bytes()).toBeLessThan(3 * SEGMENT);
    const again = logAt(path);
    expect(await again.open()).toEqual([]);
    expect([...again.load('alert')].map(({ value }) => value)).toEqual(Array(100).fill('99'.repeat(100)));
    await again.close();
  });

  it('go on growing while they cannot be summed up, which is told', async () => {
    const faults: string[] = [];
    const failing = logAt(path, {
      segmentBytes: SEGMENT,
      compact: () => Promise.reject(new Error('no room')),
      onFault: (what, error) => faults.push(`${what}: ${(error as Error).message}`),
    });
    await failing.open();
    for (let n = 0; n < 20; n++) await failing.commit(round(n));
    await failing.close();
    expect(faults.length).toBeGreaterThan(1);
    expect(new Set(faults)).toEqual(new Set(['The log cannot be summed up: no room']));
    const again = logAt(path, { segmentBytes: SEGMENT });
    expect(await again.open()).toEqual([]);
    expect([...again.load('alert')]).toHaveLength(100);
    await again.close();
    expect(files().filter((name) => name.startsWith('segment-'))).toHaveLength(1);
  });

  it('one for each start are summed up, too', async () => {
    for (let start = 0; start < 20; start++) {
      const storage = logAt(path);
      await storage.open();
      await storage.commit([{ kind: 'meta', key: `start ${start}`, value: start, updatedAt: instant(start) }]);
      await storage.close();
    }
    expect(files().length).toBeLessThan(20);
    const storage = logAt(path);
    await storage.open();
    expect([...storage.load('meta')]).toHaveLength(20);
    await storage.close();
  });

  it('that a process left half-made are removed', async () => {
    const storage = logAt(path);
    await storage.open();
    await storage.commit(round(1));
    await storage.close();
    writeFileSync(`${path}/tocsin.log/snapshot-0000000007.new`, 'half');
    const again = logAt(path);
    expect(await again.open()).toEqual([]);
    expect([...again.load('alert')]).toHaveLength(100);
    await again.close();
    expect(files()).not.toContain('snapshot-0000000007.new');
  });

  it('count as one whether a process died before or after the old ones were removed', async () => {
    const storage = logAt(path);
    await storage.open();
    await storage.commit(round(1));
    await storage.commit(round(2));
    await storage.close();
    const old = logAt(path);
    await old.open();
    const kept = [...old.load('alert')];
    await old.close();
    await compactHere(`${path}/tocsin.log`, 1);
    const again = logAt(path);
    expect(await again.open()).toEqual([]);
    expect([...again.load('alert')]).toEqual(kept);
    await again.close();
  });
});

it('reaches the disk itself soon after a commit, or before it resolves', async () => {
  const { path, dispose } = dataDirectory();
  const waiting: (() => void)[] = [];
  const clock = {
    now: () => instant(0),
    elapsed: () => 0,
    after: (_delay: number, call: () => void) => {
      waiting.push(call);
      return { cancel: () => undefined };
    },
  };
  const storage = logAt(path, { clock });
  await storage.open();
  await storage.commit([{ kind: 'meta', key: 'a', value: 1, updatedAt: instant(0) }]);
  await storage.commit([{ kind: 'meta', key: 'b', value: 1, updatedAt: instant(0) }]);
  expect(waiting).toHaveLength(1);
  await storage.close();
  const careful = logAt(path, { clock, sync: 'always' });
  await careful.open();
  await careful.commit([{ kind: 'meta', key: 'c', value: 1, updatedAt: instant(0) }]);
  expect(waiting).toHaveLength(1);
  await careful.close();
  dispose();
});
