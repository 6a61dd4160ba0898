import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { instant } from '../../domain/time/index.js';
import type { StateRecord } from '../storage.js';
import { decodeRecord, encodeRecords, isWholeRecord } from './record-layout.js';

interface Golden {
  readonly version: number;
  readonly records: readonly { readonly record: StateRecord; readonly hex: string }[];
}

// Written by hand once; a change of it is a new version of the layout.
const golden = JSON.parse(readFileSync(new URL('record-layout.golden.json', import.meta.url), 'utf8')) as Golden;
const sample: StateRecord = {
  kind: 'nflog',
  key: 'kü',
  value: { a: [1, 'b'] },
  updatedAt: instant(1_790_000_000_123.25),
};
const encodeOne = (record: StateRecord): Buffer => encodeRecords([record])[0]?.bytes as Buffer;

describe('the layout of a record', () => {
  it.each(golden.records.map(({ record, hex }) => [record.key, record, hex] as const))(
    'is what the golden file says: %s',
    (_key, record, hex) => {
      expect(encodeOne(record).toString('hex')).toBe(hex);
      expect(decodeRecord(record.kind, Buffer.from(hex, 'hex'))).toEqual(record);
    },
  );

  it('notices every byte that changes', () => {
    const bytes = encodeOne(sample);
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes);
      changed[i] = (changed[i] as number) ^ 1;
      expect(isWholeRecord(changed)).toBe(false);
    }
  });

  it('notices every byte that is missing', () => {
    const bytes = encodeOne(sample);
    for (let length = 0; length < bytes.length; length++) expect(isWholeRecord(bytes.subarray(0, length))).toBe(false);
  });

  it('writes a deletion as no bytes at all', () => {
    const [deletion, next] = encodeRecords([{ ...sample, value: undefined }, sample]);
    expect(deletion).toEqual({ kind: 'nflog', key: 'kü', bytes: undefined });
    expect(decodeRecord('nflog', next?.bytes as Buffer)).toEqual(sample);
  });
});
