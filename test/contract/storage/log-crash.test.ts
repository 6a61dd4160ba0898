import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { instant } from '../../../src/domain/time/index.js';
import { DirectoryInUseError } from '../../../src/storage/log/directory-lock.js';
import type { StateRecord } from '../../../src/storage/storage.js';
import { compileStorage, runStorage } from './child.js';
import { dataDirectory, logAt } from './data-directory.js';

/** Writes pairs without end, 32 commits at a time, and says each number once its commit resolved. */
const WRITER = `
await storage.open();
let next = [...storage.load('silence')].length * 1000;
for (;;) await Promise.all(Array.from({ length: 32 }, async () => {
  const key = String(next++);
  await storage.commit([
    { kind: 'silence', key, value: { text: 'x'.repeat(300) }, updatedAt: 1 },
    { kind: 'nflog', key, value: key, updatedAt: 1 },
  ]);
  console.log(key);
}));`;

describe('what a process leaves behind', () => {
  let compiled: ReturnType<typeof compileStorage>;
  let data: ReturnType<typeof dataDirectory>;
  beforeAll(() => {
    compiled = compileStorage();
  });
  afterAll(() => compiled.dispose());
  beforeEach(() => {
    data = dataDirectory();
  });
  afterEach(() => data.dispose());

  it('after SIGKILL: all that was acknowledged, nothing by halves', async () => {
    const acknowledged: string[] = [];
    for (const enough of [1, 300, 1_500, 3_100]) {
      const writer = runStorage(compiled.directory, data.path, WRITER);
      await writer.until(enough);
      await writer.kill();
      expect(writer.lines.length).toBeGreaterThanOrEqual(enough);
      acknowledged.push(...writer.lines);
    }
    const storage = logAt(data.path);
    expect(await storage.open()).toEqual([]);
    const silences = new Set([...storage.load('silence')].map((record) => record.key));
    const entries = new Set([...storage.load('nflog')].map((record) => record.key));
    await storage.close();
    expect(acknowledged.filter((key) => !silences.has(key))).toEqual([]);
    expect([...silences].filter((key) => !entries.has(key))).toEqual([]);
    expect(silences.size).toBe(entries.size);
    // Four processes, on a machine that has other things to do.
  }, 120_000);

  it('while it runs: nobody else gets in, and is told who is there', async () => {
    const writer = runStorage(compiled.directory, data.path, WRITER);
    await writer.until(1);
    const second = logAt(data.path);
    await expect(second.open()).rejects.toThrow(DirectoryInUseError);
    await expect(second.open()).rejects.toThrow(/in use by the running process \d+/);
    await writer.kill();
    expect(await second.open()).toEqual([]);
    await second.close();
  });

  it('beside a process of another host: both keep what they are given, and neither takes the lock of the other away', async () => {
    const lock = `${data.path}/tocsin.lock`;
    const theirs = JSON.stringify({ pid: process.pid, startedAt: '', host: 'elsewhere' });
    const record = (key: string): StateRecord => ({ kind: 'silence', key, value: key, updatedAt: instant(1) });
    const [first, second] = [logAt(data.path), logAt(data.path)];
    await first.open();
    await first.commit([record('before')]);
    // Nobody here can say whether that one runs.
    writeFileSync(lock, theirs);
    expect(await second.open()).toEqual([]);
    await Promise.all([first.commit([record('first')]), second.commit([record('second')])]);
    writeFileSync(lock, theirs);
    await first.close();
    await second.close();
    expect(readFileSync(lock, 'utf8')).toBe(theirs);
    expect(await first.open()).toEqual([]);
    expect([...first.load('silence')].map(({ key }) => key).sort()).toEqual(['before', 'first', 'second']);
    await first.close();
    expect(existsSync(lock)).toBe(false);
  });

  it('on a full disk: commits reject with the reason, what was there is read, and it goes on when there is room', async () => {
    const full = runStorage(
      compiled.directory,
      data.path,
      `
await storage.open();
const failures = new Set();
for (let i = 0; i < 60; i++) {
  const records = Array.from({ length: 10 }, (_, j) => ({ kind: 'alert', key: i + '-' + j, value: 'x'.repeat(4000), updatedAt: 1 }));
  try { await storage.commit(records); console.log(i); } catch (error) { failures.add(error.message + ': ' + error.cause?.message); }
}
console.log(JSON.stringify([...failures]));
console.log([...storage.load('alert')].length / 10);
await storage.commit([{ kind: 'alert', key: 'small', value: 1, updatedAt: 1 }]).then(() => console.log('goes on'), () => console.log('stays shut'));
await storage.close();`,
      1_000,
    );
    await full.ended;
    const [failures, read, goesOn] = full.lines.slice(-3);
    const acknowledged = full.lines.slice(0, -3);
    expect(JSON.parse(failures ?? '')).toEqual([expect.stringMatching(/^the records could not be written to disk: E/)]);
    expect(acknowledged.length).toBeGreaterThan(5);
    expect(acknowledged.length).toBeLessThan(60);
    expect(Number(read)).toBe(acknowledged.length);
    expect(goesOn).toBe('goes on');
    const storage = logAt(data.path);
    expect(await storage.open()).toEqual([]);
    expect([...storage.load('alert')]).toHaveLength(acknowledged.length * 10 + 1);
    await storage.commit([{ kind: 'alert', key: 'room', value: 'x'.repeat(100_000), updatedAt: instant(1) }]);
    await storage.close();
  });
});
