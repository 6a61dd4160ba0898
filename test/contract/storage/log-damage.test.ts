import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  rmdirSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { instant } from '../../../src/domain/time/index.js';
import { fileHead } from '../../../src/storage/log/frame.js';
import type { LogStorage } from '../../../src/storage/log/log-storage.js';
import { Segment } from '../../../src/storage/log/segment.js';
import { compactLog } from '../../../src/storage/log/write-snapshot.js';
import type { Damage, StateRecord } from '../../../src/storage/storage.js';
import { NOW, dataDirectory, logAt } from './data-directory.js';

const COUNT = 400;
/** Where each commit, of four records, ends. */
const COMMITS: number[] = [];
const records: readonly StateRecord[] = Array.from({ length: COUNT }, (_, i) => ({
  kind: i % 2 === 0 ? 'silence' : 'alert',
  key: `key-${String(i).padStart(4, '0')}`,
  value: { text: 'x'.repeat(200), i, ...(i % 50 === 0 ? { long: 'y'.repeat(9_000) } : {}) },
  updatedAt: instant(i),
}));

const isSome = (found: number): boolean => found > 0 && found < COUNT;
const isMost = (found: number): boolean => found >= COUNT - 8 && found < COUNT;

describe('a damaged data directory', () => {
  let path: string;
  let dispose: () => void;
  let file: string;

  beforeEach(async () => {
    ({ path, dispose } = dataDirectory());
    file = `${path}/tocsin.log/segment-0000000001`;
    const storage = logAt(path);
    await storage.open();
    COMMITS.length = 0;
    for (let i = 0; i < COUNT; i += 4) {
      await storage.commit(records.slice(i, i + 4));
      COMMITS.push(statSync(file).size);
    }
    await storage.close();
  });
  afterEach(() => dispose());

  /** Opens, counts, writes, closes, opens again: the second time all must be well. */
  async function start(): Promise<{ damage: readonly Damage[]; found: number }> {
    const storage = logAt(path);
    const damage = await storage.open();
    const found = [...storage.load('silence')].length + [...storage.load('alert')].length;
    await storage.commit([{ kind: 'meta', key: 'after', value: 1, updatedAt: instant(1) }]);
    await storage.close();
    const again = logAt(path);
    expect(await again.open()).toEqual([]);
    expect([...again.load('meta')]).toHaveLength(1);
    expect([...again.load('silence')].length + [...again.load('alert')].length).toBe(found);
    await again.close();
    return { damage, found };
  }

  const directory = (): string => `${path}/tocsin.log`;
  const snapshot = (): string => `${directory()}/snapshot-0000000001`;
  const sumUp = (): void => compactLog(directory(), 1);
  /** As if the process had begun another one when this was full. */
  const newSegment = (): void => writeFileSync(`${directory()}/segment-0000000002`, fileHead(statSync(file).size));
  const overwrite = (at: number, bytes: Buffer): void => {
    const content = readFileSync(file);
    bytes.copy(content, at);
    writeFileSync(file, content);
  };
  const placeOf = (text: string): number => readFileSync(file).indexOf(text);

  it.each<[string, () => void, RegExp, (found: number) => boolean]>([
    ['garbage', () => writeFileSync(file, Buffer.alloc(50_000, 'garbage')), /not a file of records/, (n) => n === 0],
    ['another layout', () => overwrite(7, Buffer.from([99])), /layout 99 instead of 1/, (n) => n === 0],
    ['a frame overwritten', () => overwrite(placeOf('key-0103'), Buffer.alloc(300, 0xff)), /are damaged/, isMost],
    ['a frame of zeros', () => overwrite(placeOf('key-0101'), Buffer.alloc(300)), /are damaged/, isMost],
    [
      'a length that leads nowhere',
      () => overwrite(placeOf('key-0200') - 26, Buffer.alloc(4, 0xff)),
      /damaged/,
      isMost,
    ],
    ['zeros behind the end', () => appendFileSync(file, Buffer.alloc(5_000)), /5000 bytes at/, (n) => n === COUNT],
    ['a segment that is gone', () => (newSegment(), rmSync(file)), /it is gone/, (n) => n === 0],
    [
      'the end gone before it went on',
      () => (newSegment(), truncateSync(file, 90_000)),
      /ends at .* and not at/,
      isSome,
    ],
    ['a directory in place of a file', () => (rmSync(file), mkdirSync(file)), /cannot be read/, (n) => n === 0],
    [
      'a file in place of the directory',
      () => (rmSync(`${path}/tocsin.log`, { recursive: true }), writeFileSync(`${path}/tocsin.log`, 'x')),
      /cannot be read/,
      (n) => n === 0,
    ],
    [
      'a snapshot cut off',
      () => (sumUp(), truncateSync(snapshot(), 9_000)),
      /of 400 records are left/,
      (n) => n < COUNT,
    ],
    [
      'a snapshot of another layout',
      () => (sumUp(), writeFileSync(snapshot(), 'x')),
      /its first bytes/,
      (n) => n === 0,
    ],
  ])('%s: set aside, said, and what is whole is kept', async (_name, damageIt, what, isExpected) => {
    damageIt();
    const { damage, found } = await start();
    expect(damage).toHaveLength(1);
    expect(damage[0]?.what).toMatch(what);
    expect(damage[0]?.keptAt).toMatch(/tocsin\.log\.damaged-2026-11-20T120000Z$/);
    expect(existsSync(damage[0]?.keptAt ?? '')).toBe(true);
    expect([found, isExpected(found)]).toEqual([found, true]);
  });

  /** A process that dies while it writes leaves a file that ends too early. Nobody was told 2xx for that. */
  it.each([0, 1, 3, 8, 15, 16, 17, 27, 28, 29, 4_000, 90_000])(
    'cut after %i bytes is none: what is whole is there',
    async (bytes) => {
      truncateSync(file, bytes);
      const { damage, found } = await start();
      expect(damage).toEqual([]);
      expect(found).toBe(Math.max(0, COMMITS.findLastIndex((end) => end <= bytes) + 1) * 4);
    },
  );

  it('one frame that is not whole: left out, kept aside, the rest is there', async () => {
    overwrite(placeOf('key-0101') + 20, Buffer.from('#'));
    const { damage, found } = await start();
    expect(damage).toEqual([expect.objectContaining({ lostBytes: expect.any(Number) })]);
    expect(damage[0]?.what).toContain('396 records could still be read');
    expect(found).toBe(COUNT - 4);
    expect(readFileSync(`${damage[0]?.keptAt}/segment-0000000001`, 'utf8')).toContain('key-0101');
  });

  it('a byte flipped anywhere: never throws, never a wrong record, never more than a frame is lost', async () => {
    const whole = readFileSync(file);
    const expected = new Map(records.map((record) => [record.key, JSON.stringify(record)]));
    for (let at = 8; at < whole.length; at += 997) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] as number) ^ 0x55;
      rmSync(`${path}/tocsin.log`, { recursive: true });
      mkdirSync(`${path}/tocsin.log`);
      writeFileSync(file, bytes);
      const storage = logAt(path);
      await storage.open();
      const found = [...storage.load('silence'), ...storage.load('alert')];
      for (const record of found) expect(JSON.stringify(record)).toBe(expected.get(record.key));
      expect(found.length).toBeGreaterThanOrEqual(COUNT - 4);
      await storage.close();
    }
  });

  it('keeps no more than three copies', async () => {
    for (let i = 0; i < 5; i++) {
      writeFileSync(`${path}/tocsin.log/segment-000000010${i * 2}`, 'x'.repeat(100));
      const storage = logAt(path);
      await storage.open();
      await storage.close();
    }
    expect(readdirSync(path).filter((name) => name.includes('damaged'))).toHaveLength(3);
  });

  it.each([
    ['a stale owner', JSON.stringify({ pid: 2 ** 22 + 1, startedAt: 'long ago', host: 'elsewhere' })],
    ['an owner whose number came back', JSON.stringify({ pid: process.pid, startedAt: 'another boot/1', host: '' })],
    ['garbage', 'garbage'],
    ['nothing', ''],
  ])('a lock with %s is no hindrance', async (_name, content) => {
    writeFileSync(`${path}/tocsin.lock`, content);
    expect((await start()).found).toBe(COUNT);
  });

  it('that takes no writes at all: says so, reads on, rejects commits', async () => {
    // A file where the lock's directory should be stands for a read-only disk, which root would not notice.
    mkdirSync(`${path}/tocsin.lock`);
    const storage = logAt(path);
    const damage = await storage.open();
    expect(damage).toEqual([{ what: expect.stringContaining('cannot be written; nothing is kept across a restart') }]);
    expect([...storage.load('silence')]).toHaveLength(COUNT / 2);
    await expect(storage.commit([records[0] as StateRecord])).rejects.toThrow('cannot be written');
    await storage.close();
  });

  /** A directory where the lock should be stands for a disk that is full. */
  async function openUnwritable(): Promise<{ storage: LogStorage; pass: (ms: number) => void }> {
    mkdirSync(`${path}/tocsin.lock`);
    let elapsed = 0;
    const clock = { now: () => NOW, elapsed: () => elapsed, after: () => ({ cancel: () => undefined }) };
    const storage = logAt(path, { clock });
    await storage.open();
    return { storage, pass: (ms) => void (elapsed += ms) };
  }

  it('that takes writes after a while: goes on with them, and tries no more than once in five seconds', async () => {
    const { storage, pass } = await openUnwritable();
    const late: StateRecord = { kind: 'silence', key: 'late', value: 'x', updatedAt: NOW };
    rmdirSync(`${path}/tocsin.lock`);
    await expect(storage.commit([late])).rejects.toThrow('cannot be written');
    pass(5_000);
    await Promise.all([storage.commit([late]), storage.commit([{ ...late, key: 'later' }])]);
    await storage.close();
    const { found } = await start();
    expect(found).toBe(COUNT + 2);
  });

  it('that has become another one meanwhile: is not written to', async () => {
    const { storage, pass } = await openUnwritable();
    rmdirSync(`${path}/tocsin.lock`);
    await start();
    pass(5_000);
    await expect(storage.commit([records[0] as StateRecord])).rejects.toMatchObject({
      cause: new Error('its log is no longer the one that was read; a restart reads it'),
    });
    await storage.close();
    expect((await start()).found).toBe(COUNT);
  });

  it('a segment that cannot be begun leaves no file in the way', async () => {
    const names = readdirSync(`${path}/tocsin.log`);
    // A size that no head can hold stands for a disk that is full.
    await expect(Segment.create(`${path}/tocsin.log`, 99, 1n as unknown as number)).rejects.toThrow('BigInt');
    expect(readdirSync(`${path}/tocsin.log`)).toEqual(names);
  });

  it('that cannot be made: opens empty and says so', async () => {
    writeFileSync(`${path}/plain`, '');
    const storage = logAt(`${path}/plain/data`);
    expect(await storage.open()).toEqual([{ what: expect.stringContaining('ENOTDIR') }]);
    expect([...storage.load('silence')]).toEqual([]);
    await expect(storage.commit([records[0] as StateRecord])).rejects.toThrow('cannot be written');
    await storage.close();
  });
});
