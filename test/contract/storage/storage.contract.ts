import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { compareBytes } from '../../../src/domain/labels/index.js';
import { instant } from '../../../src/domain/time/index.js';
import {
  ByteText,
  type Json,
  JsonText,
  type RecordKind,
  type StateRecord,
  type Storage,
} from '../../../src/storage/storage.js';

/** A place where records outlive their storage: `open` gives one over the same records each time. */
export interface Place {
  readonly storage: () => Storage;
  readonly dispose: () => void;
}

const at = instant(1_790_000_000_123.25);
const put = (kind: RecordKind, key: string, value: Json = { key }): StateRecord => ({
  kind,
  key,
  value,
  updatedAt: at,
});
const del = (kind: RecordKind, key: string): StateRecord => ({ kind, key, value: undefined, updatedAt: at });
const keys = (storage: Storage, kind: RecordKind): string[] => [...storage.load(kind)].map((record) => record.key);

/** The specification of a storage. Every adapter passes it. */
export function storageContract(name: string, makePlace: () => Place): void {
  describe(`${name} keeps the contract of storage`, () => {
    let place: Place;
    let storage: Storage;

    beforeEach(async () => {
      place = makePlace();
      storage = place.storage();
      await storage.open();
    });
    afterEach(async () => {
      await storage.close();
      place.dispose();
    });

    const reopen = async (): Promise<void> => {
      await storage.close();
      storage = place.storage();
      expect(await storage.open()).toEqual([]);
    };

    it('is empty at first', () => {
      expect([...storage.load('silence')]).toEqual([]);
    });

    it('gives back what was committed, also after reopening', async () => {
      const record = put('silence', 'a', { text: 'x', list: [1, null, true, { deep: 'y' }], number: 1.5 });
      await storage.commit([record]);
      expect([...storage.load('silence')]).toEqual([record]);
      await reopen();
      expect([...storage.load('silence')]).toEqual([record]);
    });

    it('takes what is written already', async () => {
      const json = '{"text":"\\ud800 é","list":[1.5,null]}';
      const bytes = Buffer.from('…tail…');
      await storage.commit([
        { ...put('silence', 'a'), value: new JsonText(json) },
        { ...put('alert', 'a'), value: new ByteText('head ', bytes, 3, bytes.length - 3) },
      ]);
      await reopen();
      expect([...storage.load('silence')]).toEqual([put('silence', 'a', JSON.parse(json) as Json)]);
      expect([...storage.load('alert')]).toEqual([put('alert', 'a', 'head tail')]);
    });

    it('keeps the kinds apart', async () => {
      await storage.commit([put('silence', 'a', 1), put('nflog', 'a', 2)]);
      await reopen();
      expect([...storage.load('silence')].map((record) => record.value)).toEqual([1]);
      expect([...storage.load('nflog')].map((record) => record.value)).toEqual([2]);
      expect(keys(storage, 'alert')).toEqual([]);
    });

    it('replaces and deletes, within one commit in its order', async () => {
      await storage.commit([put('alert', 'a', 1), put('alert', 'b', 1), put('alert', 'c', 1)]);
      await storage.commit([put('alert', 'a', 2), del('alert', 'b'), del('alert', 'c'), put('alert', 'c', 3)]);
      await storage.commit([put('alert', 'd', 4), del('alert', 'd'), del('alert', 'never there')]);
      const expected = ['a=2', 'c=3'];
      expect([...storage.load('alert')].map(({ key, value }) => `${key}=${String(value)}`)).toEqual(expected);
      await reopen();
      expect([...storage.load('alert')].map(({ key, value }) => `${key}=${String(value)}`)).toEqual(expected);
    });

    it('writes a key again that is being deleted', async () => {
      await storage.commit([put('group', 'a', 1)]);
      await Promise.all([
        storage.commit([del('group', 'a')]),
        storage.commit([put('group', 'a', 2)]),
        storage.commit([del('group', 'a'), put('group', 'b', 1)]),
        storage.commit([put('group', 'a', 3)]),
      ]);
      await storage.commit([put('group', 'a', 4)]);
      await reopen();
      expect([...storage.load('group')].map(({ key, value }) => `${key}=${String(value)}`)).toEqual(['a=4', 'b=1']);
    });

    it('loads in the order of the keys as bytes', async () => {
      const given = ['b', 'a', '', '\u0000', 'a\u0000', 'A', '\uffee', '😀', 'ä', 'aa', '10', '9'];
      await storage.commit(given.map((key) => put('group', key)));
      expect(keys(storage, 'group')).toEqual([...given].sort(compareBytes));
      await reopen();
      expect(keys(storage, 'group')).toEqual([...given].sort(compareBytes));
    });

    it.each([
      ['empty', ''],
      ['NUL', 'a\u0000b'],
      ['unicode', 'grüße 日本語 😀'],
      ['__proto__', '__proto__'],
      ['2,000 bytes', 'k'.repeat(2_000)],
      ['64 KiB', 'ü'.repeat(32_768)],
    ])('takes any key: %s', async (_name, key) => {
      await storage.commit([put('nflog', key), put('nflog', `${key}1`), put('nflog', `${key}2`)]);
      await storage.commit([del('nflog', `${key}2`)]);
      await reopen();
      expect(keys(storage, 'nflog')).toEqual([key, `${key}1`]);
    });

    it.each<[string, Json]>([
      ['null', null],
      ['false', false],
      ['a number', -0.1],
      ['an empty text', ''],
      ['a text that looks like JSON', '{"a":1}'],
      ['unicode and NUL', 'ü\u0000😀'],
      ['half a surrogate pair', 'a\ud800b'],
      ['an empty list', []],
      ['a key named __proto__', JSON.parse('{"__proto__":{"a":1}}') as Json],
      ['1 MiB', 'x'.repeat(1_048_576)],
      ['many fields', Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`field${i}`, i]))],
    ])('takes any value: %s', async (_name, value) => {
      await storage.commit([put('alert', 'a', value)]);
      await reopen();
      expect(JSON.stringify([...storage.load('alert')][0]?.value)).toBe(JSON.stringify(value));
    });

    it('hands out copies', async () => {
      const value = { list: [1] };
      const written = storage.commit([put('alert', 'a', value)]);
      value.list.push(2);
      await written;
      expect([...storage.load('alert')][0]?.value).toEqual({ list: [1] });
    });

    it('writes nothing of a commit that cannot be written whole', async () => {
      const circular: Record<string, Json> = {};
      circular['self'] = circular;
      await expect(storage.commit([put('alert', 'a'), put('alert', 'b', circular)])).rejects.toThrow(TypeError);
      expect(keys(storage, 'alert')).toEqual([]);
    });

    it('takes many commits at once, the last of each key wins', async () => {
      const commits = Array.from({ length: 2_000 }, (_, i) =>
        storage.commit([put('delivery', `k${i % 100}`, i), put('group', `g${i}`, i)]),
      );
      await Promise.all(commits);
      await reopen();
      expect([...storage.load('delivery')].map((record) => record.value).sort()).toEqual(
        Array.from({ length: 100 }, (_, i) => 1_900 + i).sort(),
      );
      expect(keys(storage, 'group')).toHaveLength(2_000);
    });

    it('takes one commit of many records', async () => {
      await storage.commit(Array.from({ length: 20_000 }, (_, i) => put('alert', `k${i}`, 'v'.repeat(200))));
      await reopen();
      expect(keys(storage, 'alert')).toHaveLength(20_000);
    });

    it('takes a commit of nothing', async () => {
      await expect(storage.commit([])).resolves.toBeUndefined();
    });

    it('waits for what was committed when it closes', async () => {
      const commits = Array.from({ length: 50 }, (_, i) => storage.commit([put('alert', `k${i}`)]));
      await storage.close();
      await Promise.all(commits);
      storage = place.storage();
      await storage.open();
      expect(keys(storage, 'alert')).toHaveLength(50);
    });

    it('refuses work while it is closed', async () => {
      await storage.close();
      await expect(storage.commit([put('alert', 'a')])).rejects.toThrow('storage is closed');
      expect(() => [...storage.load('alert')]).toThrow('storage is');
      await expect(storage.close()).resolves.toBeUndefined();
      await reopen();
      expect(keys(storage, 'alert')).toEqual([]);
    });
  });
}
