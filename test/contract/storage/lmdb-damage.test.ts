import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { instant } from '../../../src/domain/time/index.js';
import type { StateRecord } from '../../../src/storage/storage.js';
import { dataDirectory, lmdbAt } from './data-directory.js';

const COUNT = 400;
const PAGE = 4_096;
const records: readonly StateRecord[] = Array.from({ length: COUNT }, (_, i) => ({
  kind: i % 2 === 0 ? 'silence' : 'alert',
  key: `key-${String(i).padStart(4, '0')}`,
  value: { text: 'x'.repeat(200), i, ...(i % 50 === 0 ? { long: 'y'.repeat(9_000) } : {}) },
  updatedAt: instant(i),
}));

describe('a damaged data directory', () => {
  let path: string;
  let dispose: () => void;
  let file: string;

  beforeEach(async () => {
    ({ path, dispose } = dataDirectory());
    file = `${path}/tocsin.mdb/data.mdb`;
    const storage = lmdbAt(path);
    await storage.open();
    await storage.commit(records);
    await storage.close();
  });
  afterEach(() => dispose());

  /** Opens, counts, writes, closes, opens again: the second time all must be well. */
  async function start(): Promise<{ damage: readonly { what: string; keptAt?: string }[]; found: number }> {
    const storage = lmdbAt(path);
    const damage = await storage.open();
    const found = [...storage.load('silence')].length + [...storage.load('alert')].length;
    await storage.commit([{ kind: 'meta', key: 'after', value: 1, updatedAt: instant(1) }]);
    await storage.close();
    const again = lmdbAt(path);
    expect(await again.open()).toEqual([]);
    expect([...again.load('meta')]).toHaveLength(1);
    expect([...again.load('silence')].length + [...again.load('alert')].length).toBe(found);
    await again.close();
    return { damage, found };
  }

  const overwrite = (at: number, bytes: Buffer): void => {
    const content = readFileSync(file);
    bytes.copy(content, at);
    writeFileSync(file, content);
  };
  const pageOf = (text: string): number => Math.floor(readFileSync(file).indexOf(text) / PAGE);

  it.each<[string, () => void, RegExp, (found: number) => boolean]>([
    ['no bytes', () => truncateSync(file, 0), /the file is empty/, (found) => found === 0],
    [
      'garbage',
      () => writeFileSync(file, Buffer.alloc(50_000, 'garbage')),
      /not a database file/,
      (found) => found === 0,
    ],
    ['cut within the first page', () => truncateSync(file, 100), /ends within its first page/, (found) => found === 0],
    [
      'cut within the second page',
      () => truncateSync(file, 5_000),
      /ends within its second page/,
      (found) => found === 0,
    ],
    [
      'cut in the middle',
      () => truncateSync(file, Math.floor(statSync(file).size / 2)),
      /beyond the end/,
      (found) => found < COUNT,
    ],
    [
      'the last page gone',
      () => truncateSync(file, statSync(file).size - PAGE),
      /beyond the end|empty/,
      (found) => found > 0 || found === 0,
    ],
    [
      'another data version',
      () => overwrite(28, Buffer.from([99, 0, 0, 0])),
      /data version 99/,
      (found) => found === 0,
    ],
    [
      'a leaf overwritten',
      () => overwrite(pageOf('key-0103') * PAGE, Buffer.alloc(PAGE, 0xff)),
      /not a page of a tree/,
      (found) => found > COUNT / 2 && found < COUNT,
    ],
    [
      'a leaf of zeros',
      () => overwrite(pageOf('key-0101') * PAGE, Buffer.alloc(PAGE)),
      /not a page of a tree/,
      (found) => found > COUNT / 2 && found < COUNT,
    ],
    [
      'another layout',
      () => writeFileSync(`${path}/tocsin.mdb/layout`, '99\n'),
      /layout 99 instead of 1/,
      (found) => found === 0,
    ],
    [
      'a directory in place of the file',
      () => (rmSync(file), mkdirSync(file)),
      /cannot be read/,
      (found) => found === 0,
    ],
    [
      'a file in place of the directory',
      () => (rmSync(`${path}/tocsin.mdb`, { recursive: true }), writeFileSync(`${path}/tocsin.mdb`, 'x')),
      /cannot be read/,
      (found) => found === 0,
    ],
    [
      'an open that never ended',
      () => writeFileSync(`${path}/tocsin.opening`, ''),
      /did not survive/,
      (found) => found === COUNT,
    ],
  ])('%s: set aside, said, and what is whole is kept', async (_name, damageIt, what, isExpected) => {
    damageIt();
    const { damage, found } = await start();
    expect(damage).toHaveLength(1);
    expect(damage[0]?.what).toMatch(what);
    expect(damage[0]?.keptAt).toMatch(/tocsin\.mdb\.damaged-2026-11-20T120000Z$/);
    expect(existsSync(damage[0]?.keptAt ?? '')).toBe(true);
    expect(isExpected(found) || found).toBe(true);
  });

  it('one record that is not whole: left out, kept aside, the rest is there', async () => {
    overwrite(readFileSync(file).indexOf('key-0101') + 20, Buffer.from('#'));
    const { damage, found } = await start();
    expect(damage).toHaveLength(1);
    expect(damage[0]).toMatchObject({
      what: expect.stringContaining('records that are not whole: 1 (alert)'),
      lostRecords: 1,
    });
    expect(found).toBe(COUNT - 1);
    expect(readFileSync(`${damage[0]?.keptAt}/data.mdb`, 'utf8')).toContain('key-0101');
  });

  it('a byte flipped anywhere: never throws, never a wrong record', async () => {
    const whole = readFileSync(file);
    const expected = new Map(records.map((record) => [record.key, JSON.stringify(record)]));
    // Here and there: headers, nodes and values of all kinds of pages.
    for (let at = 40; at < whole.length; at += 4_999) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] as number) ^ 0x55;
      writeFileSync(file, bytes);
      const storage = lmdbAt(path);
      await storage.open();
      for (const kind of ['silence', 'alert'] as const)
        for (const record of storage.load(kind)) expect(JSON.stringify(record)).toBe(expected.get(record.key));
      await storage.close();
    }
  });

  it('keeps no more than three copies', async () => {
    for (let i = 0; i < 5; i++) {
      writeFileSync(`${path}/tocsin.opening`, '');
      const storage = lmdbAt(path);
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
    const storage = lmdbAt(path);
    const damage = await storage.open();
    expect(damage).toEqual([{ what: expect.stringContaining('cannot be written; nothing is kept across a restart') }]);
    expect([...storage.load('silence')]).toHaveLength(COUNT / 2);
    expect(storage.stats().writable).toBe(false);
    await expect(storage.commit([records[0] as StateRecord])).rejects.toThrow('cannot be written');
    await storage.close();
  });

  it('that cannot be made: opens empty and says so', async () => {
    writeFileSync(`${path}/plain`, '');
    const storage = lmdbAt(`${path}/plain/data`);
    expect(await storage.open()).toEqual([{ what: expect.stringContaining('ENOTDIR') }]);
    expect([...storage.load('silence')]).toEqual([]);
    await expect(storage.commit([records[0] as StateRecord])).rejects.toThrow('cannot be written');
    await storage.close();
  });
});
